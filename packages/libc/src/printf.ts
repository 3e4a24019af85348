// printf.ts — The conversions of printf(3), on binary strings, for bash, printf(1), awk, seq and od. Mirrors vfprintf.
//
//   %[flags][width][.precision]conversion      flags: - + space # 0
import type { DecimalDigits, Significant } from './decimal-digits.ts';
import { doubleDigits, exactDigits } from './decimal-digits.ts';
import type { LongDouble } from './long-double.ts';
import { fromDouble } from './long-double.ts';

export interface Conversion {
  readonly flags: string;
  readonly width: number;
  /** -1 if no precision was given. */
  readonly precision: number;
  readonly letter: string;
}

/** The conversions s and c. */
export function formatString(text: string, { flags, width, precision }: Conversion): string {
  const shown = precision < 0 ? text : text.slice(0, precision);
  return flags.includes('-') ? shown.padEnd(width) : shown.padStart(width);
}

/** The conversions d i u o x X, with 64 bits; u o x X take a negative value as unsigned. */
export function formatInteger(value: bigint, conversion: Conversion): string {
  const { flags, precision, letter } = conversion;
  const signed = letter === 'd' || letter === 'i';
  const size = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value);
  const digits = digitsOf(size, conversion);
  const zeros = precision < 0;
  if (signed) return fill(signOf(value < 0n, flags), digits, conversion, zeros);
  const prefix = flags.includes('#') && /x/i.test(letter) && size !== 0n ? `0${letter}` : '';
  return fill(prefix, digits, conversion, zeros);
}

function digitsOf(size: bigint, { flags, precision, letter }: Conversion): string {
  const radix = letter === 'o' ? 8 : /x/i.test(letter) ? 16 : 10;
  const plain = precision === 0 && size === 0n ? '' : size.toString(radix);
  const digits = (letter === 'X' ? plain.toUpperCase() : plain).padStart(precision, '0');
  return flags.includes('#') && radix === 8 && !digits.startsWith('0') ? `0${digits}` : digits;
}

const signOf = (negative: boolean, flags: string): string =>
  negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';

/** Pads to the width. The flag 0 only has an effect if `zeros` is true. */
function fill(prefix: string, digits: string, conversion: Conversion, zeros: boolean): string {
  const { flags, width } = conversion;
  const missing = width - prefix.length - digits.length;
  if (missing <= 0) return prefix + digits;
  if (flags.includes('-')) return prefix + digits + ' '.repeat(missing);
  if (zeros && flags.includes('0')) return prefix + '0'.repeat(missing) + digits;
  return ' '.repeat(missing) + prefix + digits;
}

/** The conversions e E f F g G. Every digit is exact; ties are rounded to even. */
export function formatFloat(number: number | LongDouble, conversion: Conversion): string {
  const { letter, flags } = conversion;
  const [value, digits] = typeof number === 'number' ? ofDouble(number) : ofLongDouble(number);
  const lower = letter.toLowerCase();
  const zeros = digits !== undefined;
  const text = zeros ? shown(digits, conversion, lower) : value.kind;
  const body = lower === letter ? text : text.toUpperCase();
  return fill(signOf(value.negative, flags), body, conversion, zeros);
}

type Numeral = readonly [
  value: { readonly kind: string; readonly negative: boolean },
  /** Undefined if the number isn't finite. */
  digits: DecimalDigits | undefined,
];

const ofLongDouble = (value: LongDouble): Numeral => [
  value,
  value.kind === 'finite' ? exactDigits(value) : undefined,
];

function ofDouble(number: number): Numeral {
  if (!Number.isFinite(number)) return ofLongDouble(fromDouble(number));
  const negative = number < 0 || Object.is(number, -0);
  return [{ kind: 'finite', negative }, doubleDigits(Math.abs(number))];
}

function shown(digits: DecimalDigits, { flags, precision }: Conversion, letter: string): string {
  const places = precision < 0 ? 6 : precision;
  const point = flags.includes('#');
  if (letter === 'f') return withPoint(digits.fixed(places), places, point);
  if (letter === 'e') return scientific(digits.significant(places + 1), point);
  return general(digits, Math.max(places, 1), point);
}

function general(digits: DecimalDigits, significant: number, point: boolean): string {
  const numeral = digits.significant(significant);
  const { exponent, carried } = numeral;
  if (exponent >= -4 && exponent < significant) {
    const places = significant - 1 - exponent;
    const text = withPoint(digits.fixed(places), places, point);
    return point ? text : withoutZeros(text);
  }
  // glibc drops the zeros if only rounding made the number too large for %f.
  const text = scientific(numeral, point);
  return !point || (carried && exponent === significant) ? withoutZeros(text, point) : text;
}

const withoutZeros = (text: string, point = false): string =>
  text.replace(/\.(\d*?)0*(?=e|$)/, (_all, kept: string) =>
    kept !== '' || point ? `.${kept}` : '',
  );

const withPoint = (digits: string, places: number, point: boolean): string => {
  const at = digits.length - places;
  return digits.slice(0, at) + (places > 0 || point ? '.' : '') + digits.slice(at);
};

function scientific({ digits, exponent }: Significant, point: boolean): string {
  const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return `${withPoint(digits, digits.length - 1, point)}e${power}`;
}
