// run-study.ts — All runs of a study, here or on threads; in the order of the tasks, whoever ran them.
import { setImmediate } from 'node:timers/promises';

import type { RunOutcome, RunResult, RunTask, Study } from '@dmsim/study';
import { runOnce } from '@dmsim/study';

import { runQueued } from '../jobs/run-queue.ts';
import { runOnThreads } from '../jobs/thread-pool.ts';
import type { SelectorSource } from '../load-selectors.ts';
import { importSelectors } from '../load-selectors.ts';
import { Refusal } from '../refusal.ts';

/** What a worker needs to know once. */
export interface SharedStudy {
  readonly study: Study;
  readonly selectors: readonly SelectorSource[];
  /** A sweep needs no more than the figures. */
  readonly keep: 'all' | 'figures';
}

export interface StudyWork {
  readonly shared: SharedStudy;
  readonly tasks: readonly RunTask[];
  /** 1: here, without threads. */
  readonly jobs: number;
  /** redis://...: workers run it, here or elsewhere. */
  readonly queue: string | null;
  readonly signal: AbortSignal;
  /** A task is done, in any order. */
  readonly onResult: (index: number, result: RunResult) => void;
}

export async function loadStudy({
  study,
  selectors: sources,
  keep,
}: SharedStudy): Promise<(task: RunTask) => RunOutcome> {
  const selectors = await importSelectors(sources);
  return (task) => {
    const outcome = runOnce(study, task, selectors);
    return keep === 'all' || outcome.kind === 'failed' ? outcome : figuresOf(outcome.result);
  };
}

const figuresOf = ({ figures }: RunResult): RunOutcome => ({
  kind: 'done',
  result: { figures, shares: {}, latencies: [], timeline: null, marks: [] },
});

/** Throws a `Refusal` for the first run that failed. */
export async function runStudy(work: StudyWork): Promise<void> {
  const { shared, tasks, jobs, queue, signal } = work;
  const failure = new AbortController();
  const refusals: Refusal[] = [];
  const onResult = (index: number, outcome: RunOutcome): void => {
    if (outcome.kind === 'done') {
      work.onResult(index, outcome.result);
      return;
    }
    refusals.push(new Refusal(`${describe(tasks[index])}: ${outcome.message}`));
    failure.abort();
  };
  const either = AbortSignal.any([signal, failure.signal]);
  if (queue !== null) await runQueued({ url: queue, shared, tasks, onResult, signal: either });
  else if (jobs === 1) await runHere({ ...work, signal: either }, onResult);
  else {
    const module = new URL('./study-worker.js', import.meta.url);
    await runOnThreads({ module, shared, tasks, threads: jobs, onResult, signal: either });
  }
  const [refusal] = refusals;
  if (refusal !== undefined) throw refusal;
}

async function runHere(
  { shared, tasks, signal }: StudyWork,
  onResult: (index: number, outcome: RunOutcome) => void,
): Promise<void> {
  const runOne = await loadStudy(shared);
  for (const [index, task] of tasks.entries()) {
    // Signals and the progress bar have their turn in between.
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await setImmediate();
    if (signal.aborted) return;
    onResult(index, runOne(task));
  }
}

/** `selector=mine, seed 3` */
function describe(task: RunTask | undefined): string {
  if (task === undefined) return '';
  const pairs = Object.entries(task.variables).map(([name, value]) => `${name}=${value}`);
  return [...pairs, `seed ${task.seed}`].join(', ');
}
