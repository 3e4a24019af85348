// mirror.ts — Keeps a target equal to a source until told to end; also commits an active image. Mirrors block/mirror.c.
//
// A bitmap says which chunks differ. Each turn takes the next run of dirty chunks after the last one (forward, then from the
// start again), so a chunk that failed is copied last, after all that follows it.
import type { Errno } from '@dmsim/sim';

import type { Co, CoQueue } from '../aio/coroutine.ts';
import { coQueueRestartAll, coQueueWait } from '../aio/coroutine.ts';
import type { BlockOp } from '../block/block-driver.ts';
import type { DirtyBitmap } from '../block/dirty-bitmap.ts';
import { clearDirty, dirtyBytes, isDirty, nextDirty, setDirty } from '../block/dirty-bitmap.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import { replaceNode, setChild } from '../block/graph.ts';
import type { BlockNode } from '../block/node.ts';
import { childNode, drainedEnd, flushRequest, nodeLength, submitRequest } from '../block/node.ts';
import { allocatedAbove } from '../drivers/qcow2.ts';
import { coDrainedBegin, jobErrorAction, jobRequest } from './block-job.ts';
import type { Job, JobDriver, JobReturn } from './job.ts';
import { addProgress, enterJob, isReady, jobSleep, pausePoint, setStatus } from './job.ts';
import { delayFor, SLICE } from './rate-limit.ts';
import { blockJobData } from './transaction.ts';

const MAX_IN_FLIGHT = 16;
const MAX_REQUEST: number = 1 << 20;

export interface MirrorState {
  readonly source: BlockNode;
  readonly target: BlockNode;
  readonly sync: 'full' | 'top' | 'none';
  readonly onSourceError: ErrorPolicy;
  readonly onTargetError: ErrorPolicy;
  readonly granularity: number;
  readonly bufSize: number;
  /** A commit of the active image: what lies above `base`. Null: a mirror. */
  readonly base: BlockNode | null;
  readonly bitmap: DirtyBitmap;
  /** Where the next search for dirty chunks begins. */
  cursor: number;
  readonly ops: MirrorOp[];
  bytesInFlight: number;
  bufferFree: number;
  /** The first error that must end the job. */
  ret: Errno | null;
  shouldComplete: boolean;
  inDrain: boolean;
  lastPause: number;
  /** Ended by block-job-complete: the source's users move to the target. */
  pivot: boolean;
  drained: boolean;
}

interface MirrorOp {
  readonly offset: number;
  readonly bytes: number;
  readonly waiting: CoQueue;
}

export type MirrorOptions = Pick<
  MirrorState,
  | 'source'
  | 'target'
  | 'sync'
  | 'onSourceError'
  | 'onTargetError'
  | 'granularity'
  | 'bufSize'
  | 'base'
  | 'bitmap'
>;

export const createMirrorState = (options: MirrorOptions): MirrorState => ({
  ...options,
  cursor: 0,
  ops: [],
  bytesInFlight: 0,
  bufferFree: options.bufSize,
  ret: null,
  shouldComplete: false,
  inDrain: false,
  lastPause: 0,
  pivot: false,
  drained: false,
});

const stateOf = (job: Job): MirrorState => job.state as MirrorState;

function* run(job: Job): Co<JobReturn> {
  const s = stateOf(job);
  if (s.base === null && nodeLength(s.target) < nodeLength(s.source)) return 'EINVAL';
  markAllDirty(s);
  s.lastPause = job.layer.sim.now;
  const end = yield* copyUntilEnd(job);
  if (s.ops.length > 0) yield* waitForAll(s);
  if (!s.inDrain) {
    s.inDrain = true;
    yield* coDrainedBegin(job, s.source);
    s.drained = true;
  }
  return end;
}

