// sys-block.ts — /sys/block: one directory a disk.
import type { BlockDevice, ScsiDevice, SysfsAttributes } from '@dmsim/block';
import {
  deviceAttributes,
  formatDev,
  formatDiskStats,
  formatInFlight,
  queueAttributes,
  scsiDeviceOf,
  shows,
} from '@dmsim/block';
import type { MappedDevice } from '@dmsim/dm';
import type { Directory } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import type { Subdirectories } from './attributes.ts';
import { attributesDirectory } from './attributes.ts';
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

/** A disk, and the machine it is shown on. */
interface Disk {
  readonly machine: Machine;
  readonly dev: BlockDevice;
}

function diskDirectory(machine: Machine, dev: BlockDevice): Directory {
  const mapped = dev.major === machine.dm.major;
  const more =
    scsiDeviceOf(dev) !== null ? SCSI_DIRECTORIES : mapped ? DM_DIRECTORIES : DIRECTORIES;
  return attributesDirectory(DISK_ATTRIBUTES, { machine, dev }, more);
}

const DIRECTORIES: Subdirectories<Disk> = {
  queue: ({ dev }) => attributesDirectory(queueAttributes(dev), dev),
  holders: ({ machine, dev }) => linkDirectory(machine, () => holders(machine, dev)),
  slaves: ({ machine, dev }) => linkDirectory(machine, () => slaves(machine, dev)),
};

const SCSI_DIRECTORIES: Subdirectories<Disk> = {
  ...DIRECTORIES,
  device: ({ dev }) => attributesDirectory(deviceAttributes, scsiDeviceOf(dev) as ScsiDevice),
};

const DM_DIRECTORIES: Subdirectories<Disk> = {
  ...DIRECTORIES,
  dm: ({ machine, dev }) => attributesDirectory(DM_ATTRIBUTES, machine.dm.devices.get(dev.minor)),
};

/** Mirrors block/genhd.c: disk_attrs. */
const DISK_ATTRIBUTES: SysfsAttributes<Disk> = {
  dev: shows(({ dev }) => formatDev(dev)),
  size: shows(({ dev }) => dev.capacity),
  ro: shows(({ dev }) => (dev.readOnly ? 1 : 0)),
  removable: shows(() => 0),
  range: shows(({ dev }) => (scsiDeviceOf(dev) === null ? 1 : 16)),
  stat: { show: ({ machine, dev }) => formatDiskStats(dev.stats, machine.sim.now) },
  inflight: shows(({ dev }) => formatInFlight(dev)),
};

/** Mirrors drivers/md/dm-sysfs.c. */
const DM_ATTRIBUTES: SysfsAttributes<MappedDevice | undefined> = {
  name: shows((md) => md?.cell?.name ?? ''),
  uuid: shows((md) => md?.cell?.uuid ?? ''),
  suspended: shows((md) => (md?.suspended === true ? 1 : 0)),
  use_blk_mq: shows(() => 1),
  rq_based_seq_io_merge_deadline: shows(() => 0),
};

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
