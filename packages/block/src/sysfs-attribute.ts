// sysfs-attribute.ts — An attribute as sysfs has it: text out, text in. Mirrors fs/sysfs/file.c, lib/kstrtox.c.
import type { Errno } from '@dmsim/sim';

/** What a file of sysfs does; who shows the file adds nothing. */
export interface SysfsAttribute {
  /** The whole content, newline included; without one it is the errno that reading gives. */
  readonly show?: () => string;
  /** Given what one write wrote; an errno when it is refused. */
  readonly store?: (text: string) => Errno | undefined;
}

export type SysfsAttributes = Readonly<Record<string, SysfsAttribute>>;

export const shows = (value: () => string | number): SysfsAttribute => ({
  show: () => `${value()}\n`,
});

/** kstrtouint and its like: a number and at most one newline; null for anything else. */
export function parseUnsigned(text: string): number | null {
  const word = text.replace(/\n$/, '');
  return /^\+?\d+$/.test(word) ? Number(word) : null;
}

/** kstrtoint with base 0 */
export function parseInteger(text: string): number | null {
  const word = text.replace(/\n$/, '');
  if (!/^[+-]?(0x[\da-f]+|\d+)$/i.test(word)) return null;
  const value = Number(word.replace(/^[+-]/, ''));
  return word.startsWith('-') ? -value : value;
}

/** sysfs_streq: equal but for one newline. */
export const sameWord = (text: string, word: string): boolean =>
  text === word || text === `${word}\n`;