function markAllDirty(s: MirrorState): void {
  if (s.sync === 'none') return;
  const length = nodeLength(s.source);
  const below = s.base ?? (s.sync === 'top' ? (childNode(s.source, 'backing') ?? null) : null);
  if (below === null) {
    setDirty(s.bitmap, 0, length);
    return;
  }
  for (let offset = 0; offset < length;) {
    const { allocated, bytes } = allocatedAbove(s.source, below, {
      offset,
      bytes: length - offset,
    });
    if (allocated) setDirty(s.bitmap, offset, bytes);
    offset += bytes;
  }
}

/** What one turn of the loop makes of the job. */
type Turn = { readonly kind: 'again' } | { readonly kind: 'end'; readonly ret: JobReturn };

const AGAIN: Turn = { kind: 'again' };

function* copyUntilEnd(job: Job): Co<JobReturn> {
  for (;;) {
    const turn = yield* copyTurn(job, stateOf(job));
    if (turn.kind === 'end') return turn.ret;
  }
}

function* copyTurn(job: Job, s: MirrorState): Co<Turn> {
  const { sim } = job.layer;
  if (s.ret !== null) return { kind: 'end', ret: s.ret };
  yield* pausePoint(job);
  if (job.forceCancel) return { kind: 'end', ret: null };
  job.progress.remaining = s.bytesInFlight + dirtyBytes(s.bitmap);
  const busy = yield* copyMore(job, s);
  if (busy === 'waited') return AGAIN;
  const idle = yield* whenClean(job, s);
  if (idle !== null) return idle;
  const clean = s.ops.length === 0 && s.bitmap.nrDirty === 0;
  yield* jobSleep(job, isReady(job) ? (clean ? SLICE : 0) : busy);
  s.lastPause = sim.now;
  return AGAIN;
}

/** Starts another run, or waits for one that is under way. The number is how long the job's speed asks to sleep. */
function* copyMore(job: Job, s: MirrorState): Co<number | 'waited'> {
  const dirty = s.bitmap.nrDirty > 0;
  // The loop sleeps at least once a slice, and after each error: a drain must find a moment at which nothing is under way.
  if (job.layer.sim.now - s.lastPause >= SLICE || job.ioStatus !== 'ok') return 0;
  const full = s.ops.length >= MAX_IN_FLIGHT || s.bufferFree <= 0;
  if (full || (!dirty && s.ops.length > 0)) {
    yield* waitForOne(s);
    return 'waited';
  }
  return dirty ? yield* copyNextRun(job, s) : 0;
}

/** Nothing differs and nothing is under way: ready, or done. Null: go on. */
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

/** With the source silent, the two are equal for good, or there is more to copy. */
function* lastDrain(job: Job, s: MirrorState): Co<Turn> {
  s.inDrain = true;
  yield* coDrainedBegin(job, s.source);
  if (s.bitmap.nrDirty > 0 || !(yield* flushTarget(job, s))) {
    drainedEnd(s.source);
    s.inDrain = false;
    return AGAIN;
  }
  s.drained = true;
  s.pivot = s.shouldComplete && !job.cancelled;
  return { kind: 'end', ret: null };
}

/** False: it failed, and the loop must look at `ret`. */
function* flushTarget(job: Job, s: MirrorState): Co<boolean> {
  const errno = yield* jobRequest(job, s.target, flushRequest);
  if (errno === null) return true;
  const action = jobErrorAction(job, { policy: s.onTargetError, isRead: false, errno });
  if (action === 'report') s.ret ??= errno;
  return false;
}

function* waitForOne(s: MirrorState): Co<void> {
  const op = s.ops[0];
  if (op !== undefined) yield* coQueueWait(op.waiting);
}

function* waitForAll(s: MirrorState): Co<void> {
  while (s.ops.length > 0) yield* waitForOne(s);
}

const inFlightAt = (s: MirrorState, offset: number): MirrorOp | undefined =>
  s.ops.find((op) => offset >= op.offset && offset < op.offset + op.bytes);

