// rename.ts — DM_DEV_RENAME: another name, or a first uuid. Mirrors dm-ioctl.c: dev_rename, dm_hash_rename.
import type { Errno } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { DeviceMapper } from '../device-mapper.ts';
import { globalEvent, tableEvent } from '../event.ts';
import { cookieUevent } from '../uevent.ts';
import type { DeviceKey } from './find-device.ts';
import { findCell, nameIsValid } from './find-device.ts';
import type { HashCell } from './hash-cell.ts';

export interface RenameOptions {
  /** The new name, or with `setUuid` the uuid. */
  readonly to: string;
  readonly setUuid: boolean;
  /** Goes into the uevent. @defaultValue 0, which means none */
  readonly cookie?: number;
}

export function devRename(
  dm: DeviceMapper,
  key: DeviceKey & { readonly name: string },
  options: RenameOptions,
): Errno | undefined {
  const { to, setUuid } = options;
  if (to === '' || to.length > (setUuid ? 128 : 127)) {
    printk(dm.sim, 'device-mapper: ioctl: Invalid new mapped device name or uuid string supplied.');
    return 'EINVAL';
  }
  if (!setUuid && !nameIsValid(dm, to)) return 'EINVAL';
  const cell = renameable(dm, key, options);
  if (typeof cell === 'string') return cell;
  applyRename(dm, cell, options);
  return undefined;
}

/** Returns the device if it may take the new name, else an errno; the log says why. */
function renameable(
  dm: DeviceMapper,
  key: DeviceKey & { readonly name: string },
  { to, setUuid }: RenameOptions,
): Errno | HashCell {
  const { name } = key;
  const what = setUuid ? 'uuid' : 'name';
  const reject = (errno: Errno, text: string): Errno => {
    printk(dm.sim, `device-mapper: ioctl: Unable to ${text}`);
    return errno;
  };
  if (findCell(dm, setUuid ? { uuid: to } : { name: to }) !== undefined) {
    const text = `change ${what} on mapped device ${name} to one that already exists: ${to}`;
    return reject('EBUSY', text);
  }
  const cell = findCell(dm, key);
  if (cell === undefined) {
    return reject('ENXIO', `rename non-existent device, ${name} to ${setUuid ? 'uuid ' : ''}${to}`);
  }
  if (!setUuid || cell.uuid === null) return cell;
  const text = `change uuid of mapped device ${name} to ${to} because uuid is already set to ${cell.uuid}`;
  return reject('EINVAL', text);
}

function applyRename(
  dm: DeviceMapper,
  cell: HashCell,
  { to, setUuid, cookie = 0 }: RenameOptions,
): void {
  if (setUuid) {
    cell.uuid = to;
  } else {
    dm.cells.delete(cell.name);
    cell.name = to;
    dm.cells.set(to, cell);
  }
  const { md } = cell;
  if (md.map !== null) tableEvent(md.map);
  globalEvent(dm);
  if (md.disk !== null) cookieUevent(md, 'change', { cookie });
}
