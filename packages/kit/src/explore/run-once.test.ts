import type { Drive } from '@dmsim/host';
import { AssertionFailed, fifo, random, replay } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { failureOf } from './outcome.ts';
import type { Plan } from './plan.ts';
import { batchRunner } from './run-batch.ts';
import type { Setup } from './run-once.ts';
import { runOnce } from './run-once.ts';
import { traceRun } from './traced-run.ts';

/** Fails as an assertion does, in every order but fifo's. */
const brittle: Drive = (machine, lab) => {
  for (;;) {
    const outcome = lab.advance(1);
    if (outcome !== null) return outcome;
    if (machine.sim.chooser.choices.some((choice) => choice > 0))
      throw new AssertionFailed('bio 17 is in no queue');
  }
};

const setup: Setup = {
  lab: { name: 'lab.sh', text: 'for i in 1 2 3; do echo $i & done\nwait', args: [] },
  slack: 1e6,
  variesCosts: false,
  requeue: 'deferred-head',
  selectors: [],
  drive: brittle,
};

it('makes an outcome of an error of the simulator, with the choices that led there', () => {
  const { outcome, choices } = runOnce(setup, 1, random(1));
  expect(outcome.ending).toEqual({
    kind: 'crashed',
    error: 'AssertionFailed: bio 17 is in no queue',
  });
  expect(outcome.details).toEqual([expect.stringMatching(/^in brittle, run-once\.test/)]);
  expect(failureOf(outcome)).toBe('internal error: AssertionFailed: bio N is in no queue');
  expect(runOnce(setup, 1, replay(choices))).toEqual({ outcome, choices, reached: [] });
});

it('shows the events that led there', () => {
  const { choices } = runOnce(setup, 1, random(1));
  const traced = traceRun(setup, 1, replay(choices));
  expect(traced.run.outcome.ending.kind).toBe('crashed');
  expect(traced.events.at(-1)?.line).toMatch(/^\d+\.\d+ /);
});

it('goes on with the orders that lead elsewhere', () => {
  expect(runOnce(setup, 1, fifo).outcome.ending).toEqual({ kind: 'exited', status: 0 });
  const plan: Plan = { strategy: 'exhaustive', seed: 1, runs: 10, maxDeviations: 1 };
  const { tally } = batchRunner(
    plan,
    setup,
  )({
    kind: 'branches',
    from: 0,
    branches: [[], [[0, 1]], []],
  });
  expect(tally.runs).toBe(3);
  expect([...tally.outcomes.values()].map(({ count }) => count).toSorted((a, b) => a - b)).toEqual([
    1, 2,
  ]);
});
