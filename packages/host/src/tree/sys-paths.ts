// sys-paths.ts — The paths of objects below /sys/devices, and the links that lead there. Mirrors drivers/base/core.c: device_add; fs/sysfs/symlink.c.
import type { BlockDevice, ScsiDevice, ScsiHost } from '@dmsim/block';
import { scsiDeviceOf } from '@dmsim/block';
import type { Symlink } from '@dmsim/vfs';
import { createSymlink } from '@dmsim/vfs';

/** All paths here are of names below /sys, from its root. */
export type SysPath = readonly string[];

export const adapterPath = ({ adapter }: ScsiHost): SysPath => [
  'devices',
  'pseudo_0',
  `adapter${adapter}`,
];

export const hostPath = (host: ScsiHost): SysPath => [...adapterPath(host), `host${host.number}`];

export const targetName = ({ address: { host, channel, target } }: ScsiDevice): string =>
  `target${host}:${channel}:${target}`;

export const sdevPath = (sdev: ScsiDevice): SysPath => [
  ...hostPath(sdev.host),
  targetName(sdev),
  sdev.name,
];

export function diskPath(dev: BlockDevice): SysPath {
  if (dev.partition !== null) return [...diskPath(dev.partition.disk), dev.name];
  const sdev = scsiDeviceOf(dev);
  return sdev === null
    ? ['devices', 'virtual', 'block', dev.name]
    : [...sdevPath(sdev), 'block', dev.name];
}

/** A link in directory `from` to `to`: up as far as they have nothing in common, then down. */
export function sysLink(from: SysPath, to: SysPath): Symlink {
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return createSymlink([...from.slice(common).map(() => '..'), ...to.slice(common)].join('/'));
}
