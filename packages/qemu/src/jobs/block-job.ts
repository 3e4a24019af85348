// block-job.ts — The base of all jobs on block nodes: errors, io-status, speed. Mirrors blockjob.c.
import type { Errno, Nanos } from '@dmsim/sim';
import { after, micros, NotSupported } from '@dmsim/sim';

import { handlerReady, scheduleBh } from '../aio/aio-context.ts';
import type { Co } from '../aio/coroutine.ts';
import { coCall } from '../aio/coroutine.ts';
import { runBlocking } from '../aio/main-loop.ts';
import type { BlockRequest } from '../block/block-driver.ts';
import type { ErrorAction, ErrorPolicy } from '../block/error-action.ts';
import { actionFor, nextIoStatus } from '../block/error-action.ts';
import type { BlockNode } from '../block/node.ts';
import { drainedBegin, drainedEnd, nodeLength, removeUser, submitRequest } from '../block/node.ts';
import { attachUser } from '../block/permissions.ts';
import { truncateNode } from '../drivers/truncate-node.ts';
import type { Job, JobUse } from './job.ts';
import { enterJob, pauseJob, resumeJob } from './job.ts';
import { setLimit } from './rate-limit.ts';

/** block_job_add_bdrv: reserves the nodes for this job, up to the first that it may not have. Returns the refusal, or null. */
export function useNodes(job: Job, uses: readonly JobUse[]): string | null {
  for (const use of uses) {
    job.nodes.push(use);
    const why = attachUser(use.node, job.user);
    if (why === null) continue;
    job.nodes.pop();
    return why;
  }
  return null;
}

/** block_job_remove_all_bdrv: gives up all nodes of the job. */
export function releaseNodes(job: Job): void {
  for (const { node } of job.nodes.splice(0)) removeUser(node, job.user);
}

/** Enlarges the image that a commit writes to, if it is smaller than what is committed. */
export function* growBase(job: Job, base: BlockNode, length: number): Co<Errno | null> {
  if (nodeLength(base) >= length) return null;
  const truncated = truncateNode(base, length);
  if (truncated.kind === 'not simulated') throw new NotSupported('qemu', 0, truncated.what);
  // A thread of the pool enlarges the file.
  const { coroutines, sim } = job.layer;
  yield* coCall<null>(coroutines, (done) =>
    after(sim, TRUNCATION, `truncate of ${base.name}`, () =>
      handlerReady(base.ctx, `truncate of ${base.name} ends`, () => done(null)),
    ),
  );
  return truncated.kind === 'done' ? null : 'EINVAL';
}

/** The time that it takes to enlarge a file. */
const TRUNCATION: Nanos = micros(100);

/** A job's policy for errors of its source or its target; undefined if it has none. */
export function policyOfJob({ state }: Job, isRead: boolean): ErrorPolicy | undefined {
  const { onError, onSourceError, onTargetError } = state as Partial<
    Record<'onError' | 'onSourceError' | 'onTargetError', ErrorPolicy>
  >;
  return onError ?? (isRead ? onSourceError : onTargetError);
}

export interface JobFailure {
  readonly policy: ErrorPolicy;
  readonly isRead: boolean;
  readonly errno: Errno;
  /** The node that the job writes to, if that is where the error came from. */
  readonly target?: BlockNode;
}

/** Never returns `retry`: a job with that policy aborts QEMU at its first error (see `abortQemu`). */
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

/** The RFC of 2012 charges an error of the target to the target's device, whoever wrote there. */
function stopTargetDevice(target: BlockNode, errno: Errno): void {
  for (const blk of target.layer.backends)
    if (blk.node === target) blk.ioStatus = nextIoStatus(blk.ioStatus, errno, 'rfc');
}

/** Pauses the job for the user. Returns the refusal, or null. */
export function userPause(job: Job): string | null {
  if (job.userPaused) return 'Job is already paused';
  job.userPaused = true;
  pauseJob(job);
  return null;
}

/** Resumes the job for the user, and forgets its error. Returns the refusal, or null. */
export function userResume(job: Job): string | null {
  if (!job.userPaused || job.pauseCount <= 0) return "Can't resume a job that was not paused";
  job.ioStatus = 'ok';
  job.userPaused = false;
  resumeJob(job);
  return null;
}

/** block_job_set_speed: `speed` is in bytes per second; 0: no limit. Returns the refusal, or null. */
export function setSpeed(job: Job, speed: number | bigint): string | null {
  if (speed < 0) return "Parameter 'speed' expects a non-negative value";
  const before = job.speed;
  job.speed = speed;
  setLimit(job.limit, Number(speed));
  job.driver.speedChanged?.(job);
  // If the speed rose, the job need not sleep as long as the old speed demanded.
  if (Number(speed) !== 0 && speed <= before) return null;
  if (job.co !== null && !job.paused) enterJob(job);
  return null;
}

/** Submits a request of the job itself and waits for its result. */
export function* jobRequest(job: Job, node: BlockNode, request: BlockRequest): Co<Errno | null> {
  return yield* coCall<Errno | null>(job.layer.coroutines, (done) =>
    submitRequest(node, request, done),
  );
}

/** bdrv_drained_begin from inside a coroutine: the main loop carries it out. */
export function* coDrainedBegin(job: Job, node: BlockNode): Co<void> {
  const { main, coroutines } = job.layer;
  yield* coCall<null>(coroutines, (done) =>
    scheduleBh(main.aio, `job ${job.id} drains ${node.name}`, () =>
      runBlocking(main, drainedBegin(node), () => done(null)),
    ),
  );
}

/** bdrv_drained_end from inside a coroutine. */
export function* coDrainedEnd(job: Job, node: BlockNode): Co<void> {
  const { main, coroutines } = job.layer;
  yield* coCall<null>(coroutines, (done) =>
    scheduleBh(main.aio, `job ${job.id} lets ${node.name} go on`, () => {
      drainedEnd(node);
      done(null);
    }),
  );
}

/** The time a turn of the loop takes when it ignores an error: without it, a lasting fault would stop virtual time. */
const IGNORED_TURN: Nanos = micros(70);

/** Waits for that turn. */
export function* afterIgnoredError(job: Job): Co<void> {
  yield* coCall<null>(job.layer.coroutines, (done) => whenIgnored(job, () => done(null)));
}

/** The same for a caller that is no coroutine: calls `goOn` after the turn. */
export function whenIgnored(job: Job, goOn: () => void): void {
  const { sim, main } = job.layer;
  after(sim, IGNORED_TURN, `job ${job.id} after an error`, () =>
    handlerReady(main.aio, `job ${job.id} goes on after an error`, goOn),
  );
}
