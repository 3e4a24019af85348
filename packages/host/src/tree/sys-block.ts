// sys-block.ts — A disk below /sys/devices, and the links to all of them in /sys/block.
import type { BlockDevice } from '@dmsim/block';
import { formatDev, queueAttributes, scsiDeviceOf } from '@dmsim/block';
import type { Directory, Vnode } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { triggerUevent } from '../udev/trigger.ts';
import type { Subdirectories } from './attributes.ts';
import { attributesDirectory } from './attributes.ts';
import type { DirectoryOf } from './kernel-directory.ts';
import { fixedDirectory, kernelDirectory, onePerObject } from './kernel-directory.ts';
import {
  deadlineAttributes,
  diskAttributes,
  dmAttributes,
  hctxAttributes,
} from './sys-disk-attributes.ts';
import type { SysPath } from './sys-paths.ts';
import { diskPath, sdevPath, sysLink } from './sys-paths.ts';
import { integrityAttributes, powerAttributes, traceAttributes } from './sys-power.ts';

export const diskDirectories = (machine: Machine): DirectoryOf<BlockDevice> =>
  onePerObject((dev) => diskDirectory(machine, dev));

export const disksOf = ({ layer }: Machine): BlockDevice[] => [...layer.devices.values()];

/** Links to disks by name, in the directory `from`; those of which `wanted` holds. */
export function diskLinks(
  machine: Machine,
  from: SysPath,
  wanted: (dev: BlockDevice) => boolean = () => true,
): Directory {
  const disks = (): BlockDevice[] => disksOf(machine).filter(wanted);
  const linkTo = onePerObject((dev: BlockDevice) => sysLink(from, diskPath(dev)));
  return kernelDirectory(
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
    slaves: () => diskLinks(machine, [...path, 'slaves'], (other) => stands(machine, dev, other)),
    subsystem: () => sysLink(path, ['class', 'block']),
    trace: () => attributesDirectory(traceAttributes, dev),
    ...driverEntries(machine, dev),
  };
  return attributesDirectory(
    diskAttributes,
    { sim, dev, trigger: (action) => triggerUevent(machine, dev.name, action) },
    more,
  );
}

/** What only some disks have. */
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
  const iosched = attributesDirectory(deadlineAttributes, dev);
  const files = attributesDirectory(attributes, dev);
  const scheduled = (): boolean => dev.queue !== null && dev.queue.scheduler !== 'none';
  return kernelDirectory(
    () => [...files.entries(), ...(scheduled() ? ['iosched'] : [])],
    (name): Vnode | undefined =>
      name === 'iosched' ? (scheduled() ? iosched : undefined) : files.lookup(name),
  );
}

/** The one hardware queue; null_blk has one more, for polling. */
function queuesDirectory(dev: BlockDevice): Directory {
  const one = attributesDirectory(hctxAttributes, dev, { cpu0: () => fixedDirectory({}) });
  return fixedDirectory({
    '0': () => one,
    ...(dev.name.startsWith('nullb') ? { '1': () => one } : {}),
  });
}

/** Whether `above` stands on `below`, by its live or its inactive table: an inactive one holds its devices, too. */
function stands({ dm }: Machine, above: BlockDevice, below: BlockDevice): boolean {
  const md = above.major === dm.major ? dm.devices.get(above.minor) : undefined;
  return [md?.map, md?.cell?.newMap].some(
    (table) => table?.devices.some(({ bdev }) => bdev === below) === true,
  );
}
