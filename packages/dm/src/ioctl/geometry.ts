// geometry.ts — DM_DEV_SET_GEOMETRY. Mirrors dm-ioctl.c: dev_set_geometry, dm.c: dm_set_geometry.
import type { Errno } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { DeviceMapper } from '../device-mapper.ts';
import type { DeviceKey } from './find-device.ts';
import { findCell } from './find-device.ts';

/** The largest numbers of cylinders, heads and sectors that struct hd_geometry holds. */
const MOST = [65_535, 255, 255];

/** `<cylinders> <heads> <sectors> <start>`. It is checked and then forgotten: HDIO_GETGEO, which answers with it, is not simulated. */
export function devSetGeometry(dm: DeviceMapper, key: DeviceKey, text: string): Errno | undefined {
  if (findCell(dm, key) === undefined) return 'ENXIO';
  const log = (message: string): 'EINVAL' => {
    printk(dm.sim, `device-mapper: ${message}`);
    return 'EINVAL';
  };
  const words = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)$/.exec(text);
  if (words === null) return log('ioctl: Unable to interpret geometry settings.');
  const [cylinders, heads, sectors, start] = words.slice(1).map(BigInt);
  const shape = [cylinders, heads, sectors].map((n) => BigInt.asUintN(64, n ?? 0n));
  if (shape.some((n, i) => n > (MOST[i] ?? 0))) return log('ioctl: Geometry exceeds range limits.');
  const size = shape.reduce((product, n) => product * n, 1n);
  if (BigInt.asUintN(64, start ?? 0n) > size)
    return log('core: Start sector is beyond the geometry limits.');
  return undefined;
}
