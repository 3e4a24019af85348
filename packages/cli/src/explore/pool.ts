// pool.ts — The runs of an exploration, spread over worker threads.
import { Worker } from 'node:worker_threads';

import type { BatchResult, Exploration, NumberedBatch, Setup } from '@dmsim/kit';
import { batchRunner, isSettled, nextBatch, takeResult } from '@dmsim/kit';

import type { Job } from './options.ts';

export interface PoolOptions {
  readonly jobs: number;
  /** Asked before each batch; true: no more are begun. */
  readonly stop: () => boolean;
  /** Called after each batch. */
  readonly onProgress: () => void;
}

/** Returns once everything that was begun has ended. */
export async function runAll(
  exploration: Exploration,
  { job, setup }: { readonly job: Job; readonly setup: Setup },
  options: PoolOptions,
): Promise<void> {
  if (options.jobs === 1) await runHere(exploration, setup, options);
  else await runInWorkers(exploration, job, options);
}

async function runHere(
  exploration: Exploration,
  setup: Setup,
  { stop, onProgress }: PoolOptions,
): Promise<void> {
  const run = batchRunner(exploration.plan, setup);
  for (let next = nextBatch(exploration); next !== null && !stop(); next = nextBatch(exploration)) {
    takeResult(exploration, next.number, run(next.batch));
    onProgress();
    // Signals are seen between two batches.
    // oxlint-disable-next-line no-await-in-loop -- one batch after another is what one thread does
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What a worker answers. */
export interface Answer {
  readonly number: number;
  readonly result: BatchResult;
}

/** Compiled, and in the bundle, it stands beside this file under this name. */
const WORKER = new URL('./explore-worker.js', import.meta.url);

function runInWorkers(
  exploration: Exploration,
  job: Job,
  { jobs, stop, onProgress }: PoolOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const workers = Array.from({ length: jobs }, () => new Worker(WORKER, { workerData: job }));
    const idle = new Set<Worker>(workers);
    const end = (error?: Error): void => {
      for (const worker of workers) void worker.terminate();
      if (error === undefined) resolve();
      else reject(error);
    };
    const feed = (): void => {
      for (const worker of idle) {
        const next: NumberedBatch | null = stop() ? null : nextBatch(exploration);
        if (next === null) break;
        idle.delete(worker);
        // oxlint-disable-next-line require-post-message-target-origin -- a thread, not a window
        worker.postMessage(next);
      }
      if (idle.size === workers.length && isSettled(exploration)) end();
    };
    for (const worker of workers) {
      worker.on('error', end);
      worker.on('message', ({ number, result }: Answer) => {
        idle.add(worker);
        takeResult(exploration, number, result);
        onProgress();
        feed();
      });
    }
    feed();
  });
}
