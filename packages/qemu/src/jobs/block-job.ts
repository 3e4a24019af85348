// block-job.ts — What jobs on block nodes share: errors, io-status, speed. Mirrors blockjob.c.
import type { Errno } from '@dmsim/sim';

import { scheduleBh } from '../aio/aio-context.ts';
import type { Co } from '../aio/coroutine.ts';
import { coCall } from '../aio/coroutine.ts';
import { runBlocking } from '../aio/main-loop.ts';
import type { BlockRequest } from '../block/block-driver.ts';
import type { ErrorAction, ErrorPolicy } from '../block/error-action.ts';
import { actionFor } from '../block/error-action.ts';
import { addUser } from '../block/graph.ts';
import type { BlockNode } from '../block/node.ts';
import { drainedBegin, submitRequest } from '../block/node.ts';
import type { Job } from './job.ts';
import { enterJob, pauseJob, resumeJob } from './job.ts';
import { setLimit } from './rate-limit.ts';

export function useNode(job: Job, node: BlockNode): void {
  job.nodes.push(node);
  addUser(node, job.user);
}

/** Never `retry`: where a job is given that policy, all of QEMU ends at the first error (see `abortQemu`). */
export function jobErrorAction(
  job: Job,
  { policy, isRead, errno }: { policy: ErrorPolicy; isRead: boolean; errno: Errno },
): Exclude<ErrorAction, 'retry'> {
  const action = actionFor(policy, errno);
  if (action === 'retry') {
    job.abortQemu(`block job '${job.id}': the job layer knows no action 'retry'`);
    return 'report';
  }
  job.layer.emit('BLOCK_JOB_ERROR', {
    device: job.id,
    operation: isRead ? 'read' : 'write',
    action,
  });
  if (action === 'stop') {
    if (!job.userPaused) {
      pauseJob(job);
      job.userPaused = true;
    }
    if (job.ioStatus === 'ok') job.ioStatus = errno === 'ENOSPC' ? 'nospace' : 'failed';
  }
  return action;
}

/** The refusal, or null. */
export function userPause(job: Job): string | null {
  if (job.userPaused) return 'Job is already paused';
  job.userPaused = true;
  pauseJob(job);
  return null;
}

export function userResume(job: Job): string | null {
  if (!job.userPaused || job.pauseCount <= 0) return "Can't resume a job that was not paused";
  job.ioStatus = 'ok';
  job.userPaused = false;
  resumeJob(job);
  return null;
}

export function setSpeed(job: Job, speed: number): string | null {
  if (speed < 0) return "Parameter 'speed' expects a non-negative value";
  const before = job.speed;
  job.speed = speed;
  setLimit(job.limit, speed);
  // A faster job need not sleep out what the slower one owed.
  if (speed !== 0 && speed <= before) return null;
  if (job.co !== null && !job.paused) enterJob(job);
  return null;
}

/** A request of the job itself: waits for its end. */
export function* jobRequest(job: Job, node: BlockNode, request: BlockRequest): Co<Errno | null> {
  return yield* coCall<Errno | null>(job.layer.coroutines, (done) =>
    submitRequest(node, request, done),
  );
}

/** bdrv_drained_begin from inside a coroutine: the main loop does it. */
export function* coDrainedBegin(job: Job, node: BlockNode): Co<void> {
  const { main, coroutines } = job.layer;
  yield* coCall<null>(coroutines, (done) =>
    scheduleBh(main.aio, () => runBlocking(main, drainedBegin(node), () => done(null))),
  );
}
