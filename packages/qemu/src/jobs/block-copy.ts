// block-copy.ts — Copies each dirty cluster of a range once, for a backup and before a guest's write. Mirrors block/block-copy.c.
//
// A call copies the dirty clusters of its range with several tasks at once. If a task fails, the call starts no new one,
// waits for the others and fails; the clusters of the failed task stay dirty. Calls share the bitmap, so no cluster is copied
// twice, and a call ends only when no other call has a task under way in its range.
import type { Errno, Sim, SimEvent } from '@dmsim/sim';
import { after, cancel } from '@dmsim/sim';

import { zeroStatus } from '../block/block-status.ts';
import type { DirtyBitmap } from '../block/dirty-bitmap.ts';
import {
  clearDirty,
  createDirtyBitmap,
  dirtyBytes,
  isDirty,
  nextDirty,
  setDirty,
} from '../block/dirty-bitmap.ts';
import type { BlockNode } from '../block/node.ts';
import { submitRequest } from '../block/node.ts';
import type { RateLimit } from './rate-limit.ts';
import { delayFor } from './rate-limit.ts';

/** How much a backup may do at once. */
export interface CopyPerf {
  /** Bytes of one request. */
  readonly maxChunk: number;
  /** Requests of one call. */
  readonly maxWorkers: number;
}

const DEFAULT_PERF: CopyPerf = { maxChunk: 1 << 20, maxWorkers: 64 };

export interface BlockCopy extends CopyPerf {
  readonly sim: Sim;
  readonly source: BlockNode;
  readonly target: BlockNode;
  readonly toCopy: DirtyBitmap;
  /** Clusters copied because a guest's write came. */
  readonly saved: DirtyBitmap;
  readonly limit: RateLimit;
  readonly calls: Set<CopyCall>;
  /** Bytes that tasks are copying. */
  inFlight: number;
  /** Called with how many bytes are done, and how many remain. */
  readonly onProgress: ((done: number, remaining: number) => void)[];
}

interface Range {
  readonly offset: number;
  readonly end: number;
}

export interface CopyCall extends Range {
  readonly copy: BlockCopy;
  /** True if the job's speed limit applies. It does not for a guest's write. */
  readonly limited: boolean;
  /** The offset at which the call looks for dirty clusters next. */
  at: number;
  /** True if this pass over the range found something to copy; another pass then follows. */
  found: boolean;
  /** Those that run, and the one that waits for a worker. */
  readonly tasks: Set<Range>;
  /** A task that was begun while all workers were busy. It runs even if the call is cancelled meanwhile. */
  queued: Task | null;
  pumping: boolean;
  sleep: SimEvent | null;
  cancelled: boolean;
  failure: { readonly errno: Errno; readonly isRead: boolean } | null;
  finished: boolean;
  readonly onEnd: (call: CopyCall) => void;
}

export const createBlockCopy = (
  options: Pick<BlockCopy, 'sim' | 'source' | 'target' | 'toCopy' | 'limit'> & Partial<CopyPerf>,
): BlockCopy => ({
  calls: new Set(),
  inFlight: 0,
  onProgress: [],
  saved: createDirtyBitmap(options.toCopy.length, options.toCopy.granularity, false),
  ...DEFAULT_PERF,
  ...options,
});

export function startCopy(
  copy: BlockCopy,
  { offset, end }: Range,
  options: Pick<CopyCall, 'limited' | 'onEnd'>,
): CopyCall {
  const call: CopyCall = {
    copy,
    offset,
    end,
    ...options,
    at: offset,
    found: false,
    tasks: new Set<Range>(),
    queued: null,
    pumping: false,
    sleep: null,
    cancelled: false,
    failure: null,
    finished: false,
  };
  copy.calls.add(call);
  pump(call);
  return call;
}

/** Lets the tasks under way end and starts no new ones. */
export function cancelCopy(call: CopyCall): void {
  call.cancelled = true;
  wakeCopy(call);
}

/** block_copy_kick: wakes a call that sleeps because of its speed limit. */
export function wakeCopy(call: CopyCall): void {
  if (call.sleep === null) return;
  cancel(call.copy.sim, call.sleep);
  call.sleep = null;
  pump(call);
}

function pump(call: CopyCall): void {
  if (call.finished || call.sleep !== null || call.pumping) return;
  // A task whose requests end at once pumps its call meanwhile; the loop below goes on with it.
  call.pumping = true;
  const isOver = startAll(call);
  call.pumping = false;
  if (!isOver) return;
  call.finished = true;
  call.copy.calls.delete(call);
  call.onEnd(call);
}

