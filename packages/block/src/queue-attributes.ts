// queue-attributes.ts — /sys/block/X/queue. Mirrors block/blk-sysfs.c, with the values that Linux shows for each kind of device.
import type { Errno } from '@dmsim/sim';
import { millis, NotSupported, printk } from '@dmsim/sim';

import type { BlockDevice } from './block-device.ts';
import { DEADLINE_DEFAULTS } from './deadline-settings.ts';
import { createDiskStats } from './disk-stats.ts';
import { millisInJiffies } from './jiffies.ts';
import type { QueueLimits } from './limits.ts';
import { discardGranularity, cachesWrites, requestSectors, withLimits } from './limits.ts';
import { limitsApplied, readAheadOf, setReadAhead } from './read-ahead.ts';
import type { RequestQueue, SchedulerName } from './request.ts';
import { scsiDeviceOf } from './scsi/scsi-device-of.ts';
import type { SysfsAttribute, SysfsAttributes } from './sysfs-attribute.ts';
import { LONG, parseNumber, parseUnsigned, sameWord, shows } from './sysfs-attribute.ts';

/** Fixed for every device here. */
const CONSTANTS: Readonly<Record<string, string | number>> = {
  atomic_write_boundary_bytes: 0,
  atomic_write_max_bytes: 0,
  atomic_write_unit_max_bytes: 0,
  atomic_write_unit_min_bytes: 0,
  dax: 0,
  discard_zeroes_data: 0,
  max_integrity_segments: 0,
  nr_zones: 0,
  virt_boundary_mask: 0,
  write_same_max_bytes: 0,
  zone_append_max_bytes: 0,
  zone_write_granularity: 0,
  zoned: 'none',
};

/** Made once per device: values that the administrator writes are kept here and in `dev.limits`. */
export function queueAttributes(dev: BlockDevice): SysfsAttributes<unknown> {
  const rotational = committed(dev, rotationalOf(dev));
  return {
    ...Object.fromEntries(
      Object.entries(CONSTANTS).map(([name, value]) => [name, shows(() => value)]),
    ),
    ...limitAttributes(dev),
    ...settings(dev),
    rotational,
    ...(dev.queue === null ? {} : multiQueueAttributes(dev, dev.queue, rotational)),
    max_sectors_kb: committed(dev, {
      show: () => `${Math.floor(dev.limits.maxSectors / 2)}\n`,
      store: (_dev, text) => storeMaxSectors(dev, text),
    }),
    write_cache: committed(dev, {
      show: () => `${cachesWrites(dev.limits) ? 'write back' : 'write through'}\n`,
      store: (_dev, text) => storeWriteCache(dev, text),
    }),
  };
}

function limitAttributes(dev: BlockDevice): SysfsAttributes<unknown> {
  const of = (value: (limits: QueueLimits) => number): SysfsAttribute<unknown> =>
    shows(() => value(dev.limits));
  return {
    // null_blk has a queue for polling.
    io_poll: {
      show: () => (dev.name.startsWith('nullb') ? '1\n' : '0\n'),
      store() {
        if (!dev.name.startsWith('nullb')) return 'EINVAL';
        printk(dev.layer.sim, 'writes to the poll attribute are ignored.');
        printk(dev.layer.sim, 'please use driver specific parameters instead.');
        return undefined;
      },
    },
    // It has had no effect for years.
    io_poll_delay: { show: () => '-1\n', store: () => undefined },
    logical_block_size: of((l) => l.logicalBlockSize),
    hw_sector_size: of((l) => l.logicalBlockSize),
    physical_block_size: of((l) => l.physicalBlockSize),
    minimum_io_size: of((l) => l.ioMin),
    optimal_io_size: of((l) => l.ioOpt),
    chunk_sectors: of((l) => l.chunkSectors),
    discard_granularity: shows(() => discardGranularity(dev.limits)),
    discard_max_bytes: committed(dev, {
      show: () => `${dev.limits.maxDiscardSectors * 512}\n`,
      store: (_dev, text) => storeMaxDiscard(dev, text),
    }),
    discard_max_hw_bytes: of((l) => l.maxHwDiscardSectors * 512),
    write_zeroes_max_bytes: of((l) => l.maxWriteZeroesSectors * 512),
    fua: of((l) => Number(l.writeCache && l.fua)),
    dma_alignment: shows(() => (scsiDeviceOf(dev) === null ? 511 : 3)),
    max_hw_sectors_kb: of(maxHwKb),
    max_segment_size: of((l) => l.maxSegmentSize),
    max_segments: of((l) => l.maxSegments),
    max_discard_segments: of((l) => l.maxDiscardSegments),
  };
}

