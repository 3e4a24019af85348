// worker-command.ts — dmsim worker: runs what `dmsim compare`, `dmsim sweep` and `dmsim explore` hand out with --queue.
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';

import { parse, stringify } from 'devalue';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { checkReachable, parseRedisUrl } from './jobs/redis-url.ts';
import type { QueuedPiece } from './jobs/run-queue.ts';
import { QUEUE_NAME } from './jobs/run-queue.ts';
import type { Job, Runners } from './jobs/runners.ts';
import type { Thread } from './jobs/thread.ts';
import { startThread } from './jobs/thread.ts';
import { parseOptions } from './options/parse-options.ts';
import { catchInterrupts } from './process/interrupts.ts';
import { say } from './process/standard-streams.ts';
import { Refusal } from './refusal.ts';
import { parseNumber } from './study/study-options.ts';
import { VERSION } from './version.ts';

const HELP = `Usage: dmsim worker [--jobs N] redis://HOST:PORT
Does the runs that 'dmsim compare', 'dmsim sweep' and 'dmsim explore' hand out with --queue redis://HOST:PORT. SIGINT or
SIGTERM ends it after the runs that it has begun. You can start any number of workers, on any number of machines; if one dies,
another does its runs. All must have the same version of dmsim.

  --jobs N   threads (default: one per processor)
  --help     prints this page

Exit status: 0, or 125 when the server can't be reached.
`;

/** A worker that has not said for so long that it lives is dead, and its batch is given to another. */
const LOCK_MS = 5000;
const MAX_THREADS = 256;
/** For what has been begun, and for the server. */
const PATIENCE_MS = 2500;

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
  const worker = new Worker<QueuedPiece, string>(
    QUEUE_NAME,
    async ({ data }) => {
      if (data.version !== VERSION)
        throw new UnrecoverableError(`it is dmsim ${VERSION}, the work of ${data.version}`);
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
  const closed = worker.close().then(() => true);
  const late = setTimeout(PATIENCE_MS, false, { ref: false });
  const inOrder = await Promise.race([closed, late]);
  await lanes.close();
  // A server that is gone does not answer, and BullMQ would go on trying to reach it.
  if (!inOrder) process.exit(EXIT.OK);
  return EXIT.OK;
}

interface Lanes {
  run(piece: QueuedPiece): Promise<string>;
  close(): Promise<unknown>;
}

interface Lane {
  readonly work: string;
  readonly thread: Thread<keyof Runners>;
}

/** Threads that keep the job they were started for; one that is free and has another job is replaced. */
function createLanes(most: number): Lanes {
  const free: Lane[] = [];
  const take = async ({ work, job }: QueuedPiece): Promise<Lane> => {
    const same = free.findIndex((lane) => lane.work === work);
    const [known] = same < 0 ? [] : free.splice(same, 1);
    if (known !== undefined) return known;
    if (free.length >= most) await free.shift()?.thread.close();
    return { work, thread: startThread(parse(job) as Job) };
  };
  return {
    async run(data) {
      const lane = await take(data);
      try {
        const answer = await lane.thread.run(parse(data.piece) as Runners[keyof Runners]['piece']);
        free.push(lane);
        return stringify(answer);
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
  summary: 'runs what compare, sweep and explore hand out with --queue',
  help: HELP,
  run,
};
