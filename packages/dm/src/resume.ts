// resume.ts — Resumes a device. Mirrors dm.c: dm_resume, __dm_resume, dm-table.c: dm_table_resume_targets.
import type { Errno, Task } from '@dmsim/sim';
import { errnoNumber, lock, printk, queueWork, record, unlock } from '@dmsim/sim';

import type { MappedDevice } from './mapped-device.ts';
import { restartQueue, thaw } from './suspend.ts';
import type { DmTable } from './table/table.ts';
import { tableSize } from './table/table.ts';
import { DM_TRACE } from './trace-points.ts';
import { waitForInternalResume } from './wait-for-completion.ts';

/** dm_resume. EINVAL without a table or with an empty one. If a preresume fails, the device stays suspended. */
export function* resume(md: MappedDevice): Task<Errno | undefined> {
  for (;;) {
    yield* lock(md.suspendLock);
    try {
      if (!md.suspended) return 'EINVAL';
      if (!md.suspendedInternally) {
        const { map } = md;
        if (map === null || tableSize(map) === 0) return 'EINVAL';
        const error = yield* resumeLocked(md, map);
        if (error === undefined) md.suspended = false;
        return error;
      }
    } finally {
      unlock(md.suspendLock);
    }
    if ((yield* waitForInternalResume(md)) === 'signal') return 'EINTR';
  }
}

/** __dm_resume: the caller holds the suspend lock, and clears its own suspended flag. */
export function* resumeLocked(md: MappedDevice, map: DmTable | null): Task<Errno | undefined> {
  const error = map === null ? undefined : resumeTargets(map);
  if (error !== undefined) return error;
  const { sim } = md.dm;
  if (sim.trace !== null) record(sim, DM_TRACE.dm_resume.code, md.dev, map?.id ?? 0);
  flushQueue(md);
  restartQueue(md);
  yield* thaw(md);
  return undefined;
}

/** dm_queue_flush: the worker maps what was deferred. */
export function flushQueue(md: MappedDevice): void {
  md.blockIoForSuspend = false;
  queueWork(md.wq, md.work);
}

/** Calls every preresume before any resume. The first that fails ends it; those before are not undone. */
function resumeTargets(map: DmTable): Errno | undefined {
  for (const ti of map.targets) {
    const error = ti.type.preresume?.(ti);
    if (error === undefined) continue;
    const { md } = map;
    printk(
      md.dm.sim,
      `device-mapper: table: ${md.name}: ${ti.type.name}: preresume failed, error = -${errnoNumber(error)}`,
    );
    return error;
  }
  for (const ti of map.targets) ti.type.resume?.(ti);
  return undefined;
}
