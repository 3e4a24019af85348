// exploration.ts — An exploration under way: it hands out batches of runs and takes their results, in any order.
import type { Branch } from '@dmsim/sim';

import type { Plan } from './plan.ts';
import type { Batch, BatchResult } from './run-batch.ts';
import type { Tally } from './tally.ts';
import { createTally, merge } from './tally.ts';

/** Few enough that workers end at about the same time, many enough that handing them out costs nothing. */
const BATCH = 50;
/** Branches that may wait to be run: beyond it `exhaustive` says that it did not run all. */
const MAX_BRANCHES = 2_000_000;

export interface Exploration {
  readonly plan: Plan;
  readonly tally: Tally;
  /** Branches not yet handed out, from `next` on. */
  readonly branches: Branch[];
  next: number;
  /** Runs handed out. */
  started: number;
  /** Some branch was left out: there were too many. */
  truncated: boolean;
  /** Results that came before those of an earlier batch, by its number. */
  readonly early: Map<number, BatchResult>;
  handedOut: number;
  merged: number;
}

/** An exploration of which nothing has run yet: take a batch (`nextBatch`), run it (`batchRunner`), and hand in its result (`takeResult`). */
export const createExploration = (plan: Plan): Exploration => ({
  plan,
  tally: createTally(),
  branches: plan.strategy === 'exhaustive' ? [[]] : [],
  next: 0,
  started: 0,
  truncated: false,
  early: new Map(),
  handedOut: 0,
  merged: 0,
});

/** An exploration that can go on elsewhere, or later: plain data. */
export interface SavedExploration {
  readonly tally: Tally;
  /** Branches not yet run, in order. */
  readonly branches: readonly Branch[];
  readonly truncated: boolean;
}

/** Saves what has been counted. Runs that are under way are not in it: they will be made again. */
export function saveExploration(exploration: Exploration): SavedExploration {
  const { tally, branches, next, started, truncated } = exploration;
  const underWay = started - runsOf(tally);
  return { tally, branches: branches.slice(next - underWay), truncated };
}

/** Goes on where that one was saved: in the end the two have found what one without a break finds. */
export function restoreExploration(plan: Plan, saved: SavedExploration): Exploration {
  const { tally, branches, truncated } = saved;
  const started = runsOf(tally);
  return { ...createExploration(plan), tally, branches: [...branches], started, truncated };
}

const runsOf = ({ runs, redundant }: Tally): number => runs + redundant;

export interface NumberedBatch {
  readonly number: number;
  readonly batch: Batch;
}

/** Null: nothing to run now. When nothing is under way either, all is done. */
export function nextBatch(exploration: Exploration): NumberedBatch | null {
  const { plan, started, branches, next } = exploration;
  const left = plan.runs - started;
  const size = Math.min(
    BATCH,
    left,
    plan.strategy === 'exhaustive' ? branches.length - next : left,
  );
  if (size <= 0) return null;
  exploration.started += size;
  const number = exploration.handedOut++;
  if (plan.strategy !== 'exhaustive') {
    return { number, batch: { kind: 'seeds', from: started, count: size } };
  }
  exploration.next += size;
  const batch: Batch = {
    kind: 'branches',
    from: started,
    branches: branches.slice(next, next + size),
  };
  return { number, batch };
}

/** Results count in the order of their batches, so that it does not matter which worker was faster. */
export function takeResult(exploration: Exploration, number: number, result: BatchResult): void {
  const { early, tally, branches } = exploration;
  early.set(number, result);
  for (;;) {
    const ready = early.get(exploration.merged);
    if (ready === undefined) return;
    early.delete(exploration.merged++);
    merge(tally, ready.tally);
    if (branches.length + ready.branches.length > MAX_BRANCHES) exploration.truncated = true;
    // A call can't have as many arguments as a batch may have branches.
    else for (const branch of ready.branches) branches.push(branch);
  }
}

/** Nothing is under way. */
export const isSettled = ({ merged, handedOut }: Exploration): boolean => merged === handedOut;

/** Every order within the bound on deviations was run. */
export const ranAll = ({ plan, next, branches, truncated }: Exploration): boolean =>
  plan.strategy === 'exhaustive' && next === branches.length && !truncated;
