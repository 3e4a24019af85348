// thread.ts — One thread that runs the pieces of a job, one at a time.
import { Worker } from 'node:worker_threads';

import type { Job, Runners } from './runners.ts';

export interface Thread<K extends keyof Runners> {
  /** One piece at a time. Rejects when the thread dies, with what it threw. */
  run(piece: Runners[K]['piece']): Promise<Runners[K]['answer']>;
  close(): Promise<unknown>;
}

/** Compiled, and in the bundle, it stands beside this file under this name. */
const MODULE = new URL('./job-worker.js', import.meta.url);

export function startThread<K extends keyof Runners>(job: Job<K>): Thread<K> {
  const worker = new Worker(MODULE, { workerData: job });
  return { run: (piece) => runPiece(worker, piece), close: () => worker.terminate() };
}

function runPiece<R>(worker: Worker, piece: unknown): Promise<R> {
  return new Promise((resolve, reject) => {
    const stopListening = (): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
    const onMessage = (answer: R): void => {
      stopListening();
      resolve(answer);
    };
    const onError = (error: Error): void => {
      stopListening();
      reject(error);
    };
    const onExit = (code: number): void => onError(new Error(`a worker ended with status ${code}`));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    worker.postMessage(piece);
  });
}