/** The hardware's sectors, in whole logical blocks (blk_validate_limits). */
function maxHwKb({ logicalBlockSize, maxHwSectors }: QueueLimits): number {
  const block = logicalBlockSize / 512;
  return Math.floor((Math.floor(maxHwSectors / block) * block) / 2);
}

/** In bytes. Once discards are off, the granularity is 0 and nothing but 0 is a multiple of it: they stay off. */
function storeMaxDiscard(dev: BlockDevice, text: string): Errno | undefined {
  const bytes = parseUnsigned(text);
  if (bytes === null) return 'EINVAL';
  const granularity = discardGranularity(dev.limits);
  if (granularity === 0 ? bytes !== 0 : bytes % granularity !== 0) return 'EINVAL';
  const { maxHwDiscardSectors } = dev.limits;
  const maxDiscardSectors = Math.min(Math.floor(bytes / 512), maxHwDiscardSectors);
  dev.limits = withLimits(dev.limits, { maxDiscardSectors });
  return undefined;
}

/** Numbers that can be written and read back; few have an effect. */
function settings(dev: BlockDevice): SysfsAttributes<unknown> {
  const ramDisk = dev.major === 1;
  return {
    add_random: committed(dev, flag(false)),
    iostats: committed(dev, iostats(dev, !ramDisk)),
    stable_writes: committed(dev, flag(false)),
    nomerges: number(0, settleNoMerges),
    read_ahead_kb: {
      show: () => `${readAheadOf(dev) / 2}\n`,
      store: (_dev, text) => storeReadAhead(dev, text),
    },
  };
}

function storeReadAhead(dev: BlockDevice, text: string): Errno | undefined {
  const kb = parseUnsigned(text);
  if (kb === null) return 'EINVAL';
  setReadAhead(dev, kb * 2);
  return undefined;
}

/** 2: no request is merged with its neighbours; any other number: none but by the simplest look. */
const settleNoMerges = (wanted: number): number => (wanted === 2 ? 2 : Math.min(wanted, 1));

/** `settle` makes of a number that is written, and of the present one, what is kept. */
function number(
  initial: number,
  settle: (wanted: number, present: number) => number,
): SysfsAttribute<unknown> {
  let value = initial;
  return {
    show: () => `${value}\n`,
    store(_dev, text) {
      const wanted = parseUnsigned(text);
      if (wanted === null) return 'EINVAL';
      value = settle(wanted, value);
      return undefined;
    },
  };
}

const flag = (initial: boolean): SysfsAttribute<unknown> =>
  number(initial ? 1 : 0, (wanted) => Math.min(wanted, 1));

/** Whether I/O that begins from now on is counted. */
function iostats(dev: BlockDevice, initial: boolean): SysfsAttribute<unknown> {
  let on = initial;
  return {
    show: () => `${Number(on)}\n`,
    store(_dev, text) {
      const wanted = parseUnsigned(text);
      if (wanted === null) return 'EINVAL';
      on = wanted !== 0;
      countInto(dev, on);
      return undefined;
    },
  };
}

function countInto(dev: BlockDevice, shown: boolean): void {
  if (shown === (dev.stats === dev.shownStats)) return;
  // It would have to end where it began.
  if (dev.stats.inFlight > 0)
    throw new NotSupported('sysfs', 0, `iostats of ${dev.name}, written while I/O is under way`);
  dev.stats = shown ? dev.shownStats : createDiskStats();
}

/** A scheduler holds at most twice this many requests, or twice the driver's tags (BLKDEV_DEFAULT_RQ). */
const DEFAULT_REQUESTS = 128;
const MIN_REQUESTS = 4;
const MAX_REQUESTS = 2048;

const SCHEDULERS: readonly SchedulerName[] = ['none', 'mq-deadline'];

/** The value of nr_requests after a change of scheduler. */
function defaultRequests(dev: BlockDevice, queue: RequestQueue): number {
  const scsi = scsiDeviceOf(dev);
  const tags = scsi === null ? queue.depth : scsi.host.canQueue;
  return queue.scheduler === 'none' ? tags : 2 * Math.min(tags, DEFAULT_REQUESTS);
}

