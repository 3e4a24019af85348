// job-worker.ts — A thread that runs the pieces of one job: a piece comes in, its answer goes out.
import { parentPort, workerData } from 'node:worker_threads';

import type { Job } from './runners.ts';
import { runnerOf } from './runners.ts';

// Messages that come before this is done wait in the port until someone listens.
const run = await runnerOf(workerData as Job);
// oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin
parentPort?.on('message', (piece: Parameters<typeof run>[0]) =>
  parentPort?.postMessage(run(piece)),
);
