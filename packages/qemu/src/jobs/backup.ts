// backup.ts — Copies a disk in the state it had when the job began. Mirrors block/backup.c.
//
// The job itself copies with one block-copy call after another: a pause cancels the call, and after a failure the job
// decides. A guest's write during the job passes the filter above the source, which first copies the old data
// (copy-before-write.ts).
import type { Co, Coroutine } from '../aio/coroutine.ts';
import { enterCoroutine } from '../aio/coroutine.ts';
import { clearDirty, dirtyBytes } from '../block/dirty-bitmap.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import { removeFilter } from '../block/filter.ts';
import type { BlockNode } from '../block/node.ts';
import { childNode } from '../block/node.ts';
import { allocatedAbove } from '../drivers/qcow2.ts';
import type { BlockCopy, CopyCall } from './block-copy.ts';
import { cancelCopy, startCopy, wakeCopy } from './block-copy.ts';
import { afterIgnoredError, jobErrorAction, releaseNodes } from './block-job.ts';
import type { Job, JobDriver, JobReturn } from './job.ts';
import { enterJob, isCancelled, jobSleep, jobYield, pausePoint } from './job.ts';
import { setLimit } from './rate-limit.ts';

export interface BackupState {
  readonly filter: BlockNode;
  readonly copy: BlockCopy;
  /** `none` copies only data that is about to be overwritten. */
  readonly sync: 'full' | 'top' | 'none';
  readonly onSourceError: ErrorPolicy;
  readonly onTargetError: ErrorPolicy;
  call: CopyCall | null;
  /** The coroutine that waits for the call to end; `enterJob` does not wake it. */
  waiting: Coroutine | null;
}

const stateOf = (job: Job): BackupState => job.state as BackupState;

function* run(job: Job): Co<JobReturn> {
  const s = stateOf(job);
  const { copy } = s;
  copy.onProgress.push((done, remaining) => {
    job.progress.current += done;
    job.progress.remaining = remaining;
  });
  if (s.sync === 'top') yield* forgetUnallocated(job, copy);
  job.progress.remaining = dirtyBytes(copy.toCopy);
  if (s.sync === 'none') {
    while (!isCancelled(job)) yield* jobYield(job);
    return null;
  }
  for (;;) {
    const call = yield* copyAll(job, s);
    if (isCancelled(job)) return null;
    const { failure } = call;
    if (failure === null) {
      // The call was cancelled by a pause; start another one.
      if (call.cancelled) continue;
      return null;
    }
    const policy = failure.isRead ? s.onSourceError : s.onTargetError;
    const { errno, isRead } = failure;
    const failed = isRead ? {} : { target: copy.target };
    const action = jobErrorAction(job, { policy, isRead, errno, ...failed });
    if (action === 'report') return errno;
    if (action === 'ignore') yield* afterIgnoredError(job);
    else yield* pausePoint(job);
  }
}

/** Runs one call over the whole disk. A job cancelled in the meantime still begins the call, and then cancels it. */
function* copyAll(job: Job, s: BackupState): Co<CopyCall> {
  const call = startCall(job, s);
  while (!call.finished && !isCancelled(job)) yield* jobYield(job);
  if (!call.finished) yield* endCall(s, call);
  return call;
}

/** Removes from the bitmap what comes from the backing chain: it need not be copied. */
function* forgetUnallocated(job: Job, { source, toCopy }: BlockCopy): Co<void> {
  const backing = childNode(source, 'backing');
  if (backing === undefined) return;
  for (let offset = 0; offset < toCopy.length;) {
    yield* jobSleep(job, 0);
    if (isCancelled(job)) return;
    const rest = { offset, bytes: toCopy.length - offset };
    const { allocated, bytes } = allocatedAbove(source, backing, rest);
    if (!allocated) clearDirty(toCopy, offset, bytes);
    offset += bytes;
  }
}

function startCall(job: Job, s: BackupState): CopyCall {
  const range = { offset: 0, end: s.copy.toCopy.length };
  s.call = startCopy(s.copy, range, {
    limited: true,
    onEnd: () => {
      const { waiting } = s;
      s.waiting = null;
      if (waiting !== null) enterCoroutine(job.layer.coroutines, waiting);
      else enterJob(job);
    },
  });
  return s.call;
}

function* endCall(s: BackupState, call: CopyCall): Co<void> {
  cancelCopy(call);
  if (call.finished) return;
  yield (co) => {
    s.waiting = co;
  };
}

function* pause(job: Job): Co<void> {
  const s = stateOf(job);
  if (s.call !== null && !s.call.finished) yield* endCall(s, s.call);
}

function speedChanged(job: Job): void {
  const { copy, call } = stateOf(job);
  setLimit(copy.limit, job.speed);
  if (call !== null) wakeCopy(call);
}

function clean(job: Job): void {
  releaseNodes(job);
  removeFilter(stateOf(job).filter);
}

export const backupDriver: JobDriver = { type: 'backup', run, pause, speedChanged, clean };
