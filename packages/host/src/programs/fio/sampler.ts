// sampler.ts — Computes the minimum, maximum, mean and deviation of samples without keeping them. After fio's stat.c: add_stat_sample, sum_stat.

/** Welford's recurrence: `m2` is the sum of squared distances from the mean. */
export interface Sampler {
  n: number;
  min: number;
  max: number;
  mean: number;
  m2: number;
}

export const createSampler = (): Sampler => ({ n: 0, min: Infinity, max: 0, mean: 0, m2: 0 });

export function addSample(sampler: Sampler, value: number): void {
  sampler.n++;
  if (value < sampler.min) sampler.min = value;
  if (value > sampler.max) sampler.max = value;
  const delta = value - sampler.mean;
  sampler.mean += delta / sampler.n;
  sampler.m2 += delta * (value - sampler.mean);
}

/** Adds the samples of `from`. */
export function mergeSampler(into: Sampler, from: Sampler): void {
  if (from.n === 0) return;
  const n = into.n + from.n;
  const delta = from.mean - into.mean;
  into.m2 += from.m2 + (delta * delta * into.n * from.n) / n;
  into.mean += (delta * from.n) / n;
  into.n = n;
  into.min = Math.min(into.min, from.min);
  into.max = Math.max(into.max, from.max);
}

export interface Summary {
  readonly n: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Returns zeros if there is no sample. */
export const summarize = ({ n, min, max, mean, m2 }: Sampler): Summary => ({
  n,
  min: n === 0 ? 0 : min,
  max,
  mean,
  deviation: n > 1 ? Math.sqrt(m2 / (n - 1)) : 0,
});
