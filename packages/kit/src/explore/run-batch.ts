// run-batch.ts — Some runs of an exploration, as one worker does them: data in, data out.
import type { Branch, Chooser } from '@dmsim/sim';
import { exhaustive, RedundantRun, replay } from '@dmsim/sim';

import { outcomeKey } from './outcome.ts';
import type { Plan } from './plan.ts';
import { ANY_NUMBER, choosersOf, seedOf } from './plan.ts';
import type { Setup } from './run-once.ts';
import { runOnce } from './run-once.ts';
import type { Tally } from './tally.ts';
import { count, createTally } from './tally.ts';

export type Batch =
  | { readonly kind: 'seeds'; readonly from: number; readonly count: number }
  | { readonly kind: 'branches'; readonly from: number; readonly branches: readonly Branch[] };

export interface BatchResult {
  readonly tally: Tally;
  /** Branches that `exhaustive` has still to run after these. */
  readonly branches: readonly Branch[];
}

/** Every so many runs one is run twice: what it chose must make it the same. */
const TWICE_EVERY = 100;

/** Runs batches of the plan, in this thread or in a worker's: a batch and its result are plain data. With `urw` and `pct` it runs the lab once beforehand. */
export function batchRunner(plan: Plan, setup: Setup): (batch: Batch) => BatchResult {
  const chooserOf = choosersOf(plan, setup);
  return (batch) =>
    batch.kind === 'seeds'
      ? runSeeds(batch, { plan, setup, chooserOf })
      : runBranches(batch, { plan, setup });
}

interface Runs {
  readonly plan: Plan;
  readonly setup: Setup;
  readonly chooserOf: (nth: number) => Chooser;
}

function runSeeds(
  { from, count: many }: Extract<Batch, { kind: 'seeds' }>,
  { plan, setup, chooserOf }: Runs,
): BatchResult {
  const tally = createTally();
  for (let nth = from; nth < from + many; nth++) {
    const seed = seedOf(plan, nth);
    const run = runOnce(setup, seed, chooserOf(nth));
    count(tally, nth, run);
    if (nth % TWICE_EVERY !== 0) continue;
    const again = runOnce(setup, seed, replay(run.choices));
    const same = outcomeKey(again.outcome) === outcomeKey(run.outcome);
    if (!same || again.choices.length !== run.choices.length) tally.uncontrolled.push(nth);
  }
  return { tally, branches: [] };
}

function runBranches(
  { from, branches }: Extract<Batch, { kind: 'branches' }>,
  { plan, setup }: Omit<Runs, 'chooserOf'>,
): BatchResult {
  const tally = createTally();
  const found: Branch[] = [];
  const reduce = plan.reduce ?? plan.maxDeviations === ANY_NUMBER;
  for (const [i, branch] of branches.entries()) {
    const chooser = exhaustive(branch, { reduce });
    try {
      count(tally, from + i, runOnce(setup, plan.seed, chooser));
    } catch (error) {
      if (!(error instanceof RedundantRun)) throw error;
      tally.redundant++;
    }
    if (!reduce && branch.length >= plan.maxDeviations) continue;
    // One at a time: a run of many choices has more of them than arguments may be.
    for (const each of chooser.branches()) if (each.length <= plan.maxDeviations) found.push(each);
    tally.pruned += chooser.pruned();
  }
  return { tally, branches: found };
}
