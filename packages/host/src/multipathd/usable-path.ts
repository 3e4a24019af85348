// usable-path.ts — `multipath -U`: whether a map has a path to use, as udev's rules ask.
import { isOnline, scsiDeviceOf } from '@dmsim/block';
import type { MappedDevice } from '@dmsim/dm';

import type { Machine } from '../machine.ts';

/** One whose device runs and which the map has not failed. */
export function hasUsablePath({ dm, layer }: Machine, md: MappedDevice): boolean {
  void dm;
  const [target] = md.map?.targets ?? [];
  const status = target?.type.status?.(target, 'info') ?? '';
  return [...status.matchAll(/(\d+):(\d+) ([AF])/g)].some(([, major, minor, letter]) => {
    const dev = [...layer.devices.values()].find(
      (disk) => disk.major === Number(major) && disk.minor === Number(minor),
    );
    const sdev = dev === undefined ? null : scsiDeviceOf(dev);
    return letter === 'A' && dev !== undefined && (sdev === null || isOnline(sdev));
  });
}