/** Starts copying the next run of dirty chunks; the delay is what the job's speed asks for. */
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
    const bytes = Math.min(end - offset, Math.max(s.bufSize / MAX_IN_FLIGHT, MAX_REQUEST));
    while (s.ops.length >= MAX_IN_FLIGHT || s.bufferFree < Math.min(bytes, s.bufSize))
      yield* waitForOne(s);
    if (s.ret !== null) {
      setDirty(bitmap, offset, end - offset);
      return 0;
    }
    startOp(job, s, { offset, bytes, waiting: [] });
    offset += bytes;
    delay = delayFor(job.limit, job.layer.sim.now, bytes);
  }
  return delay;
}

function startOp(job: Job, s: MirrorState, op: MirrorOp): void {
  const { offset, bytes } = op;
  s.ops.push(op);
  s.bytesInFlight += bytes;
  s.bufferFree -= bytes;
  const toTarget = (data: Uint8Array | null): void => {
    const write: BlockOp = data === null ? 'write-zeroes' : 'write';
    submitRequest(s.target, { op: write, offset, bytes, data }, (ret) => {
      if (ret !== null) failOp(job, s, { op, errno: ret, isRead: false });
      else endOp(job, s, op, null);
    });
  };
  if (s.source.driver.readsZeroes(s.source)) {
    toTarget(null);
    return;
  }
  const data = new Uint8Array(bytes);
  submitRequest(s.source, { op: 'read', offset, bytes, data }, (read) => {
    if (read !== null) failOp(job, s, { op, errno: read, isRead: true });
    else toTarget(data);
  });
}

interface Failure {
  readonly op: MirrorOp;
  readonly errno: Errno;
  readonly isRead: boolean;
}

function failOp(job: Job, s: MirrorState, { op, errno, isRead }: Failure): void {
  setDirty(s.bitmap, op.offset, op.bytes);
  const policy = isRead ? s.onSourceError : s.onTargetError;
  const action = jobErrorAction(job, { policy, isRead, errno });
  if (action === 'report') s.ret ??= errno;
  endOp(job, s, op, errno);
}

function endOp(job: Job, s: MirrorState, op: MirrorOp, errno: Errno | null): void {
  s.ops.splice(s.ops.indexOf(op), 1);
  s.bytesInFlight -= op.bytes;
  s.bufferFree += op.bytes;
  if (errno === null) addProgress(job, op.bytes);
  coQueueRestartAll(job.layer.coroutines, op.waiting);
}

function complete(job: Job): void {
  stateOf(job).shouldComplete = true;
  if (!job.paused) enterJob(job);
}

function clean(job: Job): void {
  const s = stateOf(job);
  const { dirtyBitmaps } = s.source;
  dirtyBitmaps.splice(dirtyBitmaps.indexOf(s.bitmap), 1);
  s.source.jobFilter = null;
  if (s.pivot && job.ret === null && !job.forceCancel) pivot(s);
  if (s.drained) drainedEnd(s.source);
  s.drained = false;
}

function pivot(s: MirrorState): void {
  if (s.base !== null) replaceNode(s.source, s.base);
  else {
    const backing = childNode(s.source, 'backing');
    if (s.sync === 'top' && backing !== undefined) setChild(s.target, 'backing', backing);
    replaceNode(s.source, s.target);
  }
}

function* pause(job: Job): Co<void> {
  yield* waitForAll(stateOf(job));
}

/** A mirror that is not paused may still submit; its own drains it does not wait for. */
function drainedPoll(job: Job): boolean {
  const s = stateOf(job);
  if (!job.paused && !job.forceCancel && !s.inDrain) return true;
  return s.ops.length > 0;
}

const shared = {
  run,
  pause,
  complete,
  clean,
  drainedPoll,
  // Before it is ready, a mirror has nothing to keep: any cancel is a hard one.
  cancel: (job: Job, force: boolean) => force || !isReady(job),
};

export const mirrorDriver: JobDriver = { type: 'mirror', ...shared };
export const activeCommitDriver: JobDriver = { type: 'commit', ...shared };
