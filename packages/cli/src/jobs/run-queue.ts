// run-queue.ts — Batches of a study in a queue of BullMQ, on a Redis server: who puts them there, and collects.
import { randomUUID } from 'node:crypto';

import type { RunOutcome, RunTask } from '@dmsim/study';
import type { Job, Queue } from 'bullmq';

import { Refusal } from '../refusal.ts';
import { say } from '../standard-streams.ts';
import type { SharedStudy } from '../study/run-study.ts';
import { VERSION } from '../version.ts';
import { checkReachable, parseRedisUrl } from './redis-url.ts';
import { batchesOf } from './thread-pool.ts';

export const QUEUE_NAME = 'dmsim-runs';

/** What a job is: what all runs share, and some of the runs. */
export interface QueuedBatch {
  readonly version: string;
  /** The same for all batches of a study: a worker keeps what it has made of `shared`. */
  readonly study: string;
  readonly shared: SharedStudy;
  readonly tasks: readonly RunTask[];
}

export interface QueueWork {
  /** redis://HOST:PORT */
  readonly url: string;
  readonly shared: SharedStudy;
  readonly tasks: readonly RunTask[];
  readonly onResult: (index: number, outcome: RunOutcome) => void;
  readonly signal: AbortSignal;
}

/** Batches for as many workers as one may have: they are small, so that all end at about the same time. */
const WORKERS = 16;
/** A batch that a worker threw back, or took with it, is given to another so often. */
const ATTEMPTS = 3;

/** Ends when every task has been answered; each is counted once, however often it was run. */
export async function runQueued(work: QueueWork): Promise<void> {
  const { url, shared, tasks, signal } = work;
  const connection = parseRedisUrl(url);
  await checkReachable(url, connection);
  const { Queue, QueueEvents } = await import('bullmq');
  const queue = new Queue<QueuedBatch, RunOutcome[]>(QUEUE_NAME, { connection });
  const events = new QueueEvents(QUEUE_NAME, { connection });
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  const jobs: Job<QueuedBatch, RunOutcome[]>[] = [];
  try {
    await events.waitUntilReady();
    await tellWhenAlone(queue, url);
    const study = randomUUID();
    const batches = batchesOf(tasks.length, WORKERS);
    const specs = batches.map(({ from, to }, i) => ({
      name: 'runs',
      data: { version: VERSION, study, shared, tasks: tasks.slice(from, to) },
      opts: { jobId: `${study}-${i}`, attempts: ATTEMPTS },
    }));
    jobs.push(...(await queue.addBulk(specs)));
    await Promise.race([
      aborted(signal),
      Promise.all(
        jobs.map(async (job, i) => {
          const outcomes = await answerOf(job, events as unknown as Events);
          for (const [k, outcome] of outcomes.entries())
            if (!signal.aborted) work.onResult((batches[i]?.from ?? 0) + k, outcome);
        }),
      ),
    ]);
  } finally {
    // What no one has begun is not done; what was answered has been read.
    await Promise.allSettled(jobs.map((job) => job.remove()));
    await Promise.allSettled([events.close(), queue.close()]);
  }
}

/** Typed for any backend: ours is Redis. */
type Events = Parameters<Job['waitUntilFinished']>[0];

async function answerOf(
  job: Job<QueuedBatch, RunOutcome[]>,
  events: Events,
): Promise<readonly RunOutcome[]> {
  try {
    return await job.waitUntilFinished(events);
  } catch (error) {
    throw new Refusal(
      `a worker gave up: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

async function tellWhenAlone(queue: Queue, url: string): Promise<void> {
  const workers = await queue.getWorkers().catch(() => []);
  if (workers.length === 0)
    say(`no worker is there yet; on this or another machine: dmsim worker ${url}`);
}
