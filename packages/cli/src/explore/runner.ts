// runner.ts — The runs of an exploration, wherever they are done: the user's code is loaded once, then batches come in and results go out.
import type { BatchResult, NumberedBatch, Plan, Setup } from '@dmsim/kit';
import { batchRunner } from '@dmsim/kit';

import type { UserSource } from '../plugins/load-plugins.ts';
import { importWatchedCode } from '../plugins/load-plugins.ts';

/** All runs share this. */
export interface SharedExploration {
  readonly plan: Plan;
  readonly setup: Omit<Setup, 'selectors' | 'plugins' | 'invariants'>;
  readonly sources: readonly UserSource[];
}

export async function explorationRunner({
  plan,
  setup,
  sources,
}: SharedExploration): Promise<(next: NumberedBatch) => BatchResult> {
  const run = batchRunner(plan, { ...setup, ...(await importWatchedCode(sources)) });
  return ({ batch }) => run(batch);
}
