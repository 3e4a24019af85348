// study-worker.ts — A thread of `dmsim compare` and `dmsim sweep`: runs batches of a study.
import { parentPort, workerData } from 'node:worker_threads';

import type { RunTask } from '@dmsim/study';

import type { SharedStudy } from './run-study.ts';
import { loadStudy } from './run-study.ts';

const runOne = await loadStudy(workerData as SharedStudy);
// oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin
parentPort?.on('message', (tasks: readonly RunTask[]) =>
  parentPort?.postMessage(tasks.map(runOne)),
);
