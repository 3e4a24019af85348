// explore-worker.ts — One thread of an exploration: batches come in, results go out.
import { parentPort, workerData } from 'node:worker_threads';

import type { NumberedBatch } from '@dmsim/kit';
import { batchRunner } from '@dmsim/kit';

import { loadSelectors } from '../load-selectors.ts';
import type { Job } from './options.ts';
import type { Answer } from './pool.ts';

const { plan, setup, selectorFiles } = workerData as Job;
// What comes meanwhile waits in the port until someone listens.
const selectors = await loadSelectors(selectorFiles);
const run = batchRunner(plan, { ...setup, selectors });
parentPort?.on('message', ({ number, batch }: NumberedBatch) => {
  const answer: Answer = { number, result: run(batch) };
  // oxlint-disable-next-line require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(answer);
});
