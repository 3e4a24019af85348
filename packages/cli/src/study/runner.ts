// runner.ts — The runs of a study, wherever they are done: the user's code is loaded once, then each run is a call.
import type { RunOutcome, RunResult, RunTask, Study } from '@dmsim/study';
import { runOnce } from '@dmsim/study';

import type { UserSource } from '../plugins/load-plugins.ts';
import { importWatchedCode } from '../plugins/load-plugins.ts';

/** The parts of a study that all its runs share. */
export interface SharedStudy {
  readonly study: Study;
  readonly sources: readonly UserSource[];
  /** A sweep needs no more than the figures. */
  readonly keep: 'all' | 'figures';
}

export async function studyRunner({
  study,
  sources,
  keep,
}: SharedStudy): Promise<(tasks: readonly RunTask[]) => RunOutcome[]> {
  const code = await importWatchedCode(sources);
  const kept = keep === 'all' ? (outcome: RunOutcome) => outcome : onlyFigures;
  return (tasks) => tasks.map((task) => kept(runOnce(study, task, code)));
}

const onlyFigures = (outcome: RunOutcome): RunOutcome =>
  outcome.kind === 'done' ? { kind: 'done', result: figuresOf(outcome.result) } : outcome;

const figuresOf = ({ figures }: RunResult): RunResult => ({
  figures,
  shares: {},
  latencies: [],
  timeline: null,
  marks: [],
});
