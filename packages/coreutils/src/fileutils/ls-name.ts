// ls-name.ts — How ls shows a name: as it is, between quotes (-Q), or with question marks (-q). Mirrors gnulib's quotearg.c, in the C locale.
import { binaryOf } from '@dmsim/libc';

export interface NameLook {
  readonly quoted: boolean;
  /** Bytes that cannot be printed are shown as question marks. */
  readonly hidden: boolean;
}

export function shownName({ quoted, hidden }: NameLook, name: string): string {
  if (quoted) return `"${binaryOf(name).replaceAll(TO_ESCAPE, escapeOf)}"`;
  return hidden ? binaryOf(name).replaceAll(UNPRINTABLE, '?') : name;
}

const UNPRINTABLE = /[^ -~]/g;
const TO_ESCAPE = /["\\]|[^ -~]/g;
/** By code, from 7 on. */
const LETTERS = 'abtnvfr';

function escapeOf(char: string): string {
  const code = char.charCodeAt(0);
  const letter = LETTERS[code - 7];
  if (letter !== undefined) return `\\${letter}`;
  if (char === '"' || char === '\\') return `\\${char}`;
  return `\\${code.toString(8).padStart(3, '0')}`;
}
