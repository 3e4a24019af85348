// rename.ts — DM_DEV_RENAME: another name, or a first uuid. Mirrors dm-ioctl.c: dev_rename, dm_hash_rename.
import type { Errno } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { DeviceMapper } from '../device-mapper.ts';
import { tableEvent } from '../event.ts';
import { cookieUevent } from '../uevent.ts';
import { globalEvent } from './create.ts';
import type { DeviceKey } from './find-device.ts';
import { findCell, nameIsValid } from './find-device.ts';
import type { HashCell } from './hash-cell.ts';

export interface RenameOptions {
  /** The new name, or with `setUuid` the uuid. */
  readonly to: string;
  readonly setUuid: boolean;
  /** For the uevent. @defaultValue 0, which is none */
  readonly cookie?: number;
}

export function devRename(
  dm: DeviceMapper,
  key: DeviceKey & { readonly name: string },
  options: RenameOptions,
): Errno | undefined {
  const { to, setUuid } = options;
  const log = (text: string): void => printk(dm.sim, `device-mapper: ioctl: ${text}`);
  const what = setUuid ? 'uuid' : 'name';
  if (to === '' || to.length > (setUuid ? 128 : 127)) {
    log('Invalid new mapped device name or uuid string supplied.');
    return 'EINVAL';
  }
  if (!setUuid && !nameIsValid(dm, to)) return 'EINVAL';
  const taken = findCell(dm, setUuid ? { uuid: to } : { name: to });
  if (taken !== undefined) {
    log(`Unable to change ${what} on mapped device ${key.name} to one that already exists: ${to}`);
    return 'EBUSY';
  }
  const cell = findCell(dm, key);
  if (cell === undefined) {
    log(`Unable to rename non-existent device, ${key.name} to ${setUuid ? 'uuid ' : ''}${to}`);
    return 'ENXIO';
  }
  if (setUuid && cell.uuid !== null) {
    log(
      `Unable to change uuid of mapped device ${key.name} to ${to} because uuid is already set to ${cell.uuid}`,
    );
    return 'EINVAL';
  }
  applyRename(dm, cell, options);
  return undefined;
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
