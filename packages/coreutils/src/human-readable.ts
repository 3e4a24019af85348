// human-readable.ts — Sizes as dd and ls -h print them: `4.1 kB`, `12M`. As gnulib's human.c: with one decimal below ten.
import { divideToNearest } from '@dmsim/libc';

export interface HumanSize {
  /** `512`, `4.1` or `12`. */
  readonly number: string;
  /** How often it was divided by the base. */
  readonly power: number;
}

export interface HumanOptions {
  readonly base: 1000 | 1024;
  /** The nearest number, ties to even, or the next one up. */
  readonly rounding: 'nearest' | 'up';
}

const MAX_POWER = 8;

/** A size in bytes. The number is exact, and rounded once. */
export function humanReadable(bytes: bigint, options: HumanOptions): HumanSize {
  return wholeAmount(bytes, 1n, options);
}

/** A rate in bytes a second, to the nearest. The time is in nanoseconds. */
export function humanRate(bytes: bigint, nanoseconds: bigint, base: 1000 | 1024): HumanSize {
  const [amount, per] = [bytes * SECOND, nanoseconds];
  if (SECOND % per === 0n || per % SECOND === 0n) {
    return wholeAmount(amount, per, { base, rounding: 'nearest' });
  }
  // gnulib divides these in floating point, and then a kilobyte is the least unit and 99.9 still has its decimal.
  let unit = per * BigInt(base);
  let power = 1;
  for (; power < MAX_POWER && amount >= unit * BigInt(base); power++) unit *= BigInt(base);
  const tenths = divideToNearest(amount * 10n, unit);
  const number = tenths < 1000n ? withPoint(tenths) : String(divideToNearest(amount, unit));
  return { number, power };
}

const SECOND = 1_000_000_000n;

/** The size `amount / per`: integers that gnulib computes with as such. */
function wholeAmount(amount: bigint, per: bigint, { base, rounding }: HumanOptions): HumanSize {
  const round = rounding === 'up' ? roundUp : divideToNearest;
  let unit = per;
  let power = 0;
  for (; power < MAX_POWER && amount >= unit * BigInt(base); power++) unit *= BigInt(base);
  const tenths = round(amount * 10n, unit);
  if (power > 0 && tenths < 100n) return { number: withPoint(tenths), power };
  const whole = round(amount, unit);
  // Rounding may have made a whole unit of the next size of it.
  return whole === BigInt(base) && power < MAX_POWER
    ? { number: '1.0', power: power + 1 }
    : { number: String(whole), power };
}

const withPoint = (tenths: bigint): string => `${tenths / 10n}.${tenths % 10n}`;

const roundUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;
