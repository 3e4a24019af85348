// remove.ts — DM_DEV_REMOVE and DM_REMOVE_ALL. Mirrors dm-ioctl.c: dev_remove, dm_hash_remove_all, dm.c: dm_lock_for_deletion.
import type { Errno, Task } from '@dmsim/sim';
import { printk, showTrace, spawn } from '@dmsim/sim';

import { destroyDevice } from '../destroy-device.ts';
import type { DeviceMapper } from '../device-mapper.ts';
import { globalEvent, tableEvent } from '../event.ts';
import type { MappedDevice } from '../mapped-device.ts';
import { destroyTable } from '../table/destroy-table.ts';
import { cookieUevent } from '../uevent.ts';
import type { DeviceKey } from './find-device.ts';
import { allCells, findCell } from './find-device.ts';
import type { HashCell } from './hash-cell.ts';

export interface RemoveOptions {
  /** Removes a device that is in use when its last opener closes it. */
  readonly deferred?: boolean;
  /** Goes into the uevent. @defaultValue 0, which means none */
  readonly cookie?: number;
}

export function* devRemove(
  dm: DeviceMapper,
  key: DeviceKey,
  { deferred = false, cookie = 0 }: RemoveOptions = {},
): Task<Errno | undefined> {
  const cell = findCell(dm, key);
  if (cell === undefined) return 'ENXIO';
  const { md } = cell;
  if ((md.disk?.openers ?? 0) > 0) {
    if (!deferred) return 'EBUSY';
    md.deferredRemove = true;
    return undefined;
  }
  md.deleting = true;
  yield* removeCell(dm, cell, cookie);
  globalEvent(dm);
  return undefined;
}

/** __hash_remove and dm_destroy: nobody can find it from the first line on; its table wakes waiters by one last event. */
function* removeCell(dm: DeviceMapper, cell: HashCell, cookie = 0): Task<void> {
  const { md, newMap } = cell;
  showTrace(dm.sim);
  dm.cells.delete(cell.name);
  if (md.map !== null) tableEvent(md.map);
  md.cell = null;
  if (newMap !== null) destroyTable(newMap);
  cell.newMap = null;
  if (md.disk !== null) cookieUevent(md, 'remove', { cookie });
  yield* destroyDevice(md);
}

/**
 * Removes all devices that nobody has open, one after another, since removing one may close another. Open devices stay;
 * with `deferred` they are removed when their last opener closes them.
 */
export function* removeAll(
  dm: DeviceMapper,
  { deferred = false }: Pick<RemoveOptions, 'deferred'> = {},
): Task<undefined> {
  for (;;) {
    const cell = allCells(dm).find(({ md }) => (md.disk?.openers ?? 0) === 0);
    if (cell === undefined) break;
    cell.md.deleting = true;
    yield* removeCell(dm, cell);
  }
  if (deferred) for (const { md } of dm.cells.values()) md.deferredRemove = true;
  if (dm.cells.size > 0) {
    printk(dm.sim, `device-mapper: ioctl: remove_all left ${dm.cells.size} open device(s)`);
  }
  globalEvent(dm);
  return undefined;
}

/** dm_blk_close: the last opener has closed a device that was marked for deferred removal. */
export function removeIfDeferred(md: MappedDevice): void {
  const { cell, dm } = md;
  if (!md.deferredRemove || md.deleting || cell === null || (md.disk?.openers ?? 0) > 0) return;
  md.deleting = true;
  // do_deferred_remove runs in a kernel worker, which may sleep.
  spawn(dm.sim, 'kworker/dm-remove', () => deferredRemove(dm, cell));
}

function* deferredRemove(dm: DeviceMapper, cell: HashCell): Task<number> {
  if (dm.cells.get(cell.name) === cell) yield* removeCell(dm, cell);
  return 0;
}

/** @cancel_deferred_remove: EBUSY once the removal has begun. */
export function cancelDeferredRemove(md: MappedDevice): Errno | undefined {
  if (md.deleting) return 'EBUSY';
  md.deferredRemove = false;
  return undefined;
}
