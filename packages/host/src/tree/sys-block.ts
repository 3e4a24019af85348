// sys-block.ts — A disk below /sys/devices, and the links to all of them in /sys/block.
import type { BlockDevice, Loop } from '@dmsim/block';
import {
  DEADLINE_DEFAULTS,
  deadlineAttributes,
  formatDev,
  queueAttributes,
  scsiDeviceOf,
} from '@dmsim/block';
import type { DmTable } from '@dmsim/dm';
import type { Directory, Vnode } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { triggerUevent } from '../udev/trigger.ts';
import type { Subdirectories } from './attributes.ts';
import { attributesDirectory } from './attributes.ts';
import type { DirectoryOf } from './kernel-directory.ts';
import { onePerObject } from './kernel-directory.ts';
import {
  diskAttributes,
  dmAttributes,
  hctxAttributes,
  loopAttributes,
  partitionAttributes,
} from './sys-disk-attributes.ts';
import type { SysPath } from './sys-paths.ts';
import { diskPath, sdevPath, sysLink } from './sys-paths.ts';
import {
  integrityAttributes,
  partitionPowerAttributes,
  powerAttributes,
  traceAttributes,
} from './sys-power.ts';
import { fixedSysfsDirectory, sysfsDirectory } from './sysfs-directory.ts';

export const diskDirectories = (machine: Machine): DirectoryOf<BlockDevice> =>
  onePerObject((dev) => diskDirectory(machine, dev));

/** Disks and their partitions. */
export const blockDevicesOf = ({ layer }: Machine): BlockDevice[] => [...layer.devices.values()];

export const isDisk = ({ partition }: BlockDevice): boolean => partition === null;

export const disksOf = (machine: Machine): BlockDevice[] => blockDevicesOf(machine).filter(isDisk);

/** Links to disks by name, in the directory `from`; those of which `wanted` holds. */
export function diskLinks(
  machine: Machine,
  from: SysPath,
  wanted: (dev: BlockDevice) => boolean = () => true,
): Directory {
  const disks = (): BlockDevice[] => blockDevicesOf(machine).filter(wanted);
  const linkTo = onePerObject((dev: BlockDevice) => sysLink(from, diskPath(dev)));
  return sysfsDirectory(
    () => disks().map(({ name }) => name),
    (name) => {
      const dev = machine.layer.byName.get(name);
      return dev === undefined || !wanted(dev) ? undefined : linkTo(dev);
    },
  );
}

function diskDirectory(machine: Machine, dev: BlockDevice): Directory {
  const path = diskPath(dev);
  const { sim } = machine;
  const more: Subdirectories<unknown> = {
    bdi: () => sysLink(path, ['devices', 'virtual', 'bdi', formatDev(dev)]),
    holders: () => diskLinks(machine, [...path, 'holders'], (other) => stands(machine, other, dev)),
    integrity: () => attributesDirectory(integrityAttributes, dev),
    power: () => attributesDirectory(powerAttributes, dev),
    queue: () => queueDirectory(dev),
    slaves: () => slaveLinks(machine, [...path, 'slaves'], dev),
    subsystem: () => sysLink(path, ['class', 'block']),
    trace: () => attributesDirectory(traceAttributes, dev),
    ...driverEntries(machine, dev),
  };
  const attributes = attributesDirectory(
    diskAttributes,
    { sim, dev, trigger: (action) => triggerUevent(machine, dev.name, action) },
    more,
  );
  const loop = dev.name.startsWith('loop') ? machine.loops.loops.get(dev.minor) : undefined;
  return withPartitions(machine, dev, loop === undefined ? attributes : withLoop(attributes, loop));
}

/** With a directory for each partition that there is. */
function withPartitions(machine: Machine, disk: BlockDevice, directory: Directory): Directory {
  const directoryOf = onePerObject((part: BlockDevice) => partitionDirectory(machine, part));
  return sysfsDirectory(
    () => [...directory.entries(), ...disk.partitions.map(({ name }) => name)],
    (name) => {
      const part = disk.partitions.find((one) => one.name === name);
      return part === undefined ? directory.lookup(name) : directoryOf(part);
    },
  );
}

