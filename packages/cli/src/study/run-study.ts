// run-study.ts — Does all runs of a study, in batches. A run that cannot be counted ends the study.
import type { RunOutcome, RunResult, RunTask } from '@dmsim/study';

import type { Workforce } from '../jobs/work.ts';
import { runWork } from '../jobs/work.ts';
import { Refusal } from '../refusal.ts';
import type { SharedStudy } from './runner.ts';

export interface StudyWork {
  readonly shared: SharedStudy;
  readonly tasks: readonly RunTask[];
  readonly workforce: Workforce;
  readonly signal: AbortSignal;
  /** A task is done, in any order. */
  readonly onResult: (index: number, result: RunResult) => void;
}

/** Throws for the first task whose run can't be counted, always the same one, wherever it ran: a `Refusal`, or the simulator's error. */
export async function runStudy(work: StudyWork): Promise<void> {
  const { shared, tasks, workforce, onResult } = work;
  const most = batchSize(tasks.length, workforce);
  // Whoever waits sees that something is done, and keeps it after a signal: how long a run takes is not known yet.
  let size = workforce.queue === null ? 1 : most;
  const decided = new AbortController();
  const out = new Map<readonly RunTask[], HandedOut>();
  let begun = 0;
  let failure: Failure | null = null;
  await runWork(
    {
      job: { kind: 'study', shared },
      next() {
        if (begun >= tasks.length || failure !== null) return null;
        const batch = tasks.slice(begun, begun + size);
        out.set(batch, { from: begun, at: clock() });
        begun += batch.length;
        return batch;
      },
      take(batch, outcomes) {
        const { from, at } = out.get(batch) as HandedOut;
        out.delete(batch);
        if (clock() - at < QUICK_MS) size = Math.min(2 * size, most);
        for (const [i, outcome] of outcomes.entries()) {
          const index = from + i;
          if (outcome.kind === 'done') onResult(index, outcome.result);
          else if (index < (failure?.index ?? Infinity)) failure = { index, outcome };
        }
        const limit = failure?.index ?? -1;
        if (failure !== null && [...out.values()].every((other) => other.from > limit))
          decided.abort();
      },
      signal: AbortSignal.any([work.signal, decided.signal]),
    },
    workforce,
  );
  throwFailure(failure, tasks);
}

interface HandedOut {
  /** The index of its first task. */
  readonly from: number;
  readonly at: number;
}

const clock = (): number => process.uptime() * 1000;

/** The next batch is larger when one takes less. */
const QUICK_MS = 500;

interface Failure {
  readonly index: number;
  readonly outcome: Exclude<RunOutcome, { kind: 'done' }>;
}

function throwFailure(failure: Failure | null, tasks: readonly RunTask[]): void {
  if (failure === null) return;
  const { index, outcome } = failure;
  const message = `${describe(tasks[index])}: ${outcome.message}`;
  if (outcome.kind === 'failed') throw new Refusal(message);
  const { name, stack } = outcome;
  throw Object.assign(new Error(message), { name, stack });
}

/** The most runs that are handed out at a time: few enough that all threads end at about the same time. */
const LARGEST_BATCH = 64;
/** Threads that a queue may have behind it. */
const QUEUE_THREADS = 16;

/** How large batches grow: eight a thread at least, where there are as many runs; here, where nothing is handed out, one run at a time. */
function batchSize(tasks: number, { threads, queue }: Workforce): number {
  if (queue === null && threads === 1) return 1;
  const most = queue === null ? threads : QUEUE_THREADS;
  return Math.max(1, Math.min(LARGEST_BATCH, Math.ceil(tasks / (most * 8))));
}

/** `selector=mine, seed 3` */
function describe(task: RunTask | undefined): string {
  if (task === undefined) return '';
  const pairs = Object.entries(task.variables).map(([name, value]) => `${name}=${value}`);
  return [...pairs, `seed ${task.seed}`].join(', ');
}
