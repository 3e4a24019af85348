// transaction.ts — Ends jobs, either alone or together with the other jobs of their transaction. Mirrors job.c: job_completed, job_finalize, job_cancel.
import { strerror } from '@dmsim/sim';

import { scheduleBh } from '../aio/aio-context.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { kickMain, pollUntil, runBlocking } from '../aio/main-loop.ts';
import type { JsonObject } from '../qmp/json.ts';
import { releaseNodes } from './block-job.ts';
import type { Job } from './job.ts';
import { enterJob, isBlockJob, isCompleted, progressTotal, setStatus, startJob } from './job.ts';

/** A set of jobs that succeed together or not at all, newest first. */
export interface JobTxn {
  readonly jobs: Job[];
  aborting: boolean;
}

export const createTxn = (): JobTxn => ({ jobs: [], aborting: false });

export function joinTxn(job: Job, txn: JobTxn): void {
  job.txn = txn;
  txn.jobs.unshift(job);
}

const txnOf = (job: Job): JobTxn => {
  if (job.txn === null) joinTxn(job, createTxn());
  return job.txn as JobTxn;
};

export function launch(job: Job): void {
  txnOf(job);
  startJob(job, () => scheduleBh(job.layer.main.aio, `job ${job.id} exits`, () => exitJob(job)));
}

function exitJob(job: Job): void {
  job.busy = false;
  runBlocking(job.layer.main, completed(job), () => kickMain(job.layer.main));
}

function* completed(job: Job): Blocking<void> {
  if (job.forceCancel && job.ret === null) job.ret = 'ECANCELED';
  if (job.ret === null) {
    yield* succeeded(job);
    return;
  }
  // It says so before the others, which end first.
  setStatus(job, 'aborting');
  yield* aborted(job);
}

function* succeeded(job: Job): Blocking<void> {
  const txn = txnOf(job);
  setStatus(job, 'waiting');
  if (txn.jobs.some((other) => !isCompleted(other))) return;
  for (const other of txn.jobs) toPending(other);
  if (txn.jobs.every((other) => other.autoFinalize)) yield* finalizeAll(txn);
}

function toPending(job: Job): void {
  setStatus(job, 'pending');
  if (!job.autoFinalize) job.layer.emit('BLOCK_JOB_PENDING', { type: job.driver.type, id: job.id });
}

export function* finalizeAll(txn: JobTxn): Blocking<void> {
  for (const job of txn.jobs.slice()) yield* finalizeOne(job);
}

/** One job has failed: cancels the others, waits for them, and ends them all. */
function* aborted(job: Job): Blocking<void> {
  const txn = txnOf(job);
  if (txn.aborting) return;
  txn.aborting = true;
  for (const other of txn.jobs) if (other !== job) cancelAsync(other, true);
  for (let other = txn.jobs[0]; other !== undefined; other = txn.jobs[0]) {
    yield* awaitEnd(other);
    yield* finalizeOne(other);
  }
}

/** job_finish_sync. A job that was cancelled between its last step and its exit is still to exit, too. */
function* awaitEnd(job: Job): Blocking<void> {
  if (isCompleted(job) || job.co === null) return;
  enterJob(job);
  yield* pollUntil(() => job.deferredToMainLoop && !job.busy);
}

function* finalizeOne(job: Job): Blocking<void> {
  settleReturn(job);
  const { commit, clean } = job.driver;
  if (job.ret !== null && job.status !== 'aborting') setStatus(job, 'aborting');
  if (job.ret === null && commit !== undefined) yield* commit(job);
  if (clean !== undefined) yield* clean(job);
  const started = job.co !== null;
  if (started && isBlockJob(job)) emitEnd(job);
  const txn = txnOf(job);
  txn.jobs.splice(txn.jobs.indexOf(job), 1);
  if (job.driver.free === undefined) releaseNodes(job);
  if (job.status !== 'created') setStatus(job, 'concluded');
  if (job.autoDismiss || !started) setStatus(job, 'null');
}

/** Makes a cancelled job a failed one, whatever it had achieved. */
function settleReturn(job: Job): void {
  if (job.ret === null && job.forceCancel) job.ret = 'ECANCELED';
  if (job.ret === null) return;
  job.error ??= job.ret === 'ECANCELED' ? 'Operation canceled' : strerror(job.ret);
}

function emitEnd(job: Job): void {
  const data: JsonObject = blockJobData(job);
  const byError = job.ret !== null && job.ret !== 'ECANCELED';
  // The RFC of 2012 treats a job that reports an error as cancelled.
  const cancelled = job.forceCancel || (byError && job.layer.jobErrors === 'rfc');
  if (!cancelled && job.error !== null) data['error'] = job.error;
  job.layer.emit(cancelled ? 'BLOCK_JOB_CANCELLED' : 'BLOCK_JOB_COMPLETED', data);
}

export const blockJobData = (job: Job): JsonObject => ({
  type: job.driver.type,
  device: job.id,
  len: progressTotal(job),
  offset: job.progress.current,
  speed: job.speed,
});

/** Marks the job cancelled; the job notices at its next check. */
function cancelAsync(job: Job, wanted: boolean): void {
  const force = job.driver.cancel?.(job, wanted) ?? true;
  if (job.userPaused) {
    job.ioStatus = 'ok';
    job.userPaused = false;
    job.pauseCount--;
  }
  // A job that has finished its work ignores a soft cancel.
  if (!force && job.deferredToMainLoop) return;
  job.cancelled = true;
  job.forceCancel ||= force;
}

export function* cancelJob(job: Job, force: boolean): Blocking<void> {
  if (job.status === 'concluded') {
    setStatus(job, 'null');
    return;
  }
  cancelAsync(job, force);
  if (job.co === null) yield* completed(job);
  else if (job.deferredToMainLoop) {
    if (job.forceCancel) yield* aborted(job);
  } else enterJob(job);
}

/** job_cancel_sync_all: cancels all jobs before QEMU exits. */
export function* cancelAllJobs(jobs: Job[]): Blocking<void> {
  for (let job = jobs.at(-1); job !== undefined; job = jobs.at(-1)) {
    const before = job.status;
    yield* cancelJob(job, true);
    yield* pollUntil(() => !jobs.includes(job) || job.status === 'concluded');
    if (jobs.includes(job)) setStatus(job, 'null');
    else if (before === job.status) return;
  }
}
