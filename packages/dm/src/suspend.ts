// suspend.ts — Stops a device until nothing is in flight. Mirrors dm.c: dm_suspend, __dm_suspend, and dm-table.c's suspend hooks.
import { kickRequeueList, runQueue } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';
import { flushWorkqueue, lock, queueWork, record, sleepFor, unlock } from '@dmsim/sim';

import type { MappedDevice } from './mapped-device.ts';
import { DM_TYPE } from './table/table.ts';
import type { DmTable } from './table/table.ts';
import type { DmTarget } from './target-type.ts';
import { DM_TRACE, SUSPEND_PHASES } from './trace-points.ts';
import { waitForCompletion, waitForInternalResume } from './wait-for-completion.ts';

export interface SuspendOptions {
  /** Targets give bios that they can't send back to the core, instead of failing them. */
  readonly noflush: boolean;
  /** First freeze the file system on it, or write back its page cache. Noflush overrides this. */
  readonly lockFs: boolean;
}

/** dm_suspend. EINTR if a signal ended the wait: the device then runs again as if nothing had happened. */
export function* suspend(
  md: MappedDevice,
  { noflush, lockFs }: SuspendOptions,
): Task<Errno | undefined> {
  for (;;) {
    yield* lock(md.suspendLock);
    try {
      if (md.suspended) return 'EINVAL';
      if (!md.suspendedInternally) {
        const error = yield* suspendLocked(md, { noflush, lockFs, flag: 'suspended' });
        if (error === undefined) yield* postsuspendTargets(md);
        return error;
      }
    } finally {
      unlock(md.suspendLock);
    }
    if ((yield* waitForInternalResume(md)) === 'signal') return 'EINTR';
  }
}

/** Whether a noflush suspend is under way: I/O that the target gives back now is mapped again after it (dm_noflush_suspending). */
export const noflushSuspending = ({ table }: Pick<DmTarget, 'table'>): boolean =>
  table.md.noflushSuspending;

interface LockedSuspend extends SuspendOptions {
  /** The flag to set when done. An internal suspend can't be interrupted. */
  readonly flag: 'suspended' | 'suspendedInternally';
}

/** __dm_suspend: the caller holds the lock, and calls postsuspend. */
export function* suspendLocked(
  md: MappedDevice,
  { noflush, lockFs, flag }: LockedSuspend,
): Task<Errno | undefined> {
  const { map } = md;
  trace(md, 'begin', noflush);
  // Set before presuspend, whose hooks read it.
  if (noflush) md.noflushSuspending = true;
  for (const ti of map?.targets ?? []) ti.type.presuspend?.(ti);
  if (!noflush && lockFs && map !== null) {
    const error = yield* freeze(md);
    if (error !== undefined) {
      presuspendUndo(map);
      trace(md, 'undone', noflush);
      return error;
    }
    yield* letPresuspendHappen(md);
  }
  blockIo(md);
  trace(md, 'blocked', noflush);
  yield* synchronize(map);
  yield* flushWorkqueue(md.wq);
  const wake = yield* waitForCompletion(md, { interruptible: flag === 'suspended' });
  if (wake !== 'signal') {
    md[flag] = true;
    trace(md, 'suspended', noflush);
    endNoflush(md, noflush);
    yield* synchronize(map);
    return undefined;
  }
  endNoflush(md, noflush);
  // Linux waits for users of the table here, too, so that what comes back without a path meanwhile fails; that moment is left out.
  // The record comes before the undoing: I/O that is let go may end at once.
  trace(md, 'undone', noflush);
  yield* undo(md, map);
  return 'EINTR';
}

/**
 * Freezing gives the CPU away, and kblockd's worker goes before all others: requests that presuspend let go have been
 * mapped before I/O is blocked. A suspend that freezes nothing blocks them first.
 */
function* letPresuspendHappen(md: MappedDevice): Task<void> {
  if (md.type === DM_TYPE.REQUEST_BASED && md.disk?.queue) {
    yield* flushWorkqueue(md.disk.queue.kblockd);
  }
  yield* sleepFor(0);
}

/**
 * synchronize_srcu: waits for whoever is using the table, which gives the CPU away. A process whose I/O ended by now runs before the suspend
 * goes on: the writer of a delay map has closed it before `dmsetup remove --force` removes it.
 */
function* synchronize(map: DmTable | null): Task<void> {
  if (map !== null) yield* sleepFor(0);
}

/** From here on bios wait in `deferred`; a request queue is quiesced, which stops requests in the same way. */
function blockIo(md: MappedDevice): void {
  md.blockIoForSuspend = true;
  if (md.type === DM_TYPE.REQUEST_BASED && md.disk?.queue) md.disk.queue.quiesced = true;
}

/** One atomic step: bios given back from now on fail, and those given back so far go before those deferred since. */
function endNoflush(md: MappedDevice, noflush: boolean): void {
  if (!noflush) return;
  md.noflushSuspending = false;
  md.strategy.merge(md);
}

function* undo(md: MappedDevice, map: DmTable | null): Task<void> {
  md.blockIoForSuspend = false;
  queueWork(md.wq, md.work);
  restartQueue(md);
  yield* thaw(md);
  if (map !== null) presuspendUndo(map);
}

export function restartQueue(md: MappedDevice): void {
  const queue = md.disk?.queue;
  if (md.type !== DM_TYPE.REQUEST_BASED || !queue) return;
  queue.quiesced = false;
  kickRequeueList(queue, 0);
  runQueue(queue);
}

function presuspendUndo(map: DmTable): void {
  for (const ti of map.targets) ti.type.presuspendUndo?.(ti);
}

export function* postsuspendTargets(md: MappedDevice): Task<void> {
  md.postSuspending = true;
  for (const ti of md.map?.targets ?? []) {
    if (ti.type.postsuspend !== undefined) yield* ti.type.postsuspend(ti);
  }
  md.postSuspending = false;
}

/** lock_fs: freezes a mounted file system or writes back dirty pages. An error there fails the suspend. */
function* freeze(md: MappedDevice): Task<Errno | undefined> {
  if (md.disk === null) return undefined;
  const error = yield* md.dm.host.freeze(md.disk);
  if (error === undefined) md.frozen = true;
  return error;
}

/** unlock_fs */
export function* thaw(md: MappedDevice): Task<void> {
  if (!md.frozen) return;
  md.frozen = false;
  if (md.disk !== null) yield* md.dm.host.thaw(md.disk);
}

function trace(md: MappedDevice, phase: (typeof SUSPEND_PHASES)[number], noflush: boolean): void {
  const { sim } = md.dm;
  if (sim.trace === null) return;
  const code = SUSPEND_PHASES.indexOf(phase);
  record(sim, DM_TRACE.dm_suspend.code, md.dev, code, noflush ? 1 : 0);
}
