// mangled-name.ts — Names as the kernel has them. Mirrors libdevmapper's automatic name mangling.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';

const PLAIN = /^[\dA-Za-z#+\-.:=@_]*$/;
const MANGLED = /\\x[\da-f]{2}/i;

/** Bytes other than a few letters become \xNN, unless that is done already. */
export function mangledName(name: string): string {
  if (PLAIN.test(name) || MANGLED.test(name)) return name;
  return Array.from(encodeUtf8(name), byteName).join('');
}

function byteName(byte: number): string {
  const c = String.fromCharCode(byte);
  return PLAIN.test(c) ? c : `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** A name of the kernel as its list of devices has it for users. */
export function plainName(name: string): string {
  if (PLAIN.test(name)) return name;
  const bytes: number[] = [];
  for (const [part, code] of name.matchAll(/\\x([\da-f]{2})|[^]/gi)) {
    if (code !== undefined) bytes.push(Number.parseInt(code, 16));
    else bytes.push(...encodeUtf8(part));
  }
  return decodeUtf8(Uint8Array.from(bytes));
}
