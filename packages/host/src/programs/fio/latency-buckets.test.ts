import { createPrng, exponential } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import {
  addLatency,
  bucketOf,
  bucketValue,
  createBuckets,
  mergeBuckets,
  percentilesOf,
} from './latency-buckets.ts';

/** Values that the real fio 3.33 printed as percentiles, all of which are middles of its buckets. */
const PRINTED = [
  868, 932, 1012, 1224, 40192, 99840, 136192, 201728, 254976, 366592, 370688, 2277376,
];

it('has the buckets of fio: what it prints is the middle of one', () => {
  for (const ns of PRINTED) expect(bucketValue(6, bucketOf(6, ns))).toBe(ns);
});

it('puts every latency into a bucket no wider than a 64th of it', () => {
  for (let ns = 1; ns < 2 ** 45; ns = Math.ceil(ns * 1.37)) {
    const value = bucketValue(6, bucketOf(6, ns));
    expect(Math.abs(value - ns)).toBeLessThanOrEqual(ns / 128 + 1);
  }
});

describe('percentiles are right to the width of a bucket', () => {
  const rng = createPrng(5);
  const samples = Array.from({ length: 10_000 }, () => Math.round(exponential(rng, 3e6)));
  const sorted = samples.toSorted((a, b) => a - b);

  it.each([6, 9])('with %i bits', (bits) => {
    const buckets = createBuckets(bits);
    for (const ns of samples) addLatency(buckets, ns);
    const wanted = [1, 25, 50, 90, 99, 99.9, 100];
    for (const [i, found] of percentilesOf(buckets, wanted).entries()) {
      const exact = sorted[Math.ceil(((wanted[i] ?? 0) / 100) * samples.length) - 1] ?? 0;
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact / 2 ** bits + 1);
    }
  });
});

it('adds up to the same when two halves are merged', () => {
  const [all, one, two] = [createBuckets(), createBuckets(), createBuckets()];
  for (let ns = 1; ns < 1e11; ns *= 3) {
    addLatency(all, ns);
    addLatency(ns % 2 === 0 ? one : two, ns);
  }
  mergeBuckets(one, two);
  expect(percentilesOf(one, [10, 50, 99])).toEqual(percentilesOf(all, [10, 50, 99]));
  expect(one.total).toBe(all.total);
});
