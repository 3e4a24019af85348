// suspend.ts — DM_DEV_SUSPEND in both directions. Mirrors dm-ioctl.c: do_suspend, do_resume.
import { setReadOnly } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';
import { lock, unlock } from '@dmsim/sim';

import type { DeviceMapper } from '../device-mapper.ts';
import type { MappedDevice } from '../mapped-device.ts';
import { resume } from '../resume.ts';
import type { SuspendOptions } from '../suspend.ts';
import { suspend } from '../suspend.ts';
import { swapTable } from '../swap-table.ts';
import { destroyTable } from '../table/destroy-table.ts';
import type { DmTable } from '../table/table.ts';
import { tableSize } from '../table/table.ts';
import { cookieUevent, sendUevent } from '../uevent.ts';
import type { DeviceKey } from './find-device.ts';
import { findCell } from './find-device.ts';
import type { HashCell } from './hash-cell.ts';

/** Succeeds without a word for a device that is suspended already. */
export function* devSuspend(
  dm: DeviceMapper,
  key: DeviceKey,
  options: SuspendOptions,
): Task<Errno | undefined> {
  const cell = findCell(dm, key);
  if (cell === undefined) return 'ENXIO';
  if (cell.md.suspended) return undefined;
  return yield* suspend(cell.md, options);
}

export interface ResumeOptions extends SuspendOptions {
  /** Goes into the uevent. @defaultValue 0, which means none */
  readonly cookie?: number;
}

/**
 * Makes the inactive table live, if there is one. A device that isn't suspended is suspended for it, with the flags of
 * *this* call: without `noflush`, I/O that waits in the old table fails.
 */
export function* devResume(
  dm: DeviceMapper,
  key: DeviceKey,
  options: ResumeOptions,
): Task<Errno | undefined> {
  const cell = findCell(dm, key);
  if (cell === undefined) return 'ENXIO';
  const { md, newMap } = cell;
  cell.newMap = null;
  const oldSize = md.map === null ? 0 : tableSize(md.map);
  let old: DmTable | null = null;
  if (newMap !== null) {
    if (!md.suspended) {
      const error = yield* suspend(md, options);
      if (error !== undefined) return putBack(cell, newMap, error);
    }
    // A suspend sets its flag before it is over.
    yield* lock(md.suspendLock);
    const swapped = swapTable(md, newMap);
    unlock(md.suspendLock);
    if (typeof swapped === 'string') {
      destroyTable(newMap);
      return swapped;
    }
    ({ old } = swapped);
    protect(md, newMap);
  }
  const error = yield* resumeIfSuspended(cell, { oldSize, cookie: options.cookie ?? 0 });
  // The old table is destroyed last: the new one is running by now.
  if (old !== null) destroyTable(old);
  return error;
}

/** set_disk_ro: a read-only table makes a read-only disk, and an event tells when that is news. */
function protect(md: MappedDevice, { readOnly }: DmTable): void {
  if (md.disk === null || !setReadOnly(md.disk, 'driver', readOnly)) return;
  sendUevent(md, 'change', [['DISK_RO', readOnly ? '1' : '0']]);
}

/** The suspend failed: puts the table back into its slot, unless another table took the slot meanwhile or the device is gone. */
function putBack(cell: HashCell, table: DmTable, error: Errno): Errno {
  if (cell.md.cell === cell && cell.newMap === null) {
    cell.newMap = table;
    return error;
  }
  destroyTable(table);
  return 'ENXIO';
}

function* resumeIfSuspended(
  { md }: HashCell,
  { oldSize, cookie }: { readonly oldSize: number; readonly cookie: number },
): Task<Errno | undefined> {
  if (!md.suspended) return undefined;
  const error = yield* resume(md);
  if (error !== undefined) return error;
  const newSize = md.map === null ? 0 : tableSize(md.map);
  const resized = oldSize !== 0 && newSize !== 0 && oldSize !== newSize;
  cookieUevent(md, 'change', { cookie, resized });
  return undefined;
}
