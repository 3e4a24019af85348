// Small labs in every order near the usual one, and the smallest in every order there is: with and without the orders that are
// others in other words they end in the same ways.
import { ANY_NUMBER, explore, inOrder, ranAll } from '@dmsim/kit';
import type { Exploration, Plan } from '@dmsim/kit';
import { describe, expect, it } from 'vitest';

import { shareOf } from '../share.ts';
import { RACES_OF_PROCESSES, RACES_WITH_DEVICES, SMALL_LABS } from './small-labs.case.ts';

function inOrders(
  lines: readonly string[],
  bounds: Pick<Plan, 'maxDeviations' | 'reduce'>,
): Exploration {
  const lab = { name: 'lab.sh', text: `${lines.join('\n')}\n`, args: [] };
  const machine = {
    slack: 0,
    variesCosts: false,
    requeue: 'deferred-head',
    selectors: [],
  } as const;
  const plan = { strategy: 'exhaustive', seed: 1, runs: 10_000, ...bounds } as const;
  return explore(plan, { lab, ...machine });
}

/** All ways it ended; a run that did not end well is told in full. */
const printed = (exploration: Exploration): string[] =>
  inOrder(exploration.tally)
    .map(({ outcome }) => {
      const { ending, broken, transcript } = outcome;
      const well = ending.kind === 'exited' && ending.status === 0 && broken.length === 0;
      return well ? transcript : JSON.stringify(outcome);
    })
    .toSorted();

const LABS = shareOf(
  Object.entries({ ...SMALL_LABS, ...RACES_WITH_DEVICES, ...RACES_OF_PROCESSES }),
  5,
);

describe.each(LABS)('%s', (_name, { lines, prints, orders, deviations = 2 }) => {
  it('ends in these ways, and no other, in every order near the usual one', () => {
    const exploration = inOrders(lines, {
      maxDeviations: orders === 'all' ? ANY_NUMBER : deviations,
      reduce: false,
    });
    expect(ranAll(exploration)).toBe(true);
    expect(exploration.tally.runs).toBeGreaterThan(5);
    expect(printed(exploration)).toEqual(prints.toSorted());
    if (orders !== 'all') return;
    const reduced = inOrders(lines, { maxDeviations: ANY_NUMBER });
    expect(reduced.tally.runs).toBeLessThan(exploration.tally.runs);
  });

  it.runIf(orders !== undefined)(
    'ends in the same ways without the orders that are others in other words, and counts these',
    () => {
      const exploration = inOrders(lines, { maxDeviations: ANY_NUMBER });
      expect(ranAll(exploration)).toBe(true);
      expect(exploration.tally.pruned).toBeGreaterThan(0);
      expect(printed(exploration)).toEqual(prints.toSorted());
    },
  );
});
