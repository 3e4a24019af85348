// Every latency model there is, held to the one contract, and what is each one's own.
import type { Latency } from '@dmsim/block';
import {
  bandwidthLatency,
  bimodalLatency,
  brownoutLatency,
  createStation,
  empiricalLatency,
  exponentialLatency,
  exponentialState,
  fixedLatency,
  latencyOf,
  lognormalLatency,
  paretoLatency,
  sharedLatency,
  stallLatency,
} from '@dmsim/block';
import { createPrng } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { latencyModelContract } from './latency-model.case.ts';

const fixed = (ns: number): Latency => latencyOf(fixedLatency, { ns });
const exponential = (seed: number): Latency =>
  latencyOf(exponentialLatency, exponentialState(createPrng(seed), 1e6));
const draw = (latency: Latency, now: number, bytes = 4096): number =>
  latency.draw(latency.state, now, bytes);

latencyModelContract({ name: 'fixed', create: () => fixed(5000), mean: 5000 });
latencyModelContract({ name: 'exponential', create: exponential, mean: 1e6 });
latencyModelContract({
  name: 'lognormal',
  create: (seed) => latencyOf(lognormalLatency, { rng: createPrng(seed), median: 1e6, sigma: 0.5 }),
  mean: 1e6 * Math.exp(0.125),
});
latencyModelContract({
  name: 'pareto',
  create: (seed) => latencyOf(paretoLatency, { rng: createPrng(seed), least: 1e6, alpha: 3 }),
  mean: 1.5e6,
});
latencyModelContract({
  name: 'bimodal',
  create: (seed) =>
    latencyOf(bimodalLatency, { rng: createPrng(seed), usual: 1e5, rare: 1e6, part: 0.1 }),
  mean: 1.9e5,
});
latencyModelContract({
  name: 'empirical',
  create: (seed) =>
    latencyOf(empiricalLatency, {
      rng: createPrng(seed),
      samples: Float64Array.of(1e5, 2e5, 6e5),
    }),
  mean: 3e5,
});
latencyModelContract({
  name: 'bandwidth',
  create: (seed) =>
    latencyOf(bandwidthLatency, { bytesPerSecond: 1e9, base: exponential(seed), freeAt: 0 }),
  mean: 1e6 + 4096,
});
latencyModelContract({
  name: 'shared',
  create: (seed) =>
    latencyOf(sharedLatency, {
      name: 'port',
      link: { bytesPerSecond: 1e9, freeAt: 0 },
      station: createStation(64),
      base: exponential(seed),
    }),
  mean: null,
});
latencyModelContract({
  name: 'brownout',
  create: (seed) =>
    latencyOf(brownoutLatency, { base: exponential(seed), factor: 10, until: Infinity }),
  mean: 1e7,
});
latencyModelContract({
  name: 'stall',
  create: (seed) => latencyOf(stallLatency, { base: exponential(seed), until: 0 }),
  mean: 1e6,
});

it('a Pareto tail is as heavy as its alpha says', () => {
  const latency = latencyOf(paretoLatency, { rng: createPrng(1), least: 1000, alpha: 2 });
  const drawn = Array.from({ length: 50_000 }, () => draw(latency, 0));
  const above = drawn.filter((ns) => ns > 10_000).length / drawn.length;
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(1000);
  expect(above).toBeCloseTo(0.01, 2);
});

it('paths that share a controller wait for each other', () => {
  const station = createStation(2);
  const path = (): Latency =>
    latencyOf(sharedLatency, { name: 'controller', link: null, station, base: fixed(100) });
  const [a, b, c] = [path(), path(), path()];
  expect([draw(a, 0), draw(b, 0), draw(c, 0)]).toEqual([100, 100, 200]);
  // The first slot is free again at 100, and was taken until 200.
  expect(draw(a, 150)).toBe(100);
});

it('paths that share a port carry one transfer after the other', () => {
  const link = { bytesPerSecond: 1e9, freeAt: 0 };
  const path = (): Latency =>
    latencyOf(sharedLatency, { name: 'port', link, station: null, base: fixed(0) });
  const [a, b] = [path(), path()];
  expect([draw(a, 0, 1000), draw(b, 0, 1000), draw(a, 10_000, 1000)]).toEqual([1000, 2000, 1000]);
});

it('a brown-out and a stall end by themselves', () => {
  const slow = latencyOf(brownoutLatency, { base: fixed(100), factor: 10, until: 1000 });
  expect([draw(slow, 999), draw(slow, 1000)]).toEqual([1000, 100]);
  const stalled = latencyOf(stallLatency, { base: fixed(100), until: 1000 });
  expect([draw(stalled, 400), draw(stalled, 1000)]).toEqual([700, 100]);
});