/** Mirrors block/partitions/core.c: part_attrs. */
function partitionDirectory(machine: Machine, dev: BlockDevice): Directory {
  const path = diskPath(dev);
  const { sim } = machine;
  return attributesDirectory(
    partitionAttributes,
    { sim, dev, trigger: (action) => triggerUevent(machine, dev.name, action) },
    {
      holders: () =>
        diskLinks(machine, [...path, 'holders'], (other) => stands(machine, other, dev)),
      power: () => attributesDirectory(partitionPowerAttributes, dev),
      subsystem: () => sysLink(path, ['class', 'block']),
      trace: () => attributesDirectory(traceAttributes, dev),
    },
  );
}

/** With `loop/`, while a file is behind it. */
function withLoop(directory: Directory, loop: Loop): Directory {
  const own = attributesDirectory(loopAttributes, loop);
  return sysfsDirectory(
    () => [...directory.entries(), ...(loop.setup === null ? [] : ['loop'])],
    (name) => (name === 'loop' && loop.setup !== null ? own : directory.lookup(name)),
  );
}

/** Entries that only some disks have. */
function driverEntries(machine: Machine, dev: BlockDevice): Subdirectories<unknown> {
  const sdev = scsiDeviceOf(dev);
  const mapped = dev.major === machine.dm.major;
  const mq = (): Vnode => queuesDirectory(dev);
  const dm = (): Vnode => attributesDirectory(dmAttributes, machine.dm.devices.get(dev.minor));
  if (mapped) return dev.queue === null ? { dm } : { mq, dm };
  if (sdev === null) return dev.queue === null ? {} : { mq };
  return { mq, device: () => sysLink([...sdevPath(sdev), 'block', ''], sdevPath(sdev)) };
}

function queueDirectory(dev: BlockDevice): Directory {
  const attributes = queueAttributes(dev);
  const settings = dev.queue?.deadline ?? DEADLINE_DEFAULTS;
  const iosched = attributesDirectory(deadlineAttributes, settings);
  const files = attributesDirectory(attributes, dev);
  const scheduled = (): boolean => dev.queue !== null && dev.queue.scheduler !== 'none';
  return sysfsDirectory(
    () => [...files.entries(), ...(scheduled() ? ['iosched'] : [])],
    (name): Vnode | undefined =>
      name === 'iosched' ? (scheduled() ? iosched : undefined) : files.lookup(name),
  );
}

/** The one hardware queue; null_blk has one more, for polling. */
function queuesDirectory(dev: BlockDevice): Directory {
  const one = attributesDirectory(hctxAttributes, dev, { cpu0: () => fixedSysfsDirectory({}) });
  return fixedSysfsDirectory({
    '0': () => one,
    ...(dev.name.startsWith('nullb') ? { '1': () => one } : {}),
  });
}

/** The disks below a map, also those that are gone and that a table still holds. */
function slaveLinks(machine: Machine, from: SysPath, above: BlockDevice): Directory {
  const disks = (): BlockDevice[] => [...new Set(tablesOf(machine, above).flatMap(disksIn))];
  const linkTo = onePerObject((dev: BlockDevice) => sysLink(from, diskPath(dev)));
  return sysfsDirectory(
    () => disks().map(({ name }) => name),
    (name) => {
      const dev = disks().find((one) => one.name === name);
      return dev === undefined ? undefined : linkTo(dev);
    },
  );
}

const disksIn = ({ devices }: DmTable): BlockDevice[] => devices.map(({ bdev }) => bdev);

/** The live table of a map and the inactive one, which holds its devices, too. */
function tablesOf({ dm }: Machine, dev: BlockDevice): DmTable[] {
  const md = dev.major === dm.major ? dm.devices.get(dev.minor) : undefined;
  return [md?.map, md?.cell?.newMap].filter((table) => table !== undefined && table !== null);
}

/** Whether `above` stands on `below`. */
function stands(machine: Machine, above: BlockDevice, below: BlockDevice): boolean {
  return tablesOf(machine, above).some((table) => disksIn(table).includes(below));
}
