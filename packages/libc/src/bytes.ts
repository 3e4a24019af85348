// bytes.ts — Binary strings: one UTF-16 unit per byte, so that line tools work on any bytes and lose none.
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

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

/** From an ordinary string (an argument, a name) to the binary string of its UTF-8; see utf8.ts for bytes that are not UTF-8. */
export const binaryOf = (text: string): string =>
  isAscii(text) ? text : toBinary(encodeUtf8(text));

/** The inverse of `binaryOf`. */
export const textOf = (binary: string): string =>
  isAscii(binary) ? binary : decodeUtf8(fromBinary(binary));
