// sys-block.ts — /sys/block: one directory a disk.
import type { BlockDevice } from '@dmsim/block';
import { formatDev, formatDiskStats } from '@dmsim/block';
import type { Directory, Vnode } from '@dmsim/shell';
import { attributeFile } from '@dmsim/shell';

import type { Machine } from '../machine.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';
import { scsiDeviceDirectory } from './sys-scsi.ts';

export function blockDirectory(machine: Machine): Directory {
  const disks = (): BlockDevice[] => [...machine.layer.devices.values()];
  return kernelDirectory(
    () => disks().map((dev) => dev.name),
    (name) => {
      const dev = disks().find((disk) => disk.name === name);
      return dev === undefined ? undefined : diskDirectory(machine, dev);
    },
  );
}

const text = (show: () => string | number): (() => Vnode) => {
  const file = attributeFile({ show: () => `${show()}\n` });
  return () => file;
};

function diskDirectory(machine: Machine, dev: BlockDevice): Directory {
  const { sim } = machine;
  return fixedDirectory({
    dev: text(() => formatDev(dev)),
    size: text(() => dev.capacity),
    ro: text(() => (dev.readOnly ? 1 : 0)),
    removable: text(() => 0),
    stat: () => attributeFile({ show: () => formatDiskStats(dev.stats, sim.now) }),
    inflight: () =>
      attributeFile({
        show: () => `${String(dev.stats.inFlight).padStart(8)} ${'0'.padStart(8)}\n`,
      }),
    queue: () => queueDirectory(dev),
    holders: () => linkDirectory(machine, dev, 'holders'),
    slaves: () => linkDirectory(machine, dev, 'slaves'),
    ...(dev.scsi === null
      ? {}
      : { device: () => scsiDeviceDirectory(dev.scsi as NonNullable<typeof dev.scsi>) }),
    ...(dev.major === machine.dm.major ? { dm: () => dmDirectory(machine, dev) } : {}),
  });
}

function queueDirectory(dev: BlockDevice): Directory {
  const { limits } = dev;
  return fixedDirectory({
    logical_block_size: text(() => limits.logicalBlockSize),
    physical_block_size: text(() => limits.physicalBlockSize),
    hw_sector_size: text(() => limits.logicalBlockSize),
    minimum_io_size: text(() => limits.ioMin),
    optimal_io_size: text(() => limits.ioOpt),
    max_sectors_kb: text(() => Math.floor(limits.maxSectors / 2)),
    discard_max_bytes: text(() => limits.maxDiscardSectors * 512),
    write_zeroes_max_bytes: text(() => limits.maxWriteZeroesSectors * 512),
    write_cache: text(() => (limits.writeCache ? 'write back' : 'write through')),
  });
}

/** Which dm devices stand on it, and which devices a dm device stands on: by their live tables. */
function linkDirectory(machine: Machine, dev: BlockDevice, kind: 'holders' | 'slaves'): Directory {
  const related = (): string[] => {
    const mds = [...machine.dm.devices.values()];
    if (kind === 'slaves') {
      const own = mds.find((md) => md.disk === dev);
      return (own?.map?.devices ?? []).map(({ bdev }) => bdev.name);
    }
    return mds
      .filter((md) => md.map?.devices.some(({ bdev }) => bdev === dev) === true)
      .map((md) => md.disk?.name ?? '');
  };
  return kernelDirectory(related, (name) => {
    const disk = [...machine.layer.devices.values()].find((other) => other.name === name);
    return disk === undefined ? undefined : diskDirectory(machine, disk);
  });
}

function dmDirectory(machine: Machine, dev: BlockDevice): Directory {
  const md = [...machine.dm.devices.values()].find((candidate) => candidate.disk === dev);
  return fixedDirectory({
    name: text(() => md?.cell?.name ?? ''),
    uuid: text(() => md?.cell?.uuid ?? ''),
    suspended: text(() => (md?.suspended === true ? 1 : 0)),
    use_blk_mq: text(() => 1),
    rq_based_seq_io_merge_deadline: text(() => 0),
  });
}
