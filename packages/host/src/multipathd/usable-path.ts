// usable-path.ts — Answers `multipath -U`, which udev's rules ask: whether a map has a usable path.
import { isOnline, scsiDeviceOf } from '@dmsim/block';
import type { MappedDevice } from '@dmsim/dm';

import type { Machine } from '../machine.ts';

/** A path is usable if its device runs and the map has not failed it. */
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
