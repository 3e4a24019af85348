// backup.ts — Copies a disk in the state it had when the job began. Mirrors block/backup.c.
//
// The job itself copies with one block-copy call after another: a pause cancels the call, and after a failure the job
// decides. A guest's write during the job passes the filter above the source, which first copies the old data
// (copy-before-write.ts).
import type { Co, Coroutine } from '../aio/coroutine.ts';
import { enterCoroutine } from '../aio/coroutine.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { allocatedAbove } from '../block/allocated-above.ts';
import type { DirtyBitmap } from '../block/dirty-bitmap.ts';
import { clearDirty, dirtyBytes, mergeDirty, removeBitmap } from '../block/dirty-bitmap.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import { dropFilter } from '../block/filter.ts';
import { closeNode } from '../block/graph.ts';
import { abdicate, reclaim } from '../block/named-bitmap.ts';
import type { BlockNode } from '../block/node.ts';
import { childNode, skipFilters } from '../block/node.ts';
import type { BlockCopy, CopyCall } from './block-copy.ts';
import { cancelCopy, startCopy, wakeCopy } from './block-copy.ts';
import { afterIgnoredError, jobErrorAction, releaseNodes } from './block-job.ts';
import type { Job, JobDriver, JobReturn } from './job.ts';
import { enterJob, isCancelled, jobSleep, jobYield, pausePoint } from './job.ts';
import { setLimit } from './rate-limit.ts';

/** A bitmap with a name, and when it forgets what was copied. */
export interface TrackedBitmap {
  readonly bitmap: DirtyBitmap;
  readonly mode: 'on-success' | 'never' | 'always';
}

export interface BackupState {
  readonly filter: BlockNode;
  readonly copy: BlockCopy;
  /** `none` copies only data that is about to be overwritten; `bitmap` what a bitmap with a name says. */
  readonly sync: 'full' | 'top' | 'none' | 'bitmap';
  readonly tracked: TrackedBitmap | null;
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
  yield* chooseClusters(job, s);
  job.progress.remaining = dirtyBytes(copy.toCopy);
  if (s.sync === 'none') {
    while (!isCancelled(job)) yield* jobYield(job);
    return null;
  }
  for (;;) {
    const call = yield* copyAll(job, s);
    if (isCancelled(job)) return null;
    // The call was cancelled by a pause, and so nobody asks for its errors; start another one.
    if (call.cancelled) continue;
    const { failure } = call;
    if (failure === null) return null;
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

/** backup_init_bcs_bitmap: leaves in the copy's bitmap what the kind of backup copies. */
function* chooseClusters(job: Job, { sync, tracked, copy }: BackupState): Co<void> {
  const { toCopy } = copy;
  if (sync === 'top') yield* forgetUnallocated(job, copy);
  if (sync !== 'bitmap' || tracked === null) return;
  clearDirty(toCopy, 0, toCopy.length);
  mergeDirty(toCopy, tracked.bitmap);
}

/** Removes from the bitmap what comes from the backing chain: it need not be copied. */
function* forgetUnallocated(job: Job, { source, toCopy }: BlockCopy): Co<void> {
  const backing = childNode(skipFilters(source), 'backing');
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
  setLimit(copy.limit, Number(job.speed));
  if (call !== null) wakeCopy(call);
}

/** backup_cleanup_sync_bitmap: the bitmap with a name forgets what was copied, or not. */
export function endBitmaps({ tracked, copy }: BackupState, succeeded: boolean): void {
  const { source, toCopy } = copy;
  removeBitmap(source, toCopy);
  if (tracked === null) return;
  const { bitmap, mode } = tracked;
  const forgets = mode === 'always' || (succeeded && mode === 'on-success');
  const left = forgets ? abdicate(source, bitmap) : reclaim(source, bitmap);
  if (!succeeded && mode === 'always') mergeDirty(left, toCopy);
}

function* clean(job: Job): Blocking<void> {
  endBitmaps(stateOf(job), job.ret === null);
  const { filter, copy } = stateOf(job);
  releaseNodes(job);
  yield* dropFilter(filter);
  if (!copy.target.monitorOwned) closeNode(copy.target);
}

export const backupDriver: JobDriver = { type: 'backup', run, pause, speedChanged, clean };