/** True: nothing is left to do. */
function startAll(call: CopyCall): boolean {
  startQueued(call);
  for (;;) {
    const state = startTasks(call);
    if (state === 'asleep' || call.tasks.size > 0) return false;
    if (state === 'over') return true;
    if (!call.found) return !conflicts(call);
    call.found = false;
    call.at = call.offset;
  }
}

/** `over`: the call must end, whatever is left. `asleep`: the speed limit allows no more copying for now. */
function startTasks(call: CopyCall): 'started' | 'over' | 'asleep' {
  const { copy } = call;
  while (call.failure === null && !call.cancelled) {
    if (call.queued !== null) return 'started';
    const next = nextRun(copy, call);
    if (next === null) return 'started';
    const delay = call.limited ? delayFor(copy.limit, copy.sim.now, 0) : 0;
    if (delay > 0) {
      call.sleep = after(copy.sim, delay, 'rate limit of a backup', () => {
        call.sleep = null;
        pump(call);
      });
      return 'asleep';
    }
    call.found = true;
    const task = alike(copy, next);
    call.at = task.end;
    delayFor(copy.limit, copy.sim.now, task.end - task.offset);
    claim(call, task);
    if (call.tasks.size > copy.maxWorkers) call.queued = task;
    else startTask(call, task);
  }
  return 'over';
}

/** Finds the next consecutive dirty clusters, at most as many as one request takes. */
function nextRun({ toCopy: bitmap, maxChunk }: BlockCopy, { at, end }: CopyCall): Range | null {
  const { granularity } = bitmap;
  const first = nextDirty(bitmap, Math.floor(at / granularity));
  if (first < 0 || first * granularity >= end) return null;
  let n = 1;
  while (
    (n + 1) * granularity <= maxChunk &&
    isDirty(bitmap, first + n) &&
    (first + n) * granularity < end
  )
    n++;
  const offset = first * granularity;
  return { offset, end: Math.min(offset + n * granularity, bitmap.length) };
}

interface Task extends Range {
  /** The source is known to be zero there, and is not read. */
  readonly zero: boolean;
}

/** block_copy_block_status: the first part of the range that is all zero, or not. */
function alike({ source, toCopy }: BlockCopy, { offset, end }: Range): Task {
  const { granularity } = toCopy;
  const { zero, failed, bytes } = zeroStatus(source, offset, end - offset);
  if (failed === true) return { offset, end: Math.min(end, offset + granularity), zero: false };
  const whole = Math.ceil(bytes / granularity) * granularity;
  // A cluster that is zero in part is copied.
  return { offset, end: Math.min(end, offset + whole), zero: zero && whole === bytes };
}

/** block_copy_task_create: no other call may copy the range any more. */
function claim({ copy, tasks }: CopyCall, task: Task): void {
  const { offset, end } = task;
  tasks.add(task);
  clearDirty(copy.toCopy, offset, end - offset);
  copy.inFlight += end - offset;
}

/** block_copy_task_end */
function release({ copy, tasks }: CopyCall, task: Task, copied: boolean): void {
  const { offset, end } = task;
  tasks.delete(task);
  copy.inFlight -= end - offset;
  if (!copied) setDirty(copy.toCopy, offset, end - offset);
}

/** Lets the task that waits for a worker run, unless another one has failed. */
function startQueued(call: CopyCall): void {
  const { queued, tasks, copy } = call;
  if (queued === null || tasks.size > copy.maxWorkers) return;
  call.queued = null;
  if (call.failure === null) startTask(call, queued);
  else release(call, queued, false);
}

function startTask(call: CopyCall, task: Task): void {
  const { copy } = call;
  const { source, target, toCopy } = copy;
  const { offset } = task;
  const bytes = task.end - offset;
  const end = (errno: Errno | null, isRead: boolean): void => {
    release(call, task, errno === null);
    if (errno !== null) call.failure ??= { errno, isRead };
    for (const tell of copy.onProgress)
      tell(errno === null ? bytes : 0, dirtyBytes(toCopy) + copy.inFlight);
    pump(call);
    for (const other of copy.calls) if (other !== call) pump(other);
  };
  if (task.zero) {
    const zeroes = { op: 'write-zeroes', offset, bytes, data: null } as const;
    submitRequest(target, zeroes, (errno) => end(errno, false));
    return;
  }
  const data = new Uint8Array(bytes);
  submitRequest(source, { op: 'read', offset, bytes, data }, (read) => {
    if (read !== null) end(read, true);
    else submitRequest(target, { op: 'write', offset, bytes, data }, (errno) => end(errno, false));
  });
}

/** True while another call copies some part of this call's range. */
const conflicts = (call: CopyCall): boolean =>
  [...call.copy.calls].some(
    (other) =>
      other !== call &&
      [...other.tasks].some((task) => task.offset < call.end && call.offset < task.end),
  );
