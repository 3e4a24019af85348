// bytes.ts — Binary strings hold one byte per UTF-16 unit, so that line tools can process any bytes without loss.
import { decodeUtf8, encodeUtf8, isAscii, isStrayByte, textOfUnits } from './utf8.ts';

export const toBinary: (bytes: Uint8Array) => string = textOfUnits;

export function fromBinary(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Encodes an ordinary string (an argument, a name) as a binary string of UTF-8; utf8.ts explains invalid bytes. */
export const binaryOf = (text: string): string =>
  isAscii(text) ? text : toBinary(encodeUtf8(text));

/** The inverse of `binaryOf`. */
export const textOf = (binary: string): string =>
  isAscii(binary) ? binary : decodeUtf8(fromBinary(binary));

export interface DecodedBinary {
  readonly text: string;
  /** Converts an index in `text` to an offset in the binary string. */
  readonly offsetOf: (index: number) => number;
  /** Converts an offset back to an index; one inside a character goes to the next character. */
  readonly indexOf: (offset: number) => number;
}

let last: (DecodedBinary & { readonly binary: string }) | undefined;

/** `textOf` with a map of positions. Caches the last result, since a line is searched again after each match. */
export function decodeBinary(binary: string): DecodedBinary {
  if (last?.binary !== binary) last = { binary, ...decodeWithPlaces(binary) };
  return last;
}

function decodeWithPlaces(binary: string): DecodedBinary {
  const text = textOf(binary);
  const offsets = new Uint32Array(text.length + 1);
  const indexes = new Uint32Array(binary.length + 1);
  let offset = 0;
  for (let i = 0; i < text.length;) {
    const code = text.codePointAt(i) as number;
    const units = code > 0xffff ? 2 : 1;
    const bytes = byteLength(code);
    offsets.fill(offset, i, i + units);
    indexes[offset] = i;
    indexes.fill(i + units, offset + 1, offset + bytes);
    i += units;
    offset += bytes;
  }
  offsets[text.length] = offset;
  indexes[binary.length] = text.length;
  return {
    text,
    offsetOf: (index) => offsets[index] ?? offset,
    indexOf: (at) => indexes[at] ?? text.length,
  };
}

function byteLength(code: number): number {
  if (code < 0x80 || isStrayByte(code)) return 1;
  return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
