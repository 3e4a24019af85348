// order.ts — The order in which for (k in a) visits: that of busybox's hash table, so that labs recorded with it agree.

const SIZES = [31, 251, 1021, 4093];
/** A table grows when its chains would be longer than this on average. */
const DEPTH = 10;

function hash(key: string, size: number): number {
  let index = 0;
  for (let i = 0; i < key.length; i++) {
    index = (key.charCodeAt(i) + (index << 6) + (index << 16) - index) >>> 0;
  }
  return index % size;
}

/** Bucket by bucket, what came last first. Past 340 elements Linux's order inside a bucket is not kept. */
export function visitOrder(keys: readonly string[]): string[] {
  const size = SIZES.find((n) => Math.floor(keys.length / n) <= DEPTH) ?? 4093;
  const buckets = new Map<number, string[]>();
  for (const key of keys) {
    const index = hash(key, size);
    const bucket = buckets.get(index);
    if (bucket === undefined) buckets.set(index, [key]);
    else bucket.unshift(key);
  }
  return Array.from(buckets.keys())
    .toSorted((a, b) => a - b)
    .flatMap((index) => buckets.get(index) ?? []);
}
