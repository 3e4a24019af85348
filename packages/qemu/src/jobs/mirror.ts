// mirror.ts — Copies a source to a target and keeps them equal until the job is ended; also commits an active image. Mirrors block/mirror.c.
//
// A bitmap records which chunks differ. Each turn copies the next run of dirty chunks after the last one, and starts over at
// the end of the disk, so a chunk that failed is copied again only after all the chunks behind it.
import type { Co } from '../aio/coroutine.ts';
import { coQueueWait } from '../aio/coroutine.ts';
import { unmapsZeroes, zeroStatus } from '../block/block-status.ts';
import { clearDirty, dirtyBytes, isDirty, nextDirty, setDirty } from '../block/dirty-bitmap.ts';
import { flushRequest, nodeLength } from '../block/node.ts';
import {
  afterIgnoredError,
  coDrainedBegin,
  coDrainedEnd,
  growBase,
  jobErrorAction,
  jobRequest,
} from './block-job.ts';
import type { Job, JobDriver, JobReturn } from './job.ts';
import { enterJob, isCancelled, isReady, jobSleep, pausePoint, setStatus } from './job.ts';
import { endMirror } from './mirror-exit.ts';
import { markDirty } from './mirror-init.ts';
import { MAX_IN_FLIGHT, startOp, waitForAll, waitForOne, waitForRoom } from './mirror-ops.ts';
import type { MirrorOp, MirrorState } from './mirror-state.ts';
import { mirrorState } from './mirror-state.ts';
import { delayFor, SLICE } from './rate-limit.ts';
import { blockJobData } from './transaction.ts';

const MAX_REQUEST: number = 1 << 20;

function* run(job: Job): Co<JobReturn> {
  const s = mirrorState(job);
  const end = yield* mirror(job, s);
  if (s.ops.length > 0) yield* waitForAll(s);
  if (!s.inDrain) {
    s.inDrain = true;
    yield* coDrainedBegin(job, s.source);
    s.drained = true;
  }
  return end;
}

function* mirror(job: Job, s: MirrorState): Co<JobReturn> {
  const length = nodeLength(s.source);
  // An active commit enlarges an image below that is too small.
  const grown = s.base === null ? null : yield* growBase(job, s.target, length);
  if (grown !== null) return grown;
  if (s.base === null && nodeLength(s.target) !== length) {
    job.error = 'Source and target image have different sizes';
    return 'EINVAL';
  }
  s.lastPause = job.layer.sim.now;
  yield* markDirty(job, s);
  if (isCancelled(job)) return null;
  return yield* copyUntilEnd(job);
}

/** The next step after one turn of the job's loop: go on, or end with `ret`. */
type Turn = { readonly kind: 'again' } | { readonly kind: 'end'; readonly ret: JobReturn };

const AGAIN: Turn = { kind: 'again' };

function* copyUntilEnd(job: Job): Co<JobReturn> {
  for (;;) {
    const turn = yield* copyTurn(job, mirrorState(job));
    if (turn.kind === 'end') return turn.ret;
  }
}

function* copyTurn(job: Job, s: MirrorState): Co<Turn> {
  const { sim } = job.layer;
  if (s.ret !== null) return { kind: 'end', ret: s.ret };
  yield* pausePoint(job);
  if (job.forceCancel) return { kind: 'end', ret: null };
  job.progress.remaining = s.bytesInFlight + dirtyBytes(s.bitmap) + s.activeBytes;
  const busy = yield* copyMore(job, s);
  if (busy === 'waited') return AGAIN;
  // Even if what differed was copied at once, only the next turn finds that nothing does, which comes when the job has slept.
  const idle = busy > 0 ? null : yield* whenClean(job, s);
  if (idle !== null) return idle;
  const clean = busy === 0 && s.ops.length === 0 && s.bitmap.nrDirty === 0;
  yield* jobSleep(job, isReady(job) ? (clean ? SLICE : 0) : busy);
  s.lastPause = sim.now;
  return AGAIN;
}

/** Starts copying another run, or waits for one under way. A number is the time in ns to sleep for the job's speed limit. */
function* copyMore(job: Job, s: MirrorState): Co<number | 'waited'> {
  const dirty = s.bitmap.nrDirty > 0;
  // The loop sleeps at least once a slice and after each error, so that a drain finds a moment with nothing under way.
  if (job.layer.sim.now - s.lastPause >= SLICE || job.ioStatus !== 'ok') return 0;
  const full = s.ops.length >= MAX_IN_FLIGHT || s.bufferFree <= 0;
  if (full || (!dirty && s.ops.length > 0)) {
    yield* waitForOne(s);
    return 'waited';
  }
  return dirty ? yield* copyNextRun(job, s) : 0;
}

