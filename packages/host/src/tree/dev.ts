// dev.ts — /dev: nodes of disks (devtmpfs), those of every machine (boot-devices.ts), and nodes that scripts add.
import type { BlockDevice } from '@dmsim/block';
import { scsiDeviceOf } from '@dmsim/block';
import { clockOf } from '@dmsim/libc';
import type { Sim } from '@dmsim/sim';
import type { DeviceNode, Directory, Vnode } from '@dmsim/vfs';
import {
  characterDevice,
  createDirectory,
  createSymlink,
  createTmpfs,
  fullDevice,
  nullDevice,
  ready,
  zeroDevice,
} from '@dmsim/vfs';

import { unsimulatedDevice } from '../unsimulated.ts';
import type { Userland } from '../userland.ts';
import { blockNode } from './block-node.ts';
import { BOOT_DEVICES } from './boot-devices.ts';

/** The nodes of disks come and go with the disks. Nodes that a script makes stay. */
export function devDirectory(machine: Userland): Directory {
  const own = createTmpfs(machine.sim.limits.fileBytes, clockOf(machine.sim));
  const atBoot = new Map<string, Vnode>();
  const removed = new Set<string>();
  own.link('null', nullDevice());
  own.link('zero', zeroDevice());
  own.link('full', fullDevice());
  own.link('mapper', createDirectory({ control: controlNode }));
  own.link('shm', createDirectory());
  if (machine.udev === undefined) linkDescriptors(own);
  const disks = (): BlockDevice[] => [...machine.layer.devices.values()];
  return {
    kind: 'directory',
    mode: 0o755,
    size() {
      return (this.entries().length + 2) * 20;
    },
    entries: () => [
      ...new Set([
        ...disks()
          .flatMap((dev) => genericNames(dev).concat(dev.name))
          .toReversed(),
        ...own.entries(),
        ...[...BOOT_DEVICES.keys()].filter((name) => !removed.has(name)).toReversed(),
      ]),
    ],
    lookup(name): Vnode | undefined {
      const known = own.lookup(name);
      if (known !== undefined) return known;
      const device = removed.has(name) ? undefined : bootDevice(machine.sim, atBoot, name);
      if (device !== undefined) return device;
      const dev = disks().find((disk) => disk.name === name || genericNames(disk).includes(name));
      if (dev === undefined) return undefined;
      const node =
        dev.name === name ? blockNode(machine, dev.major, dev.minor) : genericNode(dev, name);
      // udevd gives disks to the group disk.
      return machine.udev?.running !== false ? node : { gid: 0, ...node, mode: 0o600 };
    },
    link: (name, node) => own.link(name, node),
    unlink(name) {
      const known = own.lookup(name) !== undefined;
      if (BOOT_DEVICES.has(name)) removed.add(name);
      else if (!known) return 'EPERM';
      return known ? own.unlink(name) : undefined;
    },
  };
}

/** The node of the sg driver, through which programs send commands to a SCSI disk. */
function genericNames(dev: BlockDevice): readonly string[] {
  const sdev = dev.partition === null ? scsiDeviceOf(dev) : null;
  return sdev === null || sdev.genericIndex < 0 ? [] : [`sg${sdev.genericIndex}`];
}

/** SCSI_GENERIC_MAJOR */
export const GENERIC_MAJOR = 21;

const genericNode = (dev: BlockDevice, name: string): DeviceNode => ({
  ...unsimulatedDevice(`/dev/${name}`, GENERIC_MAJOR, scsiDeviceOf(dev)?.genericIndex ?? 0),
  mode: 0o660,
  gid: 6,
});

/** The links that init makes (dev_setup), where there is one: a lab's machine has none. */
function linkDescriptors(dev: Directory): void {
  for (const [name, target] of DESCRIPTOR_LINKS) dev.link(name, createSymlink(target));
}

const DESCRIPTOR_LINKS: readonly (readonly [name: string, target: string])[] = [
  ['core', '/proc/kcore'],
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
];

/** A node of every machine, which is made when it is first looked at. */
function bootDevice(sim: Sim, made: Map<string, Vnode>, name: string): Vnode | undefined {
  const known = made.get(name);
  if (known !== undefined) return known;
  const device = BOOT_DEVICES.get(name)?.(sim);
  if (device !== undefined) made.set(name, device);
  return device;
}

/** It has no calls but ioctl. */
export const controlNode: DeviceNode = {
  ...characterDevice(10, 236, () => ({
    read: () => ready('EINVAL'),
    write: () => ready('EINVAL'),
  })),
  mode: 0o600,
};
