// backup.ts — Copies a disk as it was when the job began. Mirrors block/backup.c, block/block-copy.c.
//
// A pass copies all dirty clusters with several tasks at once; when one fails, the pass lets the others end, starts no new
// one, and the job decides. What a failed task was to copy stays dirty for the next pass.
import type { Errno } from '@dmsim/sim';

import type { Co, Coroutine } from '../aio/coroutine.ts';
import { enterCoroutine } from '../aio/coroutine.ts';
import type { DirtyBitmap } from '../block/dirty-bitmap.ts';
import { clearDirty, isDirty, nextDirty, setDirty } from '../block/dirty-bitmap.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import type { BlockNode } from '../block/node.ts';
import { nodeLength, submitRequest } from '../block/node.ts';
import { jobErrorAction } from './block-job.ts';
import type { Job, JobDriver, JobReturn } from './job.ts';
import { addProgress, enterJob, isCancelled, jobYield, pausePoint } from './job.ts';

const MAX_CHUNK: number = 1 << 20;
const MAX_WORKERS = 64;

export interface BackupState {
  readonly source: BlockNode;
  readonly target: BlockNode;
  readonly onSourceError: ErrorPolicy;
  readonly onTargetError: ErrorPolicy;
  readonly toCopy: DirtyBitmap;
  pass: Pass | null;
}

interface Pass {
  inFlight: number;
  cancelled: boolean;
  failure: { readonly errno: Errno; readonly isRead: boolean } | null;
  finished: boolean;
}

const stateOf = (job: Job): BackupState => job.state as BackupState;

function* run(job: Job): Co<JobReturn> {
  const s = stateOf(job);
  job.progress.remaining = nodeLength(s.source);
  for (;;) {
    yield* pausePoint(job);
    if (isCancelled(job)) return null;
    const pass: Pass = { inFlight: 0, cancelled: false, failure: null, finished: false };
    s.pass = pass;
    startTasks(job, pass);
    while (!pass.finished && !isCancelled(job)) yield* jobYield(job);
    if (!pass.finished) yield* cancelPass(job, pass);
    if (isCancelled(job)) return null;
    const { failure } = pass;
    if (failure === null) {
      if (pass.cancelled) continue;
      return null;
    }
    const policy = failure.isRead ? s.onSourceError : s.onTargetError;
    const { errno, isRead } = failure;
    if (jobErrorAction(job, { policy, isRead, errno }) === 'report') return errno;
  }
}

function* cancelPass(job: Job, pass: Pass): Co<void> {
  pass.cancelled = true;
  while (pass.inFlight > 0) {
    yield (co) => waiters.set(job, () => enterWaiting(job, co));
  }
}

/** Coroutines of jobs that wait for their pass's tasks to end, not for anyone to enter them. */
const waiters = new WeakMap<Job, () => void>();

function enterWaiting(job: Job, co: Coroutine): void {
  waiters.delete(job);
  enterCoroutine(job.layer.coroutines, co);
}

function startTasks(job: Job, pass: Pass): void {
  const { toCopy } = stateOf(job);
  while (pass.failure === null && !pass.cancelled && pass.inFlight < MAX_WORKERS) {
    const first = nextDirty(toCopy, 0);
    if (first < 0) break;
    let n = 1;
    while (n * toCopy.granularity < MAX_CHUNK && isDirty(toCopy, first + n)) n++;
    const offset = first * toCopy.granularity;
    const bytes = Math.min(n * toCopy.granularity, toCopy.length - offset);
    clearDirty(toCopy, offset, bytes);
    pass.inFlight++;
    copyTask(job, pass, { offset, bytes });
  }
  endPassIfDone(job, pass);
}

function copyTask(
  job: Job,
  pass: Pass,
  { offset, bytes }: { offset: number; bytes: number },
): void {
  const { source, target, toCopy } = stateOf(job);
  const data = new Uint8Array(bytes);
  const end = (errno: Errno | null, isRead: boolean): void => {
    pass.inFlight--;
    if (errno === null) addProgress(job, bytes);
    else {
      setDirty(toCopy, offset, bytes);
      pass.failure ??= { errno, isRead };
    }
    startTasks(job, pass);
  };
  submitRequest(source, { op: 'read', offset, bytes, data }, (read) => {
    if (read !== null) end(read, true);
    else submitRequest(target, { op: 'write', offset, bytes, data }, (write) => end(write, false));
  });
}

function endPassIfDone(job: Job, pass: Pass): void {
  if (pass.inFlight > 0 || pass.finished) return;
  pass.finished = true;
  const waiting = waiters.get(job);
  if (waiting !== undefined) waiting();
  else enterJob(job);
}

function* pause(job: Job): Co<void> {
  const { pass } = stateOf(job);
  if (pass !== null && !pass.finished) yield* cancelPass(job, pass);
}

export const backupDriver: JobDriver = { type: 'backup', run, pause };
