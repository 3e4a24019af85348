// latency-buckets.ts — A histogram of latencies whose buckets widen with the latency. After fio's stat.c: plat_val_to_idx, plat_idx_to_val.

/**
 * Latencies below 2^bits ns have a bucket each; every doubling above has 2^bits buckets, so that a bucket is at most
 * 1/2^bits of its value wide. fio has 6 bits.
 */
export interface LatencyBuckets {
  readonly bits: number;
  /** Samples by bucket; grown when a latency needs it. */
  counts: Float64Array;
  total: number;
}

export const FIO_BITS = 6;

export const createBuckets = (bits: number = FIO_BITS): LatencyBuckets => ({
  bits,
  counts: new Float64Array(0),
  total: 0,
});

/** Returns the bucket of a latency, which is a whole number of ns. */
export function bucketOf(bits: number, ns: number): number {
  const first = 1 << bits;
  if (ns < first) return ns;
  // Bit operations end at 2^32 ns, which are four seconds.
  if (ns < 4294967296) {
    const shift = 31 - Math.clz32(ns) - bits;
    return shift * first + (ns >>> shift);
  }
  const shift = 63 - Math.clz32(ns / 4294967296) - bits;
  return shift * first + Math.floor(ns / 2 ** shift);
}

/** Returns the middle of a bucket, which stands for all its latencies. */
export function bucketValue(bits: number, bucket: number): number {
  const first = 2 ** bits;
  if (bucket < 2 * first) return bucket;
  const shift = Math.floor(bucket / first) - 1;
  const k = bucket % first;
  return Math.floor(2 ** (shift + bits) + (k + 0.5) * 2 ** shift);
}

export function addLatency(buckets: LatencyBuckets, ns: number): void {
  const i = bucketOf(buckets.bits, ns);
  if (i >= buckets.counts.length) grow(buckets, i + 1);
  buckets.counts[i] = (buckets.counts[i] as number) + 1;
  buckets.total++;
}

function grow(buckets: LatencyBuckets, length: number): void {
  const wider = new Float64Array(Math.max(length, 2 << buckets.bits, buckets.counts.length * 2));
  wider.set(buckets.counts);
  buckets.counts = wider;
}

export function mergeBuckets(into: LatencyBuckets, from: LatencyBuckets): void {
  if (from.counts.length > into.counts.length) grow(into, from.counts.length);
  for (let i = 0; i < from.counts.length; i++)
    into.counts[i] = (into.counts[i] as number) + (from.counts[i] as number);
  into.total += from.total;
}

/** Returns, for each of `percentiles` in ascending order, the latency that this part of the samples does not exceed, up to a bucket's width. */
export function percentilesOf(buckets: LatencyBuckets, percentiles: readonly number[]): number[] {
  const values: number[] = [];
  let sum = 0;
  let next = 0;
  for (let i = 0; i < buckets.counts.length && next < percentiles.length; i++) {
    sum += buckets.counts[i] as number;
    while (
      next < percentiles.length &&
      sum >= ((percentiles[next] as number) / 100) * buckets.total
    ) {
      values.push(bucketValue(buckets.bits, i));
      next++;
    }
  }
  return values;
}
