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

/** The numbers that a type of C can hold. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
}

export const INT: NumberRange = { least: -0x80000000, most: 0x7fffffff };
export const UINT: NumberRange = { least: 0, most: 0xffffffff };
export const LONG: NumberRange = { least: -(2 ** 63), most: 2 ** 63 - 1 };
export const ULONG: NumberRange = { least: 0, most: 2 ** 64 - 1 };

/**
 * kstrtoint and its like: a number and at most one newline. EINVAL for anything else, ERANGE for a number that the type can't hold. In
 * base 0 a number is written as in C: `0x10`, `010`.
 */
export function parseNumber(
  text: string,
  { least, most }: NumberRange,
  base: 0 | 10 = 10,
): number | 'EINVAL' | 'ERANGE' {
  const [, sign, word] = /^([+-]?)(0x[\da-f]+|\d+)\n?$/i.exec(text) ?? [];
  const size = word === undefined ? NaN : base === 0 ? inBase0(word) : inBase10(word);
  if (Number.isNaN(size) || (sign === '-' && least === 0)) return 'EINVAL';
  const value = sign === '-' ? -size : size;
  return value < least || value > most ? 'ERANGE' : value;
}

/** NaN for `0x10`. */
const inBase10 = (word: string): number => (/^\d+$/.test(word) ? Number(word) : NaN);

/** NaN for `08`. */
const inBase0 = (word: string): number =>
  Number(/^0\d/.test(word) ? word.replace(/^0+/, '0o0') : word);

/** A number of 32 bits; null for anything else, also for one that is too large (queue_var_store). */
export function parseUnsigned(text: string): number | null {
  const value = parseNumber(text, UINT);
  return typeof value === 'string' ? null : value;
}

/** sysfs_streq: equal but for one newline. */
export const sameWord = (text: string, word: string): boolean =>
  text === word || text === `${word}\n`;
