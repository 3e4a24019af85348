// dm-device.ts — The devices a table uses. Mirrors drivers/md/dm-table.c: dm_get_device, dm_put_device, open_table_device.
import type { BlockDevice } from '@dmsim/block';
import { closeDevice, findDevice, formatDev, openDevice } from '@dmsim/block';
import type { Errno } from '@dmsim/sim';

import type { DeviceMapper } from '../device-mapper.ts';
import type { DmTarget } from '../target-type.ts';
import type { DmDev, DmTable } from './table.ts';

/** All of dm shares one claim, so its devices may share paths; a mount or md may not. */
const HOLDER = 'device-mapper';

interface DeviceNumber {
  readonly major: number;
  readonly minor: number;
}

/** `word` is `M:m`, or a path to a block device (dm_devt_from_path). */
export function resolveDevice(dm: DeviceMapper, word: string): Errno | DeviceNumber {
  const match = /^(\d+):(\d+)$/.exec(word);
  if (match === null) return dm.host.lookupPath(word);
  const major = scanU32(match[1] ?? '');
  const minor = scanU32(match[2] ?? '');
  if (major > 4095 || minor > 1048575) return 'EOVERFLOW';
  return { major, minor };
}

const EXACT_DIGITS = 15;

/** The kernel's sscanf wraps at 32 bits before anyone looks at the range. */
const scanU32 = (digits: string): number =>
  digits.length <= EXACT_DIGITS
    ? Number(digits) % 2 ** 32
    : Number(BigInt.asUintN(32, BigInt(digits)));

/** Opens a device for a target, or counts one more use of it. */
export function getDevice(ti: DmTarget, word: string): Errno | DmDev {
  const { table } = ti;
  const { dm } = table.md;
  const at = resolveDevice(dm, word);
  if (typeof at === 'string') return at;
  if (at.major === dm.major && at.minor === table.md.minor) return 'EINVAL';
  const found = table.devices.find((d) => d.bdev.major === at.major && d.bdev.minor === at.minor);
  if (found !== undefined) {
    found.references++;
    return found;
  }
  const bdev = heldDevice(table, at) ?? findDevice(dm.layer, at.major, at.minor);
  if (bdev === undefined) return 'ENXIO';
  dm.host.beforeOpen?.(bdev);
  return openTableDevice(table, bdev);
}

/** A disk that another table of the device has open in the same mode, even if the disk has been removed (find_table_device). */
function heldDevice({ md, readOnly }: DmTable, at: DeviceNumber): BlockDevice | undefined {
  for (const [bdev, uses] of md.tableDevices) {
    if (bdev.major !== at.major || bdev.minor !== at.minor) continue;
    const writers = md.tableWriters.get(bdev) ?? 0;
    if ((readOnly ? uses - writers : writers) > 0) return bdev;
  }
  return undefined;
}

function openTableDevice(table: DmTable, bdev: BlockDevice): Errno | DmDev {
  const error = openOnce(table, bdev);
  if (error !== undefined) return error;
  const dev: DmDev = { bdev, name: formatDev(bdev), references: 1 };
  table.devices.unshift(dev);
  return dev;
}

/**
 * All tables of a device share one open of each disk, so that a path which went offline can still be used by the next table, and
 * one that became write-protected by the next table that is writable.
 */
function openOnce({ md, readOnly }: DmTable, bdev: BlockDevice): Errno | undefined {
  const uses = md.tableDevices.get(bdev) ?? 0;
  const writers = md.tableWriters.get(bdev) ?? 0;
  const mode = { write: !readOnly };
  if (uses > 0 && mode.write && writers === 0 && bdev.onOpen(bdev, mode) === 'EROFS')
    return 'EROFS';
  const error = uses === 0 ? openDevice(bdev, HOLDER, mode) : undefined;
  if (error !== undefined) return error;
  md.tableDevices.set(bdev, uses + 1);
  if (mode.write) md.tableWriters.set(bdev, writers + 1);
  return undefined;
}

/** dm_put_table_device */
export function closeTableDevice({ md, readOnly }: DmTable, bdev: BlockDevice): void {
  const uses = (md.tableDevices.get(bdev) ?? 0) - 1;
  if (!readOnly) md.tableWriters.set(bdev, (md.tableWriters.get(bdev) ?? 0) - 1);
  if (uses > 0) {
    md.tableDevices.set(bdev, uses);
    return;
  }
  md.tableDevices.delete(bdev);
  md.tableWriters.delete(bdev);
  closeDevice(bdev, HOLDER);
}

/** Drops one use of the device; the last one closes it. */
export function putDevice(ti: DmTarget, dev: DmDev): void {
  if (--dev.references > 0) return;
  const { devices } = ti.table;
  devices.splice(devices.indexOf(dev), 1);
  closeTableDevice(ti.table, dev.bdev);
}
