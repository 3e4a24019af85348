// strtod.ts — Reads the number at the start of a text: strtod(3), strtold(3), strtoimax(3), strtoumax(3).
import type { FloatFormat, LongDouble, Rounded } from './long-double.ts';
import { DOUBLE, LONG_DOUBLE, nearest, toDouble } from './long-double.ts';

export interface Scanned<T> {
  /** The number; zero if the text does not begin with one. */
  readonly value: T;
  /** The length of the number with the blanks before it; zero if there is no number. */
  readonly length: number;
  /** ERANGE: the value is the nearest number that fits. */
  readonly outOfRange: boolean;
}

const NUMBER =
  /^[ \t-\r]*([-+]?)(?:0x([\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p([-+]?\d+))?|(\d+\.?\d*|\.\d+)(?:e([-+]?\d+))?|(inf(?:inity)?|nan(?:\(\w*\))?))/i;

/** Reads a number and rounds it once, to a double. */
export function strtod(text: string): Scanned<number> {
  const { value, length, outOfRange } = scanFloat(text, DOUBLE);
  return { value: toDouble(value), length, outOfRange };
}

/** Reads a number and rounds it once, to the 64 bits of mantissa of x86's long double. */
export const strtold = (text: string): Scanned<LongDouble> => scanFloat(text, LONG_DOUBLE);

const ZERO: LongDouble = { kind: 'finite', negative: false, mantissa: 0n, exponent: 0 };

function scanFloat(text: string, format: FloatFormat): Scanned<LongDouble> {
  const match = NUMBER.exec(text);
  if (match === null) return { value: ZERO, length: 0, outOfRange: false };
  const { value, outOfRange } = valueOf(match, format);
  const signed = { ...value, negative: match[1] === '-' };
  return { value: signed, length: match[0].length, outOfRange };
}

/** Larger decimal exponents are out of range, however many digits there are. */
const FAR = 20000;

function valueOf(match: RegExpExecArray, format: FloatFormat): Rounded {
  const [, , hex, power, decimal, scale, word] = match;
  if (word !== undefined) {
    const kind = /^i/i.test(word) ? 'inf' : 'nan';
    return { value: { kind, negative: false }, outOfRange: false };
  }
  return hex === undefined
    ? finite(DECIMAL, decimal ?? '', scale, format)
    : finite(HEXADECIMAL, hex, power, format);
}

interface Notation {
  readonly prefix: string;
  /** The base of the exponent. */
  readonly base: bigint;
  /** By how much a digit after the point lowers the exponent. */
  readonly perDigit: number;
}

const DECIMAL: Notation = { prefix: '', base: 10n, perDigit: 1 };
const HEXADECIMAL: Notation = { prefix: '0x', base: 2n, perDigit: 4 };

/** Rounds a number such as `1.5e3` or `0x1.8p3`, given as `1.5` and `3` or `1.8` and `3`. */
function finite(
  { prefix, base, perDigit }: Notation,
  numeral: string,
  exponent: string | undefined,
  format: FloatFormat,
): Rounded {
  const [whole = '', fraction = ''] = numeral.split('.');
  const digits = BigInt(`${prefix}0${whole}${fraction}`);
  const places = perDigit * fraction.length;
  const shift = Math.max(-FAR, Math.min(FAR, Number(exponent ?? 0)));
  const by = base ** BigInt(Math.abs(shift - places));
  return shift >= places ? nearest(digits * by, 1n, format) : nearest(digits, by, format);
}

const INTEGER = /^[ \t-\r]*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/;

const MAX = 0x7fffffffffffffffn;

/** Reads an integer with base 0: `0x` means hexadecimal, a leading zero octal. */
export const strtoimax = (text: string): Scanned<bigint> =>
  scanInteger(text, (n) => (n > MAX ? MAX : n < -MAX - 1n ? -MAX - 1n : n));

const UNSIGNED_MAX = 0xffffffffffffffffn;

/** Like `strtoimax`, without a sign. A negative number stays negative here; `formatInteger` wraps it, as C does. */
export const strtoumax = (text: string): Scanned<bigint> =>
  scanInteger(text, (n) => (n > UNSIGNED_MAX || n < -UNSIGNED_MAX ? UNSIGNED_MAX : n));

function scanInteger(text: string, limit: (n: bigint) => bigint): Scanned<bigint> {
  const match = INTEGER.exec(text);
  if (match === null) return { value: 0n, length: 0, outOfRange: false };
  const [all, sign, digits = '0'] = match;
  const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const exact = sign === '-' ? -size : size;
  const value = limit(exact);
  return { value, length: all.length, outOfRange: value !== exact };
}
