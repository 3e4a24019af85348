// sys-block.ts — /sys/block: one directory a disk.
import type { BlockDevice, SysfsAttributes } from '@dmsim/block';
import { deviceAttributes, formatDev, formatDiskStats, queueAttributes } from '@dmsim/block';
import type { Directory, Vnode } from '@dmsim/shell';

import type { Machine } from '../machine.ts';
import { attributesDirectory, shown } from './attributes.ts';
import { kernelDirectory } from './kernel-directory.ts';

export function blockDirectory(machine: Machine): Directory {
  const disks = (): BlockDevice[] => [...machine.layer.devices.values()];
  // One each: what is written to an attribute stays there.
  const made = new WeakMap<BlockDevice, Directory>();
  return kernelDirectory(
    () => disks().map((dev) => dev.name),
    (name) => {
      const dev = disks().find((disk) => disk.name === name);
      if (dev === undefined) return undefined;
      const directory = made.get(dev) ?? diskDirectory(machine, dev);
      made.set(dev, directory);
      return directory;
    },
  );
}

function diskDirectory(machine: Machine, dev: BlockDevice): Directory {
  const { scsi } = dev;
  // Written out rather than assigned one by one: V8 puts a function that is assigned to a property among what lives
  // long, and with it the machine, until a full collection.
  const more: Readonly<Record<string, () => Vnode>> = {
    queue: () => attributesDirectory(queueAttributes(dev)),
    holders: () => linkDirectory(machine, () => holders(machine, dev)),
    slaves: () => linkDirectory(machine, () => slaves(machine, dev)),
    ...(scsi === null ? {} : { device: () => attributesDirectory(deviceAttributes(scsi)) }),
    ...(dev.major === machine.dm.major
      ? { dm: () => attributesDirectory(dmAttributes(machine, dev)) }
      : {}),
  };
  return attributesDirectory(diskAttributes(machine, dev), more);
}

/** Mirrors block/genhd.c: disk_attrs. */
function diskAttributes({ sim }: Machine, dev: BlockDevice): SysfsAttributes {
  const { stats } = dev;
  return {
    dev: shown(() => formatDev(dev)),
    size: shown(() => dev.capacity),
    ro: shown(() => (dev.readOnly ? 1 : 0)),
    removable: shown(() => 0),
    range: shown(() => (dev.scsi === null ? 1 : 16)),
    stat: { show: () => formatDiskStats(stats, sim.now) },
    inflight: shown(() => `${String(stats.inFlight).padStart(8)} ${'0'.padStart(8)}`),
  };
}

/** Mirrors drivers/md/dm-sysfs.c. */
function dmAttributes(machine: Machine, dev: BlockDevice): SysfsAttributes {
  const md = machine.dm.devices.get(dev.minor);
  return {
    name: shown(() => md?.cell?.name ?? ''),
    uuid: shown(() => md?.cell?.uuid ?? ''),
    suspended: shown(() => (md?.suspended === true ? 1 : 0)),
    use_blk_mq: shown(() => 1),
    rq_based_seq_io_merge_deadline: shown(() => 0),
  };
}

/** Who stands on it, by live and by inactive tables: an inactive one holds its devices, too. */
function holders(machine: Machine, dev: BlockDevice): string[] {
  return [...machine.dm.devices.values()]
    .filter((md) =>
      [md.map, md.cell?.newMap].some(
        (table) => table?.devices.some(({ bdev }) => bdev === dev) === true,
      ),
    )
    .map((md) => `dm-${md.minor}`);
}

function slaves(machine: Machine, dev: BlockDevice): string[] {
  if (dev.major !== machine.dm.major) return [];
  const md = machine.dm.devices.get(dev.minor);
  const devices = [md?.map, md?.cell?.newMap].flatMap((table) => table?.devices ?? []);
  return [...new Set(devices.map(({ bdev }) => bdev.name))];
}

function linkDirectory(machine: Machine, names: () => string[]): Directory {
  return kernelDirectory(names, (name) => {
    const disk = [...machine.layer.devices.values()].find((other) => other.name === name);
    return disk === undefined || !names().includes(name) ? undefined : diskDirectory(machine, disk);
  });
}
