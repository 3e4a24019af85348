// find-device.ts — Devices by name, uuid or number. Mirrors dm-ioctl.c: find_device, dm_hash_insert.
import { printk } from '@dmsim/sim';

import type { DeviceMapper } from '../device-mapper.ts';
import type { HashCell } from './hash-cell.ts';

/** An ioctl names its device in exactly one of these ways. */
export type DeviceKey =
  | { readonly name: string }
  | { readonly uuid: string }
  | { readonly major: number; readonly minor: number };

export function findCell(dm: DeviceMapper, key: DeviceKey): HashCell | undefined {
  if ('name' in key) return dm.cells.get(key.name);
  if ('uuid' in key) return [...dm.cells.values()].find((cell) => cell.uuid === key.uuid);
  if (key.major !== dm.major) return undefined;
  return dm.devices.get(key.minor)?.cell ?? undefined;
}

const byName = (a: HashCell, b: HashCell): number => (a.name < b.name ? -1 : 1);

/** In byte order of the names, which is the order of all listings. */
export function allCells(dm: DeviceMapper): HashCell[] {
  return [...dm.cells.values()].toSorted(byName);
}

/** check_name: false if the name is not allowed; the log says why. */
export function nameIsValid(dm: DeviceMapper, name: string): boolean {
  if (name.includes('/')) {
    printk(dm.sim, "device-mapper: ioctl: device name cannot contain '/'");
    return false;
  }
  if (['control', '.', '..'].includes(name)) {
    printk(dm.sim, 'device-mapper: ioctl: device name cannot be "control", ".", or ".."');
    return false;
  }
  return true;
}
