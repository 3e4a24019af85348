// runner.ts — The runs of a study, wherever they are done: selectors are loaded once, then each run is a call.
import type { RunOutcome, RunResult, RunTask, Study } from '@dmsim/study';
import { runOnce } from '@dmsim/study';

import type { SelectorSource } from '../load-selectors.ts';
import { importSelectors } from '../load-selectors.ts';

/** What all runs share. */
export interface SharedStudy {
  readonly study: Study;
  readonly selectors: readonly SelectorSource[];
  /** A sweep needs no more than the figures. */
  readonly keep: 'all' | 'figures';
}

export async function studyRunner({
  study,
  selectors: sources,
  keep,
}: SharedStudy): Promise<(tasks: readonly RunTask[]) => RunOutcome[]> {
  const selectors = await importSelectors(sources);
  const kept = keep === 'all' ? (outcome: RunOutcome) => outcome : onlyFigures;
  return (tasks) => tasks.map((task) => kept(runOnce(study, task, selectors)));
}

const onlyFigures = (outcome: RunOutcome): RunOutcome =>
  outcome.kind === 'failed' ? outcome : { kind: 'done', result: figuresOf(outcome.result) };

const figuresOf = ({ figures }: RunResult): RunResult => ({
  figures,
  shares: {},
  latencies: [],
  timeline: null,
  marks: [],
});
