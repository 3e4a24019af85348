// internal-suspend.ts — Suspends that targets ask for, of devices that are theirs. Mirrors dm.c: __dm_internal_suspend,
// __dm_internal_resume, dm_internal_suspend_noflush, dm_internal_resume, dm_internal_suspend_fast, dm_internal_resume_fast.
//
// They nest, and are counted. A suspend by the administrator may enclose them or wait for their end, so each kind has its own flag.
import type { Task } from '@dmsim/sim';
import { assert, errnoNumber, flushWorkqueue, lock, printk, unlock, wakeUp } from '@dmsim/sim';

import type { MappedDevice } from './mapped-device.ts';
import { flushQueue, resumeLocked } from './resume.ts';
import { postsuspendTargets, suspendLocked } from './suspend.ts';
import { waitForCompletion } from './wait-for-completion.ts';

/** Always noflush, and cannot be interrupted. A nested one, or one inside the administrator's suspend, calls no hook. */
export function* internalSuspendNoflush(md: MappedDevice): Task<void> {
  yield* lock(md.suspendLock);
  try {
    if (md.internalSuspendCount++ > 0) return;
    if (md.suspended) {
      md.suspendedInternally = true;
      return;
    }
    yield* suspendLocked(md, { noflush: true, lockFs: false, flag: 'suspendedInternally' });
    yield* postsuspendTargets(md);
  } finally {
    unlock(md.suspendLock);
  }
}

/** The last resume lets the device run again, unless the administrator has suspended it too. */
export function* internalResume(md: MappedDevice): Task<void> {
  yield* lock(md.suspendLock);
  try {
    assert(md.internalSuspendCount > 0, `${md.name} is suspended internally`);
    if (--md.internalSuspendCount > 0) return;
    if (!md.suspended) yield* resumeOrStay(md);
    md.suspendedInternally = false;
    wakeUp(md.internalResumed);
  } finally {
    unlock(md.suspendLock);
  }
}

/** There is no caller to report a failed preresume to: the device then stays suspended as if by the administrator, which keeps hooks paired. */
function* resumeOrStay(md: MappedDevice): Task<void> {
  const error = yield* resumeLocked(md, md.map);
  if (error === undefined) return;
  printk(md.dm.sim, `device-mapper: core: Preresume method failed: -${errnoNumber(error)}`);
  md.suspended = true;
}

/** Stops I/O without calling hooks. The suspend lock stays held until `internalResumeFast`. */
export function* internalSuspendFast(md: MappedDevice): Task<void> {
  yield* lock(md.suspendLock);
  if (md.suspendedInternally) return;
  md.blockIoForSuspend = true;
  yield* flushWorkqueue(md.wq);
  yield* waitForCompletion(md, { interruptible: false });
}

export function internalResumeFast(md: MappedDevice): void {
  if (!md.suspendedInternally) flushQueue(md);
  unlock(md.suspendLock);
}
