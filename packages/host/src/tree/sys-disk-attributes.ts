// sys-disk-attributes.ts — The files in /sys/block/X itself. Mirrors block/genhd.c: disk_attrs; drivers/md/dm-sysfs.c.
import type { BlockDevice, Loop, SysfsAttributes } from '@dmsim/block';
import {
  formatDev,
  formatDiskStats,
  formatInFlight,
  readAheadOf,
  scsiDeviceOf,
  shows,
  shownAlignment,
} from '@dmsim/block';
import type { MappedDevice } from '@dmsim/dm';
import type { Errno, Sim } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import { exactSectors } from '../exact-sectors.ts';
import type { TriggeredAction } from '../udev/trigger.ts';
import { isAction, isTriggered } from '../udev/trigger.ts';

/** A disk, and the clock its statistics go by. */
export interface Disk {
  readonly sim: Sim;
  readonly dev: BlockDevice;
  /** Sends a uevent that user space asks for. */
  readonly trigger: (action: TriggeredAction) => void;
}

const isMapped = ({ name }: BlockDevice): boolean => name.startsWith('dm-');
const isRemovable = (dev: BlockDevice): boolean => scsiDeviceOf(dev)?.unit.removable === true;
const isLoop = ({ name }: BlockDevice): boolean => name.startsWith('loop');

/** An empty list is an empty file, without a line. */
const list = (names: readonly string[]): string => names.map((name) => `${name}\n`).join('');

function storeUevent({ dev, trigger }: Disk, text: string): Errno | undefined {
  const action = text.trimEnd();
  if (isTriggered(action)) {
    trigger(action);
    return undefined;
  }
  if (!isAction(action)) return 'EINVAL';
  throw new NotSupported('sysfs', 0, `uevent ${action} of ${dev.name}`);
}

export const diskAttributes: SysfsAttributes<Disk> = {
  alignment_offset: shows(({ dev }) => shownAlignment(dev.limits)),
  capability: shows(() => 0),
  dev: shows(({ dev }) => formatDev(dev)),
  // The kernel shows that of all I/O here (disk_discard_alignment_show).
  discard_alignment: shows(({ dev }) => shownAlignment(dev.limits)),
  diskseq: shows(({ dev }) => dev.diskSeq),
  events: { show: ({ dev }) => list(isLoop(dev) || isRemovable(dev) ? ['media_change'] : []) },
  events_async: { show: () => '' },
  events_poll_msecs: {
    show: () => '-1\n',
    // Only a disk whose medium can change is polled.
    store: (_disk, text) => (/^(?:-1|\d+)\n?$/.test(text) ? 'ENODEV' : 'EINVAL'),
  },
  ext_range: shows(({ dev }) => (isMapped(dev) ? 1 : 256)),
  hidden: shows(() => 0),
  inflight: shows(({ dev }) => formatInFlight(dev)),
  partscan: shows(({ dev }) => (isMapped(dev) || isLoop(dev) ? 0 : 1)),
  range: shows(({ dev }) => dev.minors),
  removable: shows(({ dev }) => Number(isRemovable(dev))),
  ro: shows(({ dev }) => (dev.readOnly ? 1 : 0)),
  size: shows(({ dev }) => exactSectors(dev.capacity)),
  stat: { show: ({ sim, dev }) => formatDiskStats(dev.shownStats, sim.now) },
  uevent: {
    show: ({ dev: { major, minor, name, diskSeq } }) =>
      list([
        `MAJOR=${major}`,
        `MINOR=${minor}`,
        `DEVNAME=${name}`,
        'DEVTYPE=disk',
        `DISKSEQ=${diskSeq}`,
      ]),
    store: storeUevent,
  },
};

export const partitionAttributes: SysfsAttributes<Disk> = {
  alignment_offset: shows(({ dev }) => shownAlignment(dev.limits)),
  dev: shows(({ dev }) => formatDev(dev)),
  discard_alignment: shows(() => 0),
  inflight: shows(({ dev }) => formatInFlight(dev)),
  partition: shows(({ dev }) => dev.partition?.number ?? 0),
  ro: shows(({ dev }) => (dev.readOnly ? 1 : 0)),
  size: shows(({ dev }) => exactSectors(dev.capacity)),
  start: shows(({ dev }) => dev.partition?.start ?? 0),
  stat: { show: ({ sim, dev }) => formatDiskStats(dev.shownStats, sim.now) },
  uevent: {
    show: ({ dev: { major, minor, name, diskSeq, partition } }) =>
      list([
        `MAJOR=${major}`,
        `MINOR=${minor}`,
        `DEVNAME=${name}`,
        'DEVTYPE=partition',
        `DISKSEQ=${partition?.disk.diskSeq ?? diskSeq}`,
        `PARTN=${partition?.number ?? 0}`,
      ]),
    store: storeUevent,
  },
};

export const dmAttributes: SysfsAttributes<MappedDevice | undefined> = {
  name: shows((md) => md?.cell?.name ?? ''),
  uuid: shows((md) => md?.cell?.uuid ?? ''),
  suspended: shows((md) => (md?.suspended === true ? 1 : 0)),
  use_blk_mq: shows(() => 1),
  rq_based_seq_io_merge_deadline: shows(() => 0),
};

/** The share of memory that write-back may take is not simulated; these values are the same for every disk. Mirrors mm/backing-dev.c. */
export const bdiAttributes: SysfsAttributes<BlockDevice> = {
  max_ratio: shows(() => 100),
  max_ratio_fine: shows(() => 1_000_000),
  min_bytes: shows(() => 0),
  min_ratio: shows(() => 0),
  min_ratio_fine: shows(() => 0),
  read_ahead_kb: shows((dev) => readAheadOf(dev) / 2),
  stable_pages_required: shows(() => 0),
  strict_limit: shows(() => 0),
};

/** loop/, while a file is behind it. Mirrors drivers/block/loop.c: loop_attrs. */
export const loopAttributes: SysfsAttributes<Loop> = {
  autoclear: shows(({ autoclear }) => Number(autoclear)),
  backing_file: shows(({ setup }) => setup?.nameOf() ?? ''),
  dio: shows(({ directIo }) => Number(directIo)),
  offset: shows(({ setup }) => setup?.offset ?? 0),
  partscan: shows(({ setup }) => Number(setup?.partScan === true)),
  sizelimit: shows(({ setup }) => setup?.sizeLimit ?? 0),
};

/** mq/N: Mirrors block/blk-mq-sysfs.c. */
export const hctxAttributes: SysfsAttributes<BlockDevice> = {
  cpu_list: shows(() => 0),
  nr_reserved_tags: shows(() => 0),
  nr_tags: shows((dev) => scsiDeviceOf(dev)?.host.canQueue ?? dev.queue?.depth ?? 0),
};
