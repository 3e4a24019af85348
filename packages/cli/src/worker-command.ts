// worker-command.ts — dmsim worker: runs what `dmsim compare --queue` and `dmsim sweep --queue` hand out.
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';

import type { RunOutcome, RunTask } from '@dmsim/study';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { catchInterrupts } from './interrupts.ts';
import { checkReachable, parseRedisUrl } from './jobs/redis-url.ts';
import type { QueuedBatch } from './jobs/run-queue.ts';
import { QUEUE_NAME } from './jobs/run-queue.ts';
import type { Thread } from './jobs/thread-pool.ts';
import { startThread } from './jobs/thread-pool.ts';
import { parseOptions } from './parse-options.ts';
import { Refusal } from './refusal.ts';
import { say } from './standard-streams.ts';
import { parseNumber } from './study/study-options.ts';
import { VERSION } from './version.ts';

const HELP = `Usage: dmsim worker [--jobs N] redis://HOST:PORT
Runs the studies that 'dmsim compare' and 'dmsim sweep' hand out with --queue redis://HOST:PORT, until it is told to end
(SIGINT or SIGTERM: it finishes what it has begun). There may be any number, on any number of machines; if one dies, its
runs are given to another. They have to be of the same version.

  --jobs N   threads (default one a processor)
  --help     this

Exit status: 0, or 125 when the server can't be reached.
`;

/** A worker that has not said for so long that it lives is dead, and its batch is given to another. */
const LOCK_MS = 5000;
const MAX_THREADS = 256;
/** For what has been begun, and for the server. */
const PATIENCE_MS = 4000;

async function run(argv: readonly string[]): Promise<number> {
  const { values, operands } = parseOptions('worker', argv, { jobs: { type: 'string' } });
  const [url, extra] = operands;
  if (url === undefined || extra !== undefined)
    throw new Refusal("worker: which queue? redis://HOST:PORT (try 'dmsim worker --help')");
  const most = String(availableParallelism());
  const jobs = parseNumber('worker', 'jobs', values.jobs ?? most, MAX_THREADS);
  const connection = parseRedisUrl(url);
  await checkReachable(url, connection);
  const { UnrecoverableError, Worker } = await import('bullmq');
  const lanes = createLanes(jobs);
  const worker = new Worker<QueuedBatch, readonly RunOutcome[]>(
    QUEUE_NAME,
    async ({ data }) => {
      if (data.version !== VERSION)
        throw new UnrecoverableError(`it is dmsim ${VERSION}, the study of ${data.version}`);
      return await lanes.run(data);
    },
    {
      connection,
      concurrency: jobs,
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
      maxStalledCount: 3,
    },
  );
  worker.on('error', () => undefined);
  await worker.waitUntilReady();
  const told = new Promise<void>((resolve) => {
    catchInterrupts(() => resolve());
    // The process that the user started is gone.
    process.once('disconnect', resolve);
  });
  say(`waiting for runs on ${url}, ${jobs} ${jobs === 1 ? 'thread' : 'threads'}`);
  await told;
  // A server that is gone does not answer: it is not waited for.
  await Promise.race([worker.close(), setTimeout(PATIENCE_MS, undefined, { ref: false })]);
  await worker.disconnect();
  await lanes.close();
  return EXIT.OK;
}

interface Lanes {
  run(batch: QueuedBatch): Promise<readonly RunOutcome[]>;
  close(): Promise<unknown>;
}

interface Lane {
  readonly study: string;
  readonly thread: Thread<RunTask, RunOutcome>;
}

/** Threads that keep the study they were started for; one that is free and has another study is replaced. */
function createLanes(most: number): Lanes {
  const free: Lane[] = [];
  const module = new URL('./study-worker.js', import.meta.url);
  const take = async ({ study, shared }: QueuedBatch): Promise<Lane> => {
    const same = free.findIndex((lane) => lane.study === study);
    const [known] = same < 0 ? [] : free.splice(same, 1);
    if (known !== undefined) return known;
    if (free.length >= most) await free.shift()?.thread.close();
    return { study, thread: startThread(module, shared) };
  };
  return {
    async run(batch) {
      const lane = await take(batch);
      try {
        const outcomes = await lane.thread.run(batch.tasks);
        free.push(lane);
        return outcomes;
      } catch (error) {
        await lane.thread.close();
        throw error;
      }
    },
    close: () => Promise.all(free.map(({ thread }) => thread.close())),
  };
}

export const workerCommand: Command = {
  name: 'worker',
  operands: '[--jobs N] redis://HOST:PORT',
  summary: 'runs what compare and sweep hand out with --queue',
  help: HELP,
  run,
};
