// backup.ts — Copies a disk as it was when the job began. Mirrors block/backup.c.
//
// The job's own copying is one call of block-copy after the other: a pause cancels it, a failure lets the job decide. What a
// guest writes meanwhile passes the filter above the source, which has the old data copied first (copy-before-write.ts).
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
import { enterJob, isCancelled, jobYield, pausePoint } from './job.ts';
import { setLimit } from './rate-limit.ts';

export interface BackupState {
  readonly filter: BlockNode;
  readonly copy: BlockCopy;
  /** `none`: only what is about to be overwritten. */
  readonly sync: 'full' | 'top' | 'none';
  readonly onSourceError: ErrorPolicy;
  readonly onTargetError: ErrorPolicy;
  call: CopyCall | null;
  /** Waits for the call's end, not for anyone to enter the job. */
  waiting: Coroutine | null;
}

const stateOf = (job: Job): BackupState => job.state as BackupState;

function* run(job: Job): Co<JobReturn> {
  const s = stateOf(job);
  const { copy } = s;
  copy.progress = (done, remaining) => {
    job.progress.current += done;
    job.progress.remaining = remaining;
  };
  if (s.sync === 'top') forgetUnallocated(copy);
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
      // A pause has cancelled it.
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

/** One call over the whole disk, to its end. A job that was cancelled meanwhile begins one too, and takes it back. */
function* copyAll(job: Job, s: BackupState): Co<CopyCall> {
  const call = startCall(job, s);
  while (!call.finished && !isCancelled(job)) yield* jobYield(job);
  if (!call.finished) yield* endCall(s, call);
  return call;
}

/** What comes from the backing chain is there already, or nobody wants it. */
function forgetUnallocated({ source, toCopy }: BlockCopy): void {
  const backing = childNode(source, 'backing');
  if (backing === undefined) return;
  for (let offset = 0; offset < toCopy.length;) {
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
