// utf8.ts — Converts bytes to text and back without loss. An invalid byte becomes a lone surrogate, U+DC80 … U+DCFF.

const CHUNK = 4096;

/** The text whose code units are the numbers of `bytes`. `apply` reads a typed array as it is; a spread iterates over it. */
export function textOfUnits(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) {
    const chunk = bytes.length <= CHUNK ? bytes : bytes.subarray(i, i + CHUNK);
    text += String.fromCharCode.apply(null, chunk as unknown as number[]);
  }
  return text;
}

function areAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) > 0x7f) return false;
  return true;
}

/** Returns the length of the well-formed sequence at `i`, or 0. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const lead = bytes[i] as number;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || i + length > bytes.length) return 0;
  for (let k = 1; k < length; k++) {
    if (((bytes[i + k] as number) & 0xc0) !== 0x80) return 0;
  }
  const [least, most] = SECOND[lead] ?? [0x80, 0xbf];
  const second = bytes[i + 1] as number;
  return second < least || second > most ? 0 : length;
}

/** The range of the second byte after these lead bytes, to exclude overlong forms, surrogates and codes above U+10FFFF. */
const SECOND: Readonly<Record<number, readonly [least: number, most: number]>> = {
  0xe0: [0xa0, 0xbf],
  0xed: [0x80, 0x9f],
  0xf0: [0x90, 0xbf],
  0xf4: [0x80, 0x8f],
};

function codePointOf(bytes: Uint8Array, i: number, length: number): number {
  let code = (bytes[i] as number) & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) code = (code << 6) | ((bytes[i + k] as number) & 0x3f);
  return code;
}

/** Decodes any bytes; `encodeUtf8` restores them. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (areAscii(bytes)) return textOfUnits(bytes);
  let text = '';
  let units: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i] as number;
    if (byte < 0x80) {
      units.push(byte);
      i++;
    } else {
      const length = sequenceLength(bytes, i);
      if (length === 0) units.push(0xdc00 + byte);
      else pushCodePoint(units, codePointOf(bytes, i, length));
      i += Math.max(length, 1);
    }
    if (units.length >= CHUNK) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

function pushCodePoint(units: number[], code: number): void {
  if (code < 0x10000) units.push(code);
  else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
}

/**
 * Decodes bytes as bash does in the C locale, in which labs run: each byte is a character. `encodeUtf8` restores them.
 */
export function decodeBytes(bytes: Uint8Array): string {
  if (areAscii(bytes)) return textOfUnits(bytes);
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) {
    const units: number[] = [];
    for (let k = i; k < bytes.length && k < i + CHUNK; k++) {
      const byte = bytes[k] as number;
      units.push(byte < 0x80 ? byte : 0xdc00 + byte);
    }
    text += String.fromCharCode(...units);
  }
  return text;
}

/** A loop, since most texts are short: a regular expression costs more to start. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** Converts ordinary text to the form that `decodeBytes` returns, with one unit for each byte. */
export const toBytesText = (text: string): string =>
  isAscii(text) ? text : decodeBytes(encodeUtf8(text));

/** Converts such a text back to ordinary text, for programs. */
export const fromBytesText = (text: string): string =>
  isAscii(text) ? text : decodeUtf8(encodeUtf8(text));

/** Whether a code unit stands for an invalid byte, as `decodeUtf8` writes it. */
export const isStrayByte = (code: number): boolean => code >= 0xdc80 && code <= 0xdcff;

/** Encodes text as UTF-8. The lone surrogates of `decodeUtf8` become the bytes that they stand for. */
export function encodeUtf8(text: string): Uint8Array {
  const ascii = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return encodeBeyondAscii(text);
    ascii[i] = unit;
  }
  return ascii;
}

function encodeBeyondAscii(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) out[n++] = unit;
    else if (isStrayByte(unit)) out[n++] = unit & 0xff;
    else {
      const code = text.codePointAt(i) as number;
      if (code > 0xffff) i++;
      n = putCodePoint(out, n, code);
    }
  }
  return out.slice(0, n);
}

function putCodePoint(out: Uint8Array, at: number, code: number): number {
  let n = at;
  if (code < 0x800) out[n++] = 0xc0 | (code >> 6);
  else {
    if (code < 0x10000) out[n++] = 0xe0 | (code >> 12);
    else {
      out[n++] = 0xf0 | (code >> 18);
      out[n++] = 0x80 | ((code >> 12) & 0x3f);
    }
    out[n++] = 0x80 | ((code >> 6) & 0x3f);
  }
  out[n++] = 0x80 | (code & 0x3f);
  return n;
}
