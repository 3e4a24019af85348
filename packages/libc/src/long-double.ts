// long-double.ts — Exact binary floating point of any width: an integer times a power of two. bash, printf(1) and seq(1)
// compute with x86's long double, whose mantissa has 64 bits.

/** The number `mantissa` · 2^`exponent`. */
interface Finite {
  readonly kind: 'finite';
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

export type LongDouble = Finite | { readonly kind: 'inf' | 'nan'; readonly negative: boolean };

export interface FloatFormat {
  readonly mantissaBits: number;
  /** The exponent of the lowest bit of the smallest number. */
  readonly minExponent: number;
  /** The exponent of the first power of two that is too large. */
  readonly maxExponent: number;
}

export const DOUBLE: FloatFormat = { mantissaBits: 53, minExponent: -1074, maxExponent: 1024 };
export const LONG_DOUBLE: FloatFormat = {
  mantissaBits: 64,
  minExponent: -16445,
  maxExponent: 16384,
};

const bitLength = (n: bigint): number => (n === 0n ? 0 : n.toString(2).length);

/** Returns `a / b`, rounded to nearest, ties to even. */
export function divideToNearest(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  const twice = (a % b) * 2n;
  return twice > b || (twice === b && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

export interface Rounded {
  readonly value: LongDouble;
  /** ERANGE of strtod(3): too large, or so small that bits were lost. */
  readonly outOfRange: boolean;
}

/** Rounds `numerator / denominator` to the nearest number of a format. */
export function nearest(
  numerator: bigint,
  denominator: bigint,
  { mantissaBits, minExponent, maxExponent }: FloatFormat,
): Rounded {
  if (numerator === 0n) {
    return {
      value: { kind: 'finite', negative: false, mantissa: 0n, exponent: 0 },
      outOfRange: false,
    };
  }
  let exponent = bitLength(numerator) - bitLength(denominator) - mantissaBits;
  const scaled = (e: number): readonly [bigint, bigint] =>
    e < 0 ? [numerator << BigInt(-e), denominator] : [numerator, denominator << BigInt(e)];
  const [above, below] = scaled(exponent);
  if (bitLength(above / below) > mantissaBits) exponent++;
  const tiny = exponent < minExponent;
  if (tiny) exponent = minExponent;
  const [a, b] = scaled(exponent);
  const mantissa = divideToNearest(a, b);
  if (exponent + bitLength(mantissa) > maxExponent) {
    return { value: { kind: 'inf', negative: false }, outOfRange: true };
  }
  const value: Finite = { kind: 'finite', negative: false, mantissa, exponent };
  return { value, outOfRange: tiny && a % b !== 0n };
}

const bits = new DataView(new ArrayBuffer(8));

/** Converts a double, without loss. */
export function fromDouble(value: number): LongDouble {
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const negative = high >>> 31 === 1;
  if (Number.isNaN(value)) return { kind: 'nan', negative };
  if (!Number.isFinite(value)) return { kind: 'inf', negative };
  const biased = (high >>> 20) & 0x7ff;
  const fraction = BigInt((high & 0xfffff) * 2 ** 32 + bits.getUint32(4));
  return biased === 0
    ? { kind: 'finite', negative, mantissa: fraction, exponent: -1074 }
    : { kind: 'finite', negative, mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** The exact number `n` · 2^`exponent`, rounded to the 64 bits of a long double. */
function rounded(n: bigint, exponent: number): LongDouble {
  const size = n < 0n ? -n : n;
  const { value } =
    exponent < 0
      ? nearest(size, 1n << BigInt(-exponent), LONG_DOUBLE)
      : nearest(size << BigInt(exponent), 1n, LONG_DOUBLE);
  return { ...value, negative: n < 0n };
}

const signed = ({ negative, mantissa }: Finite): bigint => (negative ? -mantissa : mantissa);

/** `a + b` of long doubles. Of two infinities the first counts. */
export function addLong(a: LongDouble, b: LongDouble): LongDouble {
  if (a.kind !== 'finite') return a;
  if (b.kind !== 'finite') return b;
  const exponent = Math.min(a.exponent, b.exponent);
  const aligned = (x: Finite): bigint => signed(x) << BigInt(x.exponent - exponent);
  return rounded(aligned(a) + aligned(b), exponent);
}

/** `a · n` of a long double and an integer. */
export function scaleLong(a: LongDouble, n: number): LongDouble {
  if (a.kind !== 'finite') return { ...a, negative: a.negative !== n < 0 };
  return rounded(signed(a) * BigInt(n), a.exponent);
}

/** The end of the number line that an infinite number is: -1 or 1; 0 for a finite one. */
function endOf({ kind, negative }: LongDouble): number {
  if (kind === 'finite') return 0;
  return negative ? -1 : 1;
}

/** Less than 0, 0 or more than 0, as `a` is less than, equal to or more than `b`; neither may be NaN. */
export function compareLong(a: LongDouble, b: LongDouble): number {
  if (a.kind !== 'finite' || b.kind !== 'finite') return Math.sign(endOf(a) - endOf(b));
  const exponent = Math.min(a.exponent, b.exponent);
  const aligned = (x: Finite): bigint => signed(x) << BigInt(x.exponent - exponent);
  const difference = aligned(a) - aligned(b);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Converts to a double. Exact for numbers that `nearest` rounded to the format DOUBLE. */
export function toDouble(value: LongDouble): number {
  const size = sizeOf(value);
  return value.negative ? -size : size;
}

function sizeOf(value: LongDouble): number {
  if (value.kind !== 'finite') return value.kind === 'nan' ? NaN : Infinity;
  const { mantissa, exponent } = value;
  // It multiplies in two steps, since the power alone may be out of range.
  return Number(mantissa) * 2 ** Math.max(exponent, -1000) * 2 ** Math.min(exponent + 1000, 0);
}
