// bootstrap.ts — The interval of a median, from the medians of samples drawn again and again from the sample itself (Efron's percentile interval).
import type { Prng } from '@dmsim/sim';
import { createPrng, streamSeed, uniform } from '@dmsim/sim';

export interface Estimate {
  readonly median: number;
  /** The part of the runs in which it is 1, if it is 0 or 1 in all of them: a median would hide what happens to fewer than half. */
  readonly share?: number;
  /** The 95 % interval, of the share if there is one; null where there are too few samples for one. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** The number that is shown of it. */
export const shownOf = ({ median, share }: Estimate): number => share ?? median;

/** Whether runs say yes or no by this figure. Of a single run it makes no difference. */
export const isYesOrNo = (values: readonly number[]): boolean =>
  values.length > 1 && values.every((value) => value === 0 || value === 1);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The interval is Wilson's: unlike one that is drawn from the sample, it does not vanish when all runs agree. */
export function estimateShare(values: readonly number[]): Estimate {
  const n = values.length;
  const share = mean(values);
  const middle = (share + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + (Z / (2 * n)) ** 2);
  const [low, high] = [Math.max(0, middle - half), Math.min(1, middle + half)];
  return { median: median(values), share, interval: n < LEAST_SAMPLES ? null : [low, high] };
}

/** 95 % of a normal distribution lie within so many standard deviations. */
const Z = 1.959964;

const RESAMPLES = 2000;
/** With fewer no interval of 95 % can be told from the whole range. */
const LEAST_SAMPLES = 5;

export function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

/** Returns a quantile of ascending values, between two of them in proportion. */
export function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** `name` seeds the drawing, so that the same study gives the same interval. */
export function estimate(
  values: readonly number[],
  name: string,
  statistic: (values: readonly number[]) => number = median,
): Estimate {
  const middle = statistic(values);
  if (values.length < LEAST_SAMPLES) return { median: middle, interval: null };
  const rng = createPrng(streamSeed(1, name));
  const medians = Float64Array.from({ length: RESAMPLES }, () => statistic(resample(values, rng)));
  const sorted = Array.from(medians.toSorted());
  return { median: middle, interval: [quantile(sorted, 0.025), quantile(sorted, 0.975)] };
}

const resample = (values: readonly number[], rng: Prng): number[] =>
  values.map(() => values[Math.floor(uniform(rng) * values.length)] ?? NaN);