/** Called when nothing differs and nothing is under way: the job becomes ready, or is done. Null: the loop goes on. */
function* whenClean(job: Job, s: MirrorState): Co<Turn | null> {
  if (s.ops.length > 0 || s.bitmap.nrDirty > 0) return null;
  if (!isReady(job)) {
    if (!(yield* flushTarget(job, s))) return AGAIN;
    setStatus(job, 'ready');
    job.layer.emit('BLOCK_JOB_READY', blockJobData(job));
  }
  if (!s.shouldComplete && !job.cancelled) return null;
  if (s.bitmap.nrDirty > 0) return null;
  return yield* lastDrain(job, s);
}

/** Drains the source: if still nothing differs, the two are equal for good; else there is more to copy. */
function* lastDrain(job: Job, s: MirrorState): Co<Turn> {
  s.inDrain = true;
  yield* coDrainedBegin(job, s.source);
  if (s.bitmap.nrDirty > 0 || !(yield* flushTarget(job, s))) {
    yield* coDrainedEnd(job, s.source);
    s.inDrain = false;
    return AGAIN;
  }
  s.drained = true;
  s.pivot = s.shouldComplete && !job.cancelled;
  return { kind: 'end', ret: null };
}

/** Returns false if the flush failed; the loop must then look at `ret`. */
function* flushTarget(job: Job, s: MirrorState): Co<boolean> {
  const errno = yield* jobRequest(job, s.target, flushRequest);
  if (errno === null) return true;
  const { target } = s;
  const action = jobErrorAction(job, { policy: s.onTargetError, isRead: false, errno, target });
  if (action === 'report') s.ret ??= errno;
  if (action === 'ignore') yield* afterIgnoredError(job);
  return false;
}

const inFlightAt = (s: MirrorState, offset: number): MirrorOp | undefined =>
  s.ops.find((op) => offset >= op.offset && offset < op.offset + op.bytes);

/** Starts copying the next run of dirty chunks. Returns how long in ns the speed limit makes the job sleep. */
function* copyNextRun(job: Job, s: MirrorState): Co<number> {
  const { bitmap, granularity } = s;
  let first = nextDirty(bitmap, s.cursor);
  if (first < 0) first = nextDirty(bitmap, 0);
  for (let busy = inFlightAt(s, first * granularity); busy !== undefined;) {
    yield* coQueueWait(busy.waiting);
    busy = inFlightAt(s, first * granularity);
  }
  yield* pausePoint(job);
  let n = 1;
  while (
    n * granularity < s.bufSize &&
    isDirty(bitmap, first + n) &&
    inFlightAt(s, (first + n) * granularity) === undefined
  ) {
    n++;
  }
  const start = first * granularity;
  const end = Math.min(start + n * granularity, bitmap.length);
  clearDirty(bitmap, start, end - start);
  s.cursor = first + n;
  let delay = 0;
  for (let offset = start; offset < end;) {
    const { method, bytes } = nextPiece(s, offset, end);
    yield* waitForRoom(s, method === 'copy' ? Math.min(bytes, s.bufSize) : 0);
    if (s.ret !== null) {
      setDirty(bitmap, offset, end - offset);
      return 0;
    }
    startOp(job, s, { offset, bytes, method, isFirst: false, waiting: [] });
    offset += bytes;
    // Zeroes that the target may unmap cost the speed limit nothing.
    const free = method !== 'copy' && unmapsZeroes(s.target);
    delay = delayFor(job.limit, job.layer.sim.now, free ? 0 : bytes);
  }
  return delay;
}

/** What one operation does, and to how many bytes: as many as are alike, or at most what its share of the buffer takes. */
function nextPiece(
  { source, granularity, bufSize }: MirrorState,
  offset: number,
  end: number,
): Pick<MirrorOp, 'method' | 'bytes'> {
  const { zero, unknown = false, bytes } = zeroStatus(source, offset, end - offset);
  const method = zero ? 'zero' : unknown ? 'discard' : 'copy';
  const most = method === 'copy' ? Math.max(bufSize / MAX_IN_FLIGHT, MAX_REQUEST) : bytes;
  const whole = Math.floor(Math.min(bytes, most) / granularity) * granularity;
  return {
    method: whole > 0 ? method : 'copy',
    bytes: Math.min(end - offset, Math.max(granularity, whole)),
  };
}

function complete(job: Job): void {
  mirrorState(job).shouldComplete = true;
  if (!job.paused) enterJob(job);
}

function* pause(job: Job): Co<void> {
  yield* waitForAll(mirrorState(job));
}

/** A mirror that is not paused may still submit requests. A drain that the mirror began itself does not wait for it. */
function drainedPoll(job: Job): boolean {
  const s = mirrorState(job);
  if (!job.paused && !job.forceCancel && !s.inDrain) return true;
  return s.ops.length > 0;
}

const shared = {
  run,
  pause,
  complete,
  clean: endMirror,
  drainedPoll,
  // Before the mirror is ready there is no copy worth keeping, so any cancel is a hard one.
  cancel: (job: Job, force: boolean) => force || !isReady(job),
};

export const mirrorDriver: JobDriver = { type: 'mirror', ...shared };
export const activeCommitDriver: JobDriver = { type: 'commit', ...shared };
