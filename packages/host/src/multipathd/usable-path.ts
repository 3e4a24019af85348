// usable-path.ts — Answers `multipath -U`, which udev's rules ask: whether a map has a usable path.
import type { BlockDevice } from '@dmsim/block';
import { devNumber, isOnline, scsiDeviceOf } from '@dmsim/block';
import type { MappedDevice } from '@dmsim/dm';

import type { Machine } from '../machine.ts';

/** A path is usable if its device runs and the map has not failed it. */
export const hasUsablePath = (machine: Machine, md: MappedDevice): boolean =>
  pathsOf(machine, md).some(({ dev, letter }) => {
    const sdev = scsiDeviceOf(dev);
    return letter === 'A' && (sdev === null || isOnline(sdev));
  });

const REFUSING: ReadonlySet<string> = new Set(['standby', 'unavailable', 'offline']);

/** Returns true if the map has a path to a port group that takes no reads: whatever is sent there fails at once. */
export const hasRefusingPath = (machine: Machine, md: MappedDevice): boolean =>
  pathsOf(machine, md).some(({ dev }) => {
    const sdev = scsiDeviceOf(dev);
    return sdev?.handler === 'alua' && REFUSING.has(sdev.accessState);
  });

interface PathOfMap {
  readonly dev: BlockDevice;
  /** `A` or `F`. */
  readonly letter: string | undefined;
}

function pathsOf({ layer }: Machine, md: MappedDevice): PathOfMap[] {
  const [target] = md.map?.targets ?? [];
  const status = target?.type.status?.(target, 'info') ?? '';
  return [...status.matchAll(/(\d+):(\d+) ([AF])/g)].flatMap(([, major, minor, letter]) => {
    const dev = layer.devices.get(devNumber(Number(major), Number(minor)));
    return dev === undefined ? [] : [{ dev, letter }];
  });
}
