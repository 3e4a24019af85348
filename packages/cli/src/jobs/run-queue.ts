// run-queue.ts — Work in a queue of BullMQ, on a Redis server: pieces are put there, and their answers collected.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { Queue, QueueEvents } from 'bullmq';
import { parse, stringify } from 'devalue';

import { say } from '../process/standard-streams.ts';
import { reasonOf } from '../reason-of.ts';
import { Refusal } from '../refusal.ts';
import { VERSION } from '../version.ts';
import type { RedisAddress } from './redis-url.ts';
import { checkReachable, parseRedisUrl, PATIENCE_MS } from './redis-url.ts';
import type { Runners } from './runners.ts';
import type { Work } from './work.ts';

export const QUEUE_NAME = 'dmsim-runs';

/** A job in the queue. devalue writes `job`, `piece` and the answer, because it keeps maps and NaN. */
export interface QueuedPiece {
  readonly version: string;
  /** The same for all pieces of one work: a worker keeps what it has made of `job`. */
  readonly work: string;
  readonly job: string;
  readonly piece: string;
}

/** Pieces that are in the queue at a time: enough for as many threads as all workers together may have. */
const MAX_QUEUED = 64;
/** A piece that a worker throws back is given to another so often. */
const ATTEMPTS = 3;
/** How long the server may take to forget what is not wanted any more. */
const CLOSING_MS = 2000;
/** How long news of an answer is waited for before the queue is asked: a server that was started again has forgotten both. */
const ASK_AGAIN_MS = 5000;

/** Resolves when every piece has been answered; each counts once, however often it was run. */
export async function runQueued<K extends keyof Runners>(
  work: Work<K>,
  url: string,
): Promise<void> {
  const connection = parseRedisUrl(url);
  await checkReachable(url, connection);
  const line = await openLine(connection);
  try {
    await tellWhenAlone(line.queue, url);
    await Promise.race([lost(line, url), aborted(work.signal), handOut(work, line)]);
  } finally {
    await closeLine(line);
  }
}

interface Line {
  readonly queue: Queue<QueuedPiece, string>;
  readonly events: QueueEvents;
  /** The jobs of pieces that have no answer yet. */
  readonly out: Set<string>;
}

async function openLine(connection: RedisAddress): Promise<Line> {
  const { Queue, QueueEvents } = await import('bullmq');
  const queue = new Queue<QueuedPiece, string>(QUEUE_NAME, { connection });
  const events = new QueueEvents(QUEUE_NAME, { connection });
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  await events.waitUntilReady();
  return { queue, events, out: new Set() };
}

/** Takes back the runs that no worker has begun. A server that is gone does not answer, and is not waited for. */
async function closeLine({ queue, events, out }: Line): Promise<void> {
  const close = async (): Promise<void> => {
    await Promise.allSettled([...out].map((id) => queue.remove(id)));
    await Promise.allSettled([events.close(), queue.close()]);
  };
  const patience = new AbortController();
  const patient = delay(CLOSING_MS, undefined, patience).catch(() => undefined);
  await Promise.race([close(), patient]);
  patience.abort();
  // If the connection is lost, these never settle; it only matters that nothing goes on trying.
  for (const each of [events, queue]) each.disconnect().catch(() => undefined);
}

/** Keeps pieces in the queue until there are no more. */
function handOut<K extends keyof Runners>(
  { job, next, take, signal }: Work<K>,
  line: Line,
): Promise<void> {
  const work = randomUUID();
  const shared = { version: VERSION, work, job: stringify(job) };
  let handed = 0;
  return new Promise((resolve, reject) => {
    const feed = (): void => {
      while (!signal.aborted && line.out.size < MAX_QUEUED) {
        const piece = next();
        if (piece === null) break;
        hand(`${work}-${handed++}`, piece).catch(reject);
      }
      if (line.out.size === 0) resolve();
    };
    const hand = async (id: string, piece: Runners[K]['piece']): Promise<void> => {
      line.out.add(id);
      const answer = await answerTo(line, id, { ...shared, piece: stringify(piece) });
      line.out.delete(id);
      if (!signal.aborted) take(piece, parse(answer) as Runners[K]['answer']);
      feed();
    };
    feed();
  });
}

async function answerTo(line: Line, id: string, data: QueuedPiece): Promise<string> {
  // A job that is there already stays as it is.
  const job = await line.queue.add('piece', data, { jobId: id, attempts: ATTEMPTS });
  try {
    const answer = await job.waitUntilFinished(line.events, ASK_AGAIN_MS);
    await job.remove();
    return answer;
  } catch (error) {
    if (!(await job.isFailed())) return await answerTo(line, id, data);
    throw new Refusal(`a worker gave up: ${reasonOf(error)}`);
  }
}

/** Rejects when the server has stopped answering. */
function lost({ queue }: Line, url: string): Promise<never> {
  let answered = true;
  const ask = async (): Promise<void> => {
    answered = false;
    await queue.getWaitingCount();
    answered = true;
  };
  return new Promise((_, reject) => {
    // oxlint-disable-next-line no-restricted-globals -- the server runs in real time
    setInterval(() => {
      if (!answered) reject(new Refusal(`${url}: no answer for ${PATIENCE_MS / 1000} s`));
      else ask().catch(() => undefined);
    }, PATIENCE_MS).unref();
  });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

async function tellWhenAlone(queue: Queue, url: string): Promise<void> {
  const workers = await queue.getWorkers().catch(() => []);
  if (workers.length === 0)
    say(`no worker has connected yet; start one, here or on another machine: dmsim worker ${url}`);
}
