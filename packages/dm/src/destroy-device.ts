// destroy-device.ts — A device goes. Mirrors dm.c: dm_destroy, __dm_destroy.
import { delDisk } from '@dmsim/block';
import type { Task } from '@dmsim/sim';
import { lock, record, unlock, waitEvent } from '@dmsim/sim';

import type { MappedDevice } from './mapped-device.ts';
import { postsuspendTargets } from './suspend.ts';
import { destroyTable } from './table/destroy-table.ts';
import { DM_TRACE } from './trace-points.ts';

/**
 * The device is unhashed already. A device that is not suspended has its targets' suspend hooks called, without any
 * wait: there is no opener left who could have I/O under way. An ioctl that still sleeps on it holds everything up.
 */
export function* destroyDevice(md: MappedDevice): Task<void> {
  md.freeing = true;
  yield* lock(md.suspendLock);
  if (!md.suspended) {
    for (const ti of md.map?.targets ?? []) ti.type.presuspend?.(ti);
    md.suspended = true;
    yield* postsuspendTargets(md);
  }
  unlock(md.suspendLock);
  yield* waitEvent(md.released, () => md.holders === 0);
  yield* syncLastOpened(md);
  if (md.map !== null) destroyTable(md.map);
  md.map = null;
  if (md.disk !== null) delDisk(md.disk);
  md.dm.devices.delete(md.minor);
  const { sim } = md.dm;
  if (sim.trace !== null) record(sim, DM_TRACE.dm_remove.code, md.dev);
}

/**
 * The table closes its devices. The last to close a disk waits until its dirty pages are written (blkdev_release), and that
 * may be a map below which queues for want of a path.
 */
function* syncLastOpened({ tableDevices, dm }: MappedDevice): Task<void> {
  for (const bdev of tableDevices.keys()) if (bdev.openers === 1) yield* dm.host.sync(bdev);
}
