// sysfs-attribute.ts — An attribute of sysfs: reading shows text, writing stores text. Mirrors fs/sysfs/file.c, lib/kstrtox.c.
import type { Errno, Task } from '@dmsim/sim';

/**
 * The reads and writes of a file of sysfs for the object that it belongs to, as DEVICE_ATTR declares it: one table serves all objects of a
 * kind.
 */
export interface SysfsAttribute<T> {
  /** The whole content, newline included. Text without a newline is the errno that reading gives. */
  readonly show?: (of: T) => string;
  /** Takes the text of one write; an errno if it is refused. */
  readonly store?: (of: T, text: string) => Errno | undefined;
  /** The wait of a write after its text was taken. */
  readonly settle?: (of: T) => Task<void>;
}

export type SysfsAttributes<T> = Readonly<Record<string, SysfsAttribute<T>>>;

/** A read-only attribute, whose line is the present `value`. */
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
