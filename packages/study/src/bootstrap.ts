// bootstrap.ts — The interval of a median, from the medians of samples drawn again and again from the sample itself (Efron's percentile interval).
import type { Prng } from '@dmsim/sim';
import { createPrng, streamSeed, uniform } from '@dmsim/sim';

export interface Estimate {
  readonly median: number;
  /** The 95 % interval; null where there are too few samples for one. */
  readonly interval: readonly [low: number, high: number] | null;
}

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
export function estimate(values: readonly number[], name: string): Estimate {
  const middle = median(values);
  if (values.length < LEAST_SAMPLES) return { median: middle, interval: null };
  const rng = createPrng(streamSeed(1, name));
  const medians = Float64Array.from({ length: RESAMPLES }, () => median(resample(values, rng)));
  const sorted = Array.from(medians.toSorted());
  return { median: middle, interval: [quantile(sorted, 0.025), quantile(sorted, 0.975)] };
}

const resample = (values: readonly number[], rng: Prng): number[] =>
  values.map(() => values[Math.floor(uniform(rng) * values.length)] ?? NaN);