function multiQueueAttributes(
  dev: BlockDevice,
  queue: RequestQueue,
  rotational: SysfsAttribute<unknown>,
): SysfsAttributes<unknown> {
  let requests = defaultRequests(dev, queue);
  return {
    nr_requests: {
      show: () => `${requests}\n`,
      store(_dev, text) {
        const value = parseUnsigned(text);
        if (value === null || value > MAX_REQUESTS) return 'EINVAL';
        requests = Math.max(MIN_REQUESTS, value);
        return undefined;
      },
    },
    rq_affinity: number(1, (wanted, present) => (wanted > 2 ? present : wanted)),
    scheduler: {
      show: () => `${SCHEDULERS.map((s) => (s === queue.scheduler ? `[${s}]` : s)).join(' ')} \n`,
      store(_dev, text) {
        const wanted = SCHEDULERS.find((name) => sameWord(text, name));
        if (wanted === undefined) return 'EINVAL';
        if (wanted === queue.scheduler) return undefined;
        queue.scheduler = wanted;
        Object.assign(queue.deadline, DEADLINE_DEFAULTS);
        requests = defaultRequests(dev, queue);
        return undefined;
      },
    },
    nomerges: {
      show: () => `${queue.noMerges}\n`,
      store(_dev, text) {
        const value = parseUnsigned(text);
        if (value === null) return 'EINVAL';
        queue.noMerges = settleNoMerges(value);
        return undefined;
      },
    },
    wbt_lat_usec: throttleLatency(rotational),
    ...(hasTimeout(dev) ? { io_timeout: ioTimeout(dev) } : {}),
  };
}

/** How long writing back may slow reads down, in microseconds: kept, and without effect. -1 is the default (wbt_default_latency_nsec). */
function throttleLatency(rotational: SysfsAttribute<unknown>): SysfsAttribute<unknown> {
  let value = 2000;
  return {
    show: () => `${value}\n`,
    store(owner, text) {
      const wanted = parseNumber(text, LONG);
      if (typeof wanted === 'string') return wanted;
      if (wanted < -1) return 'EINVAL';
      value = wanted >= 0 ? wanted : rotational.show?.(owner) === '1\n' ? 75_000 : 2000;
      return undefined;
    },
  };
}

/** True if the driver handles requests that take too long (->timeout); request-based dm does not. */
const hasTimeout = (dev: BlockDevice): boolean =>
  scsiDeviceOf(dev) !== null || dev.name.startsWith('nullb');

/** ms; of a SCSI device it is the same as device/timeout. */
function ioTimeout(dev: BlockDevice): SysfsAttribute<unknown> {
  const scsi = scsiDeviceOf(dev);
  let own = millis(5000);
  return {
    // In milliseconds, of which the kernel keeps 32 bits.
    show: () => `${((scsi?.timeout ?? own) / 1e6) % 2 ** 32}\n`,
    store(_dev, text) {
      const value = parseUnsigned(text);
      if (value === null || value === 0) return 'EINVAL';
      const timeout = millisInJiffies(value);
      if (scsi === null) own = timeout;
      else scsi.timeout = timeout;
      return undefined;
    },
  };
}

/** A setting that is one of the limits: they are all applied anew, and with them the read-ahead (queue_limits_commit_update). */
function committed(
  dev: BlockDevice,
  { show, store }: SysfsAttribute<unknown>,
): SysfsAttribute<unknown> {
  return {
    store(owner, text) {
      const error = store?.(owner, text);
      if (error === undefined) limitsApplied(dev);
      return error;
    },
    ...(show === undefined ? {} : { show }),
  };
}

/** 0 takes the default again; a page is the least. */
function storeMaxSectors(dev: BlockDevice, text: string): Errno | undefined {
  const kb = parseUnsigned(text);
  if (kb === null) return 'EINVAL';
  // The kernel keeps 32 bits of it.
  const maxUserSectors = (kb * 2) % 2 ** 32;
  if (maxUserSectors > 0 && maxUserSectors < 8) return 'EINVAL';
  const maxSectors = requestSectors({ ...dev.limits, maxUserSectors });
  dev.limits = withLimits(dev.limits, { maxUserSectors, maxSectors });
  return undefined;
}

function storeWriteCache(dev: BlockDevice, text: string): Errno | undefined {
  const on = sameWord(text, 'write back');
  if (!on && !sameWord(text, 'write through') && !sameWord(text, 'none')) return 'EINVAL';
  dev.limits = withLimits(dev.limits, { cacheOff: !on });
  return undefined;
}

function rotationalOf(dev: BlockDevice): SysfsAttribute<unknown> {
  return {
    show: () => `${Number(dev.limits.rotational)}\n`,
    store(_dev, text) {
      const wanted = parseUnsigned(text);
      if (wanted === null) return 'EINVAL';
      dev.limits = withLimits(dev.limits, { rotational: wanted !== 0 });
      return undefined;
    },
  };
}
