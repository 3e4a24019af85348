// create.ts — DM_DEV_CREATE. Mirrors dm-ioctl.c: dev_create, dm_hash_insert.
import type { Errno } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import { createDevice } from '../create-device.ts';
import type { DeviceMapper } from '../device-mapper.ts';
import { globalEvent } from '../event.ts';
import { findCell, nameIsValid } from './find-device.ts';
import type { HashCell } from './hash-cell.ts';

export interface CreateOptions {
  readonly name: string;
  readonly uuid?: string;
  /** @defaultValue the lowest free one */
  readonly minor?: number;
}

/** EINVAL for a bad name, EBUSY for a name or uuid in use, ENXIO for a minor in use. */
export function devCreate(
  dm: DeviceMapper,
  { name, uuid, minor }: CreateOptions,
): Errno | HashCell {
  if (name === '') {
    printk(dm.sim, 'device-mapper: ioctl: name not supplied when creating device');
    return 'EINVAL';
  }
  if (!nameIsValid(dm, name)) return 'EINVAL';
  const md = createDevice(dm, minor ?? null);
  if (typeof md === 'string') return md;
  if (findCell(dm, { name }) || (uuid !== undefined && findCell(dm, { uuid }))) {
    dm.devices.delete(md.minor);
    return 'EBUSY';
  }
  const cell: HashCell = { name, uuid: uuid ?? null, md, newMap: null };
  md.cell = cell;
  dm.cells.set(name, cell);
  globalEvent(dm);
  return cell;
}
