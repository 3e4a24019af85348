// block-job.ts — What jobs on block nodes share: errors, io-status, speed. Mirrors blockjob.c.
import type { Errno, Nanos } from '@dmsim/sim';
import { after, micros } from '@dmsim/sim';

import { handlerReady, scheduleBh } from '../aio/aio-context.ts';
import type { Co } from '../aio/coroutine.ts';
import { coCall } from '../aio/coroutine.ts';
import { runBlocking } from '../aio/main-loop.ts';
import type { BlockRequest } from '../block/block-driver.ts';
import type { ErrorAction, ErrorPolicy } from '../block/error-action.ts';
import { actionFor, nextIoStatus } from '../block/error-action.ts';
import type { BlockNode } from '../block/node.ts';
import { addUser, drainedBegin, drainedEnd, removeUser, submitRequest } from '../block/node.ts';
import type { Job } from './job.ts';
import { enterJob, pauseJob, resumeJob } from './job.ts';
import { setLimit } from './rate-limit.ts';

/** block_job_add_bdrv: the node is the job's, and no other job's. */
export function useNode(job: Job, node: BlockNode): void {
  job.nodes.push(node);
  addUser(node, job.user);
}

/** block_job_remove_all_bdrv */
export function releaseNodes(job: Job): void {
  for (const node of job.nodes.splice(0)) removeUser(node, job.user);
}

export interface JobFailure {
  readonly policy: ErrorPolicy;
  readonly isRead: boolean;
  readonly errno: Errno;
  /** The node that the job writes to, where the error is that node's. */
  readonly target?: BlockNode;
}

/** Never `retry`: where a job is given that policy, all of QEMU ends at the first error (see `abortQemu`). */
export function jobErrorAction(
  job: Job,
  { policy, isRead, errno, target }: JobFailure,
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
    if (target !== undefined && job.layer.jobErrors === 'rfc') stopTargetDevice(target, errno);
    else job.ioStatus = nextIoStatus(job.ioStatus, errno, job.layer.ioStatusRule);
  }
  return action;
}

/** As the RFC of 2012 had it: an error of the target is the target device's, whoever wrote there. */
function stopTargetDevice(target: BlockNode, errno: Errno): void {
  for (const blk of target.layer.backends)
    if (blk.node === target) blk.ioStatus = nextIoStatus(blk.ioStatus, errno, 'rfc');
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
  job.driver.speedChanged?.(job);
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

/** Likewise its end. */
export function* coDrainedEnd(job: Job, node: BlockNode): Co<void> {
  const { main, coroutines } = job.layer;
  yield* coCall<null>(coroutines, (done) =>
    scheduleBh(main.aio, () => {
      drainedEnd(node);
      done(null);
    }),
  );
}

/** What a turn of the loop costs in which an error came and was ignored: a fault that stays must not stop the clock. */
const IGNORED_TURN: Nanos = micros(70);

export function* afterIgnoredError(job: Job): Co<void> {
  yield* coCall<null>(job.layer.coroutines, (done) => whenIgnored(job, () => done(null)));
}

export function whenIgnored(job: Job, goOn: () => void): void {
  const { sim, main } = job.layer;
  after(sim, IGNORED_TURN, `job ${job.id} after an error`, () => handlerReady(main.aio, goOn));
}
