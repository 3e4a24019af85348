// decimal-digits.ts — The decimal digits of a binary number, rounded to the nearest, ties to even.
import type { LongDouble } from './long-double.ts';
import { divideToNearest, fromDouble } from './long-double.ts';

export interface Significant {
  /** The digits, as many as the caller asked for. */
  readonly digits: string;
  /** The power of ten of the first digit. */
  readonly exponent: number;
  /** Rounding added a digit: 9.99 became 10.0. */
  readonly carried: boolean;
}

/** The digits of one positive number. */
export interface DecimalDigits {
  /** All digits before the point (at least one) and `places` after it; without the point itself. */
  readonly fixed: (places: number) => string;
  readonly significant: (count: number) => Significant;
}

type Finite = Extract<LongDouble, { kind: 'finite' }>;
type Ratio = readonly [numerator: bigint, denominator: bigint];

/** Computes the digits with bigints; ignores the sign. */
export function exactDigits({ mantissa, exponent }: Finite): DecimalDigits {
  const ratio: Ratio =
    exponent < 0 ? [mantissa, 1n << BigInt(-exponent)] : [mantissa << BigInt(exponent), 1n];
  return {
    fixed: (places) =>
      divideToNearest(...scaled(ratio, places))
        .toString()
        .padStart(places + 1, '0'),
    significant: (count) => significantOf(ratio, count),
  };
}

function significantOf(ratio: Ratio, count: number): Significant {
  const [a, b] = ratio;
  if (a === 0n) return { digits: '0'.repeat(count), exponent: 0, carried: false };
  let exponent = a.toString().length - b.toString().length;
  const [x, y] = scaled(ratio, -exponent);
  if (x < y) exponent--;
  const digits = divideToNearest(...scaled(ratio, count - 1 - exponent)).toString();
  const carried = digits.length > count;
  return { digits: digits.slice(0, count), exponent: exponent + (carried ? 1 : 0), carried };
}

/** Multiplies the ratio by ten to the `power`. */
function scaled([a, b]: Ratio, power: number): Ratio {
  const ten = 10n ** BigInt(Math.abs(power));
  return power < 0 ? [a, b * ten] : [a * ten, b];
}

/** Uses JavaScript's own digits, which are exact and fast, except for ties, which it rounds up, and beyond 100 digits. */
export function doubleDigits(size: number): DecimalDigits {
  const exact = (): DecimalDigits => exactDigits(fromDouble(size) as Finite);
  return {
    fixed: (places) =>
      size >= 1e21 || places > 100 || isTie(size, places)
        ? exact().fixed(places)
        : size.toFixed(places).replace('.', ''),
    significant(count) {
      if (count > 100) return exact().significant(count);
      const [mantissa = '', power = ''] = size.toExponential(count - 1).split('e');
      const [digits, exponent] = [mantissa.replace('.', ''), Number(power)];
      // Rounding may have carried into a new digit, and then the exponent is not that of the number itself.
      if (/^10*$/.test(digits) || isTie(size, count - 1 - exponent)) {
        return exact().significant(count);
      }
      return { digits, exponent, carried: false };
    },
  };
}

/** Whether the number may lie exactly between two neighbours with `places` decimals; true in case of doubt. */
function isTie(size: number, places: number): boolean {
  // A tie is an odd multiple of 1/(2·10^places). A double holds no fifths, so it is an odd multiple of 1/2^(places + 1).
  if (places >= 0) return places > 1000 || (size * 2 ** (places + 1)) % 2 === 1;
  return (
    Number.isInteger(size) && (places < -22 || size % 10 ** -places === 5 * 10 ** (-places - 1))
  );
}
