import { createPrng, normal } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { estimate, quantile } from './bootstrap.ts';
import type { RunResult } from './run-result.ts';
import type { Figure, VariantRuns } from './summarize.ts';
import { summarize } from './summarize.ts';

const runOf = (p99: number): RunResult => ({
  figures: { p99 },
  shares: {},
  latencies: [],
  timeline: null,
  marks: [],
});

it('takes a quantile between two values in proportion', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([10, 20], 0.25)).toBe(12.5);
});

it('covers the true median with its interval about as often as it says', () => {
  const rng = createPrng(7);
  let covered = 0;
  for (let study = 0; study < 200; study++) {
    const sample = Array.from({ length: 20 }, () => 10 + normal(rng));
    const { interval } = estimate(sample, `study ${study}`);
    if (interval !== null && interval[0] <= 10 && interval[1] >= 10) covered++;
  }
  expect(covered).toBeGreaterThan(180);
  expect(covered).toBeLessThan(200);
});

it('gives no interval for fewer than five samples', () => {
  expect(estimate([1, 2, 3, 4], 'x').interval).toBeNull();
  expect(estimate([1, 2, 3, 4, 5], 'x').interval).not.toBeNull();
});

it('gives the same interval for the same name, and another for another', () => {
  const sample = [1, 5, 2, 8, 3, 9, 4];
  expect(estimate(sample, 'a')).toEqual(estimate(sample, 'a'));
});

it('finds a difference that hides behind the spread of the seeds, because it is paired', () => {
  const rng = createPrng(3);
  const base = Array.from({ length: 20 }, () => 100 + 50 * Math.abs(normal(rng)));
  const variants = [
    { name: 'base', runs: base.map(runOf) },
    { name: 'better', runs: base.map((value) => runOf(value * 0.97)) },
    {
      name: 'same',
      runs: base.map((value, i) => runOf(value * (1 + (i % 2 === 0 ? 0.02 : -0.02)))),
    },
  ];
  const [first, better, same] = summarize(variants, 'base');
  expect(first?.figures['p99']?.againstBaseline).toBeNull();
  expect(better?.figures['p99']?.againstBaseline).toMatchObject({ real: true });
  expect(better?.figures['p99']?.againstBaseline?.median).toBeCloseTo(-0.03, 10);
  expect(same?.figures['p99']?.againstBaseline).toMatchObject({ real: false });
});

const yesOrNo = (name: string, runs: readonly number[]): VariantRuns => ({
  name,
  runs: runs.map((failed) => ({ ...runOf(1), figures: { failed, errors: failed } })),
});

/** Two of twenty runs fail. */
const FEW = [1, 1, ...Array<number>(18).fill(0)];

/** The figure `failed` of each variant. */
const failedOf = (...variants: readonly VariantRuns[]): (Figure | undefined)[] =>
  summarize(variants, variants[0]?.name ?? '').map(({ figures }) => figures['failed']);

it('tells of a measure that is 0 or 1 the share of the runs, which a median would hide', () => {
  const [none, few] = failedOf(
    yesOrNo('none', Array<number>(20).fill(0)),
    yesOrNo('few', FEW),
  ) as Figure[];
  expect(none).toMatchObject({ median: 0, share: 0 });
  expect(few).toMatchObject({ median: 0, share: 0.1 });
  expect(few?.againstBaseline).toMatchObject({ ofShares: true, median: 0.1, real: false });
  // Wilson's intervals, as tables have them.
  expect(none?.interval?.[1]).toBeCloseTo(0.161, 3);
  expect(few?.interval?.[0]).toBeCloseTo(0.028, 3);
  expect(few?.interval?.[1]).toBeCloseTo(0.301, 3);
});

it('tells the median of figures of the workload, and of a measure that is something else in one run', () => {
  const [few] = summarize([yesOrNo('few', FEW)], 'few');
  expect(few?.figures['errors']).not.toHaveProperty('share');
  const [some] = failedOf(yesOrNo('few', FEW), yesOrNo('more', [2]));
  expect(some).not.toHaveProperty('share');
});
