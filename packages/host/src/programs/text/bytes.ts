// bytes.ts — Binary strings: one UTF-16 unit per byte, so that line tools work on any bytes and lose none.

const CHUNK = 8192;

export function toBinary(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return String.fromCharCode(...bytes);
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(i, i + CHUNK)));
  }
  return parts.join('');
}

export function fromBinary(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
};

/** Bytes that are no UTF-8 travel in ordinary strings as U+DC80 … U+DCFF (Python's surrogateescape). */
const ESCAPE = 0xdc00;

/** From an ordinary string (an argument, a name) to the binary string of its UTF-8. */
export function encodeUtf8(text: string): string {
  if (isAscii(text)) return text;
  let out = '';
  for (const char of text) {
    const c = char.codePointAt(0) ?? 0;
    if (c < 0x80) out += char;
    else if (c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff) out += String.fromCharCode(c - ESCAPE);
    else out += encodePoint(c);
  }
  return out;
}

function encodePoint(c: number): string {
  const tail = (shift: number): number => 0x80 | ((c >> shift) & 0x3f);
  if (c < 0x800) return String.fromCharCode(0xc0 | (c >> 6), tail(0));
  if (c < 0x10000) return String.fromCharCode(0xe0 | (c >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (c >> 18), tail(12), tail(6), tail(0));
}

/** The inverse of `encodeUtf8`. */
export function decodeUtf8(binary: string): string {
  if (isAscii(binary)) return binary;
  let out = '';
  for (let i = 0; i < binary.length;) {
    const length = sequenceLength(binary, i);
    const first = binary.charCodeAt(i);
    if (length === 0) out += String.fromCharCode(ESCAPE + first);
    else if (length === 1) out += binary.charAt(i);
    else {
      let c = first & (0xff >> (length + 1));
      for (let k = 1; k < length; k++) c = (c << 6) | (binary.charCodeAt(i + k) & 0x3f);
      out += String.fromCodePoint(c);
    }
    i += Math.max(length, 1);
  }
  return out;
}

const LEAST = [0, 0, 0x80, 0x800, 0x10000];

/** How many bytes the character at `i` takes; 0 when the bytes there are no UTF-8. */
function sequenceLength(binary: string, i: number): number {
  const first = binary.charCodeAt(i);
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first > 0xf4) return 0;
  let c = first & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) {
    const next = binary.charCodeAt(i + k);
    if ((next & 0xc0) !== 0x80) return 0;
    c = (c << 6) | (next & 0x3f);
  }
  const surrogate = c >= 0xd800 && c <= 0xdfff;
  return c < (LEAST[length] ?? 0) || c > 0x10ffff || surrogate ? 0 : length;
}
