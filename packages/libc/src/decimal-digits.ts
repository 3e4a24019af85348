// decimal-digits.ts — The decimal digits of a binary number, rounded to the nearest, ties to even.
import type { LongDouble } from './long-double.ts';
import { divide, fromDouble } from './long-double.ts';

export interface Significant {
  /** As many as were wanted. */
  readonly digits: string;
  /** Of ten, for the first digit. */
  readonly exponent: number;
  /** Rounding made it longer: 9.99 became 10.0. */
  readonly carried: boolean;
}

/** Of one positive number. */
export interface DecimalDigits {
  /** All before the point, at least one, and `places` behind it; without the point. */
  readonly fixed: (places: number) => string;
  readonly significant: (count: number) => Significant;
}

type Finite = Extract<LongDouble, { kind: 'finite' }>;
type Ratio = readonly [numerator: bigint, denominator: bigint];

/** By whole numbers of any size; the sign does not matter. */
export function exactDigits({ mantissa, exponent }: Finite): DecimalDigits {
  const ratio: Ratio =
    exponent < 0 ? [mantissa, 1n << BigInt(-exponent)] : [mantissa << BigInt(exponent), 1n];
  return {
    fixed: (places) =>
      divide(...scaled(ratio, places))
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
  const digits = divide(...scaled(ratio, count - 1 - exponent)).toString();
  const carried = digits.length > count;
  return { digits: digits.slice(0, count), exponent: exponent + (carried ? 1 : 0), carried };
}

/** Times ten to the `power`. */
function scaled([a, b]: Ratio, power: number): Ratio {
  const ten = 10n ** BigInt(Math.abs(power));
  return power < 0 ? [a, b * ten] : [a * ten, b];
}

/** JavaScript's own digits are exact too, and quicker, but it rounds ties up, and has no more than a hundred. */
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
      // What was carried has another exponent than the number itself.
      if (/^10*$/.test(digits) || isTie(size, count - 1 - exponent)) {
        return exact().significant(count);
      }
      return { digits, exponent, carried: false };
    },
  };
}

/** Whether the number could be just between two of that many places; in doubt it could. */
function isTie(size: number, places: number): boolean {
  // Half of a tenth, a hundredth, … is an odd number of halves, quarters, …: 5 divides no power of two.
  if (places >= 0) return places > 1000 || (size * 2 ** (places + 1)) % 2 === 1;
  return (
    Number.isInteger(size) && (places < -22 || size % 10 ** -places === 5 * 10 ** (-places - 1))
  );
}
