// sysfs-attribute.ts — An attribute as sysfs has it: text out, text in. Mirrors fs/sysfs/file.c, lib/kstrtox.c.
import type { Errno } from '@dmsim/sim';

/**
 * What a file of sysfs does for the object it belongs to, as DEVICE_ATTR has it: one table serves all objects of a kind.
 * Who shows the file adds nothing.
 */
export interface SysfsAttribute<T> {
  /** The whole content, newline included; without one it is the errno that reading gives. */
  readonly show?: (of: T) => string;
  /** Given what one write wrote; an errno when it is refused. */
  readonly store?: (of: T, text: string) => Errno | undefined;
}

export type SysfsAttributes<T> = Readonly<Record<string, SysfsAttribute<T>>>;

/** An attribute that is only shown; its line is what `value` says now. */
export const shows = <T>(value: (of: T) => string | number): SysfsAttribute<T> => ({
  show: (of) => `${value(of)}\n`,
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
