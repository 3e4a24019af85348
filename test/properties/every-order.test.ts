// Small labs in every order that takes at most two choices other than the usual ones, and the smallest in every order there is.
import { ANY_NUMBER, explore, inOrder, ranAll } from '@dmsim/kit';
import type { Exploration, Plan } from '@dmsim/kit';
import { describe, expect, it } from 'vitest';

import { SMALL_LABS } from './small-labs.case.ts';

function inEveryOrder(
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
  const plan = { strategy: 'exhaustive', seed: 1, runs: 5000, ...bounds } as const;
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

describe.each(Object.entries(SMALL_LABS))('%s', (_name, { lines, prints, tiny = false }) => {
  it('ends in these ways, and no other, in every order near the usual one', () => {
    const exploration = inEveryOrder(lines, {
      maxDeviations: tiny ? ANY_NUMBER : 2,
      reduce: false,
    });
    expect(ranAll(exploration)).toBe(true);
    expect(exploration.tally.runs).toBeGreaterThan(20);
    expect(printed(exploration)).toEqual(prints.toSorted());
  });

  it.runIf(tiny)('ends in the same ways without the orders that are others in other words', () => {
    const exploration = inEveryOrder(lines, { maxDeviations: ANY_NUMBER });
    expect(ranAll(exploration)).toBe(true);
    expect(printed(exploration)).toEqual(prints.toSorted());
  });
});
