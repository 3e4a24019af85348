// printf-float.ts — %e, %f and %g of printf. bash computes with long double, which has 64 bits of mantissa here: exact in
// whole numbers, so that every digit is the one that the C library prints.

import { invalidNumber } from './printf-number.ts';

/** Like `Spec` of printf.ts; a record of its own keeps the two files apart. */
interface FloatSpec {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

/** `mantissa` times two to the `exponent`. */
interface Finite {
  readonly kind: 'finite';
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

type Float = Finite | { readonly kind: 'inf' | 'nan'; readonly negative: boolean };

export interface ParsedFloat {
  readonly value: Float;
  /** bash's complaint, if any; the value counts all the same. */
  readonly message: string | undefined;
}

const MANTISSA_BITS = 64;
/** Of the least bit of the smallest number, and of the first bit of one that is too large. */
const MIN_EXPONENT = -16445;
const MAX_EXPONENT = 16384;
/** Decimal exponents beyond this are out of range whatever the digits (of which there may be many). */
const FAR = 20000;

const NUMBER =
  /^\s*([-+]?)(?:0x([\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p([-+]?\d+))?|(\d+\.?\d*|\.\d+)(?:e([-+]?\d+))?|(inf(?:inity)?|nan))/i;

/** strtold(3), and `'x` for the code of a character. */
export function parseFloatArgument(text: string): ParsedFloat {
  if (text.startsWith("'") || text.startsWith('"')) {
    const value = rounded(BigInt(text.codePointAt(1) ?? 0), 1n, false).value;
    return { value, message: undefined };
  }
  if (text === '') return { value: ZERO, message: undefined };
  const match = NUMBER.exec(text);
  if (match === null) return { value: ZERO, message: invalidNumber(text) };
  const { value, outOfRange } = valueOf(match);
  if (match[0].length < text.length) return { value, message: invalidNumber(text) };
  const message = outOfRange ? `warning: ${text}: Numerical result out of range` : undefined;
  return { value, message };
}

const ZERO: Finite = { kind: 'finite', negative: false, mantissa: 0n, exponent: 0 };

interface Rounded {
  readonly value: Float;
  readonly outOfRange: boolean;
}

function valueOf(match: RegExpExecArray): Rounded {
  const [, sign, hex, power, decimal, scale, word] = match;
  const negative = sign === '-';
  if (word !== undefined) {
    const kind = /^i/i.test(word) ? 'inf' : 'nan';
    return { value: { kind, negative }, outOfRange: false };
  }
  const [whole = '', fraction = ''] = (hex ?? decimal ?? '').split('.');
  const digits = BigInt(`${hex === undefined ? '' : '0x'}0${whole}${fraction}`);
  const places = hex === undefined ? fraction.length : 4 * fraction.length;
  const shift = Math.max(-FAR, Math.min(FAR, Number((hex === undefined ? scale : power) ?? 0)));
  const by = (hex === undefined ? 10n : 2n) ** BigInt(Math.abs(shift - places));
  return shift >= places ? rounded(digits * by, 1n, negative) : rounded(digits, by, negative);
}

const bitLength = (n: bigint): number => (n === 0n ? 0 : n.toString(2).length);

/** `a / b` to the nearest, ties to even. */
function divide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  const twice = (a % b) * 2n;
  return twice > b || (twice === b && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** `numerator / denominator` as a long double. */
function rounded(numerator: bigint, denominator: bigint, negative: boolean): Rounded {
  if (numerator === 0n) return { value: { ...ZERO, negative }, outOfRange: false };
  let exponent = bitLength(numerator) - bitLength(denominator) - MANTISSA_BITS;
  const scaled = (e: number): readonly [bigint, bigint] =>
    e < 0 ? [numerator << BigInt(-e), denominator] : [numerator, denominator << BigInt(e)];
  const [above, below] = scaled(exponent);
  if (bitLength(above / below) > MANTISSA_BITS) exponent++;
  const tiny = exponent < MIN_EXPONENT;
  if (tiny) exponent = MIN_EXPONENT;
  const [a, b] = scaled(exponent);
  const mantissa = divide(a, b);
  if (exponent + bitLength(mantissa) > MAX_EXPONENT)
    return { value: { kind: 'inf', negative }, outOfRange: true };
  const value: Finite = { kind: 'finite', negative, mantissa, exponent };
  return { value, outOfRange: tiny && a % b !== 0n };
}

export function formatFloat(
  value: Float,
  { flags, width, precision }: FloatSpec,
  conversion: string,
): string {
  const sign = value.negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const lower = conversion.toLowerCase();
  const digits =
    value.kind === 'finite' ? shown(value, { flags, width, precision }, lower) : value.kind;
  const body = lower === conversion ? digits : digits.toUpperCase();
  if (flags.includes('-')) return (sign + body).padEnd(width);
  if (flags.includes('0') && value.kind === 'finite')
    return sign + body.padStart(width - sign.length, '0');
  return (sign + body).padStart(width);
}

function shown(value: Finite, { flags, precision = 6 }: FloatSpec, conversion: string): string {
  const point = flags.includes('#');
  if (conversion === 'f') return fixed(value, precision, point);
  if (conversion === 'e') return scientific(value, precision, point).text;
  const significant = Math.max(precision, 1);
  const { text, exponent } = scientific(value, significant - 1, point);
  const general =
    exponent < -4 || exponent >= significant
      ? text
      : fixed(value, significant - 1 - exponent, point);
  return point
    ? general
    : general.replace(/\.(\d*?)0*(?=e|$)/, (_all, kept: string) => kept && `.${kept}`);
}

const ratio = ({ mantissa, exponent }: Finite): readonly [bigint, bigint] =>
  exponent < 0 ? [mantissa, 1n << BigInt(-exponent)] : [mantissa << BigInt(exponent), 1n];

const withPoint = (digits: string, places: number, point: boolean): string => {
  const at = digits.length - places;
  return digits.slice(0, at) + (places > 0 || point ? '.' : '') + digits.slice(at);
};

function fixed(value: Finite, places: number, point: boolean): string {
  const [a, b] = ratio(value);
  const digits = divide(a * 10n ** BigInt(places), b).toString();
  return withPoint(digits.padStart(places + 1, '0'), places, point);
}

function scientific(
  value: Finite,
  places: number,
  point: boolean,
): { text: string; exponent: number } {
  const [a, b] = ratio(value);
  let exponent = a === 0n ? 0 : a.toString().length - b.toString().length;
  if (a !== 0n && scaleBy(a, b, -exponent).below) exponent--;
  let digits = scaleBy(a, b, places - exponent).nearest.toString();
  if (digits.length > places + 1) {
    exponent++;
    digits = scaleBy(a, b, places - exponent).nearest.toString();
  }
  const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  const mantissa = withPoint(digits.padEnd(places + 1, '0'), places, point);
  return { text: `${mantissa}e${power}`, exponent };
}

/** `a / b` times ten to the `power`; `below`: less than one. */
function scaleBy(a: bigint, b: bigint, power: number): { nearest: bigint; below: boolean } {
  const ten = 10n ** BigInt(Math.abs(power));
  const [x, y] = power < 0 ? [a, b * ten] : [a * ten, b];
  return { nearest: divide(x, y), below: x < y };
}
