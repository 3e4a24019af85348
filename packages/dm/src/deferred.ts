// deferred.ts — I/O that waits for resume. Mirrors dm.c: queue_io, dm_wq_work.
import type { Bio } from '@dmsim/block';
import { bioListAdd, bioListPop, submitBioNoacct } from '@dmsim/block';
import { queueWork, recordIo } from '@dmsim/sim';

import type { MappedDevice } from './mapped-device.ts';
import { DM_TRACE } from './trace-points.ts';

/** queue_io: adds the bio at the tail and wakes the worker, in case the suspend is over already. */
export function defer(md: MappedDevice, bio: Bio): void {
  bioListAdd(md.deferred, bio);
  traceQueue(md, DM_TRACE.dm_defer.code, bio);
  queueWork(md.wq, md.work);
}

/**
 * The worker: submits deferred bios again, from the head, until a suspend forbids it. A bio that is pushed back meanwhile
 * queues the worker again and waits for that pass, so that a suspend which has just begun can make progress.
 */
export function mapDeferred(md: MappedDevice): void {
  for (let left = md.deferred.length; left > 0 && !md.blockIoForSuspend; left--) {
    const bio = bioListPop(md.deferred);
    if (bio === null) return;
    traceQueue(md, DM_TRACE.dm_undefer.code, bio);
    submitBioNoacct(bio);
  }
}

export function traceQueue(md: MappedDevice, point: number, bio: Bio): void {
  const { sim } = md.dm;
  if (sim.trace === null) return;
  // Only the strategy of 2006 has a queue of its own for bios that were given back.
  const isPushedBack = point === DM_TRACE.dm_pushback.code && md.pushback.length > 0;
  const { length } = isPushedBack ? md.pushback : md.deferred;
  recordIo(sim, point, bio.dev.dev, bio, length);
}
