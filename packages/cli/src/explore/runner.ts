// runner.ts — The runs of an exploration, wherever they are done: selectors are loaded once, then batches come in and results go out.
import type { BatchResult, NumberedBatch, Plan, Setup } from '@dmsim/kit';
import { batchRunner } from '@dmsim/kit';

import type { SelectorSource } from '../load-selectors.ts';
import { importSelectors } from '../load-selectors.ts';

/** All runs share this. */
export interface SharedExploration {
  readonly plan: Plan;
  readonly setup: Omit<Setup, 'selectors'>;
  readonly selectors: readonly SelectorSource[];
}

export async function explorationRunner({
  plan,
  setup,
  selectors: sources,
}: SharedExploration): Promise<(next: NumberedBatch) => BatchResult> {
  const selectors = await importSelectors(sources);
  const run = batchRunner(plan, { ...setup, selectors });
  return ({ batch }) => run(batch);
}
