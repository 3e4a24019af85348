// internal-suspend.ts — Suspends that targets ask for, of devices that are theirs. Mirrors dm.c: __dm_internal_suspend,
// __dm_internal_resume, dm_internal_suspend_noflush, dm_internal_resume, dm_internal_suspend_fast, dm_internal_resume_fast.
//
// They are counted, and a suspend of the administrator's may lie around them or wait for their end: each kind has its flag.
import type { Task } from '@dmsim/sim';
import { assert, errnoNumber, flushWorkqueue, lock, printk, unlock, wakeUp } from '@dmsim/sim';

import type { MappedDevice } from './mapped-device.ts';
import { flushQueue, resumeLocked } from './resume.ts';
import { postsuspendTargets, suspendLocked } from './suspend.ts';
import { waitForCompletion } from './wait-for-completion.ts';

/** Always noflush, and never interrupted. One that is nested, or within a suspend of the administrator's, calls no hook. */
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

/** The last of them lets the device go on, unless the administrator has suspended it too. */
export function* internalResume(md: MappedDevice): Task<void> {
  yield* lock(md.suspendLock);
  try {
    assert(md.internalSuspendCount > 0, `${md.name} is suspended internally`);
    if (--md.internalSuspendCount > 0) return;
    if (!md.suspended) resumeOrStay(md);
    md.suspendedInternally = false;
    wakeUp(md.internalResumed);
  } finally {
    unlock(md.suspendLock);
  }
}

/** No one can be told that preresume failed: it stays suspended as if by the administrator, so that hooks stay in pairs. */
function resumeOrStay(md: MappedDevice): void {
  const error = resumeLocked(md, md.map);
  if (error === undefined) return;
  printk(md.dm.sim, `device-mapper: core: Preresume method failed: -${errnoNumber(error)}`);
  md.suspended = true;
}

/** Without hooks: only I/O stops. The lock is held until `internalResumeFast`, so nothing else may come between. */
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
