// explore.ts — A whole exploration in this thread.
import type { Exploration } from './exploration.ts';
import { createExploration, nextBatch, takeResult } from './exploration.ts';
import type { Plan } from './plan.ts';
import { batchRunner } from './run-batch.ts';
import type { Setup } from './run-once.ts';

/** Makes all runs of the plan, one after the other in this thread. Its `tally` has the outcomes (`inOrder`). */
export function explore(plan: Plan, setup: Setup): Exploration {
  const exploration = createExploration(plan);
  const run = batchRunner(plan, setup);
  for (let next = nextBatch(exploration); next !== null; next = nextBatch(exploration)) {
    takeResult(exploration, next.number, run(next.batch));
  }
  return exploration;
}
