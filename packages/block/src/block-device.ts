// block-device.ts — A disk as the rest of the kernel sees it. Mirrors include/linux/blkdev.h: struct gendisk, include/linux/blk_types.h: struct block_device.
import type { Errno, Sim } from '@dmsim/sim';

import type { Bio, BioList } from './bio.ts';
import { createBioList } from './bio.ts';
import type { DiskStats } from './disk-stats.ts';
import { createDiskStats } from './disk-stats.ts';
import type { QueueLimits } from './limits.ts';
import { DEFAULT_LIMITS, withLimits } from './limits.ts';
import type { Plug } from './plug.ts';
import type { RateLimit } from './ratelimit.ts';
import type { RequestQueue } from './request.ts';
import { hashSector } from './sector-hash.ts';

/** Callbacks by which a machine learns of its disks. */
export interface BlockHooks {
  /** A disk was made because its number was asked for; it is open while its partition table is read. */
  readonly onProbe: (dev: BlockDevice) => void;
  /** The last opener has closed the disk. */
  readonly onLastClose: (dev: BlockDevice) => void;
  /** The disk is removed, open or not, and takes no I/O any more. */
  readonly onRemoval: (dev: BlockDevice) => void;
  /** A whole disk has come, or is about to go. */
  readonly onDisk: (disk: BlockDevice, action: 'add' | 'remove') => void;
  /** A partition has come, or is about to go. */
  readonly onPartition: (part: BlockDevice, action: 'add' | 'remove' | 'change') => void;
}

const NO_HOOKS: BlockHooks = {
  onProbe: nothing,
  onLastClose: nothing,
  onRemoval: nothing,
  onDisk: nothing,
  onPartition: nothing,
};

/** The medium that holds the sectors of a device at this instant. All ways to a medium share its number; 0 if it is unknown. */
export interface Placement {
  /** Equal for equal placements of one device; 0: some of it is unknown. */
  readonly key: () => number;
  readonly mediumOf: (sector: number) => number;
  /** The sector there. */
  readonly sectorOf: (sector: number) => number;
  /** How many sectors from this one on are known to follow each other there: at least 1. */
  readonly following: (sector: number) => number;
}

/** Sectors `from … end-1`. */
export interface Extent {
  from: number;
  end: number;
}

/** All disks of one machine, and the state of the submission in progress. */
export interface BlockLayer {
  readonly sim: Sim;
  /** By `devNumber`. */
  readonly devices: Map<number, BlockDevice>;
  /** The same by name, which no two have. */
  readonly byName: Map<string, BlockDevice>;
  /** By major: makes the disk that a minor belongs to when its number is asked for; null if it is there (the probe of __register_blkdev). */
  readonly probes: Map<number, (minor: number) => BlockDevice | null>;
  readonly hooks: BlockHooks;
  /** True while a driver's submit runs: bios that it submits wait (current->bio_list). */
  submitting: boolean;
  /** The first bio that it submitted; the others are in `fresh`. */
  next: Bio | null;
  readonly fresh: BioList;
  readonly pending: BioList;
  /** Requests that wait for their neighbours (current->plug). */
  plug: Plug | null;
  bioIds: number;
  diskSeqs: number;
  /** Set when the trace is to show data: where a device's sectors are. Null: data is not traced. */
  placementOf: ((dev: BlockDevice) => Placement) | null;
  /** Tells the contents of sectors apart in the trace, from 128 words each: `hashSector`, unless all that is written has stamps. */
  hashSector: (words: Int32Array, from: number) => number;
  /** By medium: where there may be data in the trace. Reads from elsewhere can't be checked, and are not traced. */
  readonly written: Map<number, Extent>;
  /** By the kernel function that prints. */
  readonly rateLimits: Map<string, RateLimit>;
}

export function createBlockLayer(sim: Sim, hooks: BlockHooks = NO_HOOKS): BlockLayer {
  return {
    sim,
    devices: new Map(),
    byName: new Map(),
    probes: new Map(),
    hooks,
    submitting: false,
    next: null,
    fresh: createBioList(),
    pending: createBioList(),
    plug: null,
    bioIds: 0,
    diskSeqs: 0,
    placementOf: null,
    hashSector,
    written: new Map(),
    rateLimits: new Map(),
  };
}

/** The facts that make a device a partition. */
export interface Partition {
  readonly disk: BlockDevice;
  /** From 1 on. */
  readonly number: number;
  /** Its first sector on the disk. */
  readonly start: number;
}

/** The purposes for which a device is opened, besides reading. */
export interface OpenMode {
  readonly write: boolean;
}

const READ: OpenMode = { write: false };

export interface BlockDevice {
  readonly layer: BlockLayer;
  readonly major: number;
  readonly minor: number;
  /** `devNumber(major, minor)` */
  readonly dev: number;
  /** The kernel's disk name, `sda` (`%pg`). */
  readonly name: string;
  /** No other disk of this machine ever has it; partitions have that of their disk. */
  diskSeq: number;
  /** Sectors. */
  capacity: number;
  /** Set by `setReadOnly`, for either reason. */
  readOnly: boolean;
  /** The driver protects the disk (GD_READ_ONLY), or an administrator does (BD_READ_ONLY). */
  readonly protectedBy: { driver: boolean; administrator: boolean };
  /** The log told of a write to it while it was read-only: it does so once. */
  warnedReadOnly: boolean;
  limits: QueueLimits;
  /** How often another table has set its limits anew. */
  limitsReplaced: number;
  /** Set by `readAheadOf`; null until it is first called. */
  readAhead: number | null;
  /** Its I/O in numbers. */
  readonly shownStats: DiskStats;
  /** Where its I/O is counted: `shownStats`, or a place that nobody looks at while queue/iostats is 0. */
  stats: DiskStats;
  /** Gives a bio to the driver, which ends it some time (->submit_bio). Null: bios become requests of `queue`. */
  readonly submit: ((bio: Bio) => void) | null;
  /** The blk-mq queue, if the device has one: request-based dm can be stacked on it. */
  readonly queue: RequestQueue | null;
  /** How many numbers it has, its own and those of partitions. */
  readonly minors: number;
  /** Null for a whole disk. */
  readonly partition: Partition | null;
  /** Those of a disk, by number. */
  readonly partitions: BlockDevice[];
  /** Reads the medium at once, past queues and errors, as the search for partitions does. Null: it has none. */
  readonly peek: ((sector: number, nrSectors: number) => Uint8Array) | null;
  /** How many have it open: programs, mounts, dm tables, and openers of its partitions. */
  openers: number;
  /** The exclusive holder, which may claim it several times (bd_claim): `'device-mapper'`, a mount. */
  holder: string | null;
  holders: number;
  /** It was unplugged but is still open; all I/O fails. */
  dying: boolean;
  /** Asks the driver: an errno if the disk can't be opened now (->open). */
  readonly onOpen: (dev: BlockDevice, mode: OpenMode) => Errno | undefined;
  /** Called when the last opener closes it (->release). */
  readonly onClose: (dev: BlockDevice) => void;
  /** Called when the last opener of an unplugged disk closes it. */
  readonly onRelease: (dev: BlockDevice) => void;
}

/** Packs major and minor into one number, as a dev_t does (12 and 20 bits). */
export const devNumber = (major: number, minor: number): number => major * 1048576 + minor;

export const formatDev = (dev: BlockDevice): string => `${dev.major}:${dev.minor}`;

export interface BlockDeviceSpec {
  readonly major: number;
  readonly minor: number;
  readonly name: string;
  readonly capacity: number;
  readonly limits?: Partial<QueueLimits>;
  /** Either this or `queue`. */
  readonly submit?: (bio: Bio) => void;
  readonly queue?: RequestQueue;
  /** Taken already, for a disk that is made later than its number. @defaultValue the next one */
  readonly diskSeq?: number;
  /** @defaultValue 1 */
  readonly minors?: number;
  readonly partition?: Partition;
  readonly peek?: (sector: number, nrSectors: number) => Uint8Array;
  readonly onOpen?: (dev: BlockDevice, mode: OpenMode) => Errno | undefined;
  readonly onClose?: (dev: BlockDevice) => void;
  readonly onRelease?: (dev: BlockDevice) => void;
}

/** Those of every device that has none of its own. */
const NO_LIMITS: QueueLimits = withLimits(DEFAULT_LIMITS);

/** alloc_disk. The disk can be found only after `addDisk`. */
export function createBlockDevice(layer: BlockLayer, spec: BlockDeviceSpec): BlockDevice {
  const shownStats = createDiskStats();
  return {
    layer,
    major: spec.major,
    minor: spec.minor,
    dev: devNumber(spec.major, spec.minor),
    name: spec.name,
    diskSeq: sequenceNumber(layer, spec),
    capacity: spec.capacity,
    readOnly: false,
    protectedBy: { driver: false, administrator: false },
    warnedReadOnly: false,
    limits: spec.limits === undefined ? NO_LIMITS : withLimits(DEFAULT_LIMITS, spec.limits),
    limitsReplaced: 0,
    readAhead: null,
    shownStats,
    stats: shownStats,
    submit: spec.submit ?? null,
    queue: spec.queue ?? null,
    minors: spec.minors ?? 1,
    partition: spec.partition ?? null,
    partitions: [],
    peek: spec.peek ?? null,
    openers: 0,
    holder: null,
    holders: 0,
    dying: false,
    onOpen: spec.onOpen ?? mayOpen,
    onClose: spec.onClose ?? nothing,
    onRelease: spec.onRelease ?? nothing,
  };
}

/** A partition has that of its disk. */
const sequenceNumber = (layer: BlockLayer, { diskSeq, partition }: BlockDeviceSpec): number =>
  diskSeq ?? partition?.disk.diskSeq ?? ++layer.diskSeqs;

function nothing(): void {}

const mayOpen = (): undefined => undefined;

export function addDisk(dev: BlockDevice): void {
  dev.layer.devices.set(dev.dev, dev);
  dev.layer.byName.set(dev.name, dev);
}

/** blk_drop_partitions */
export function dropPartitions({ partitions, layer: { hooks } }: BlockDevice): void {
  for (const part of partitions.splice(0)) {
    hooks.onPartition(part, 'remove');
    hooks.onRemoval(part);
    delDisk(part);
  }
}

/** del_gendisk: the disk and its partitions can't be found any more, and their openers get errors. */
export function delDisk(dev: BlockDevice): void {
  dropPartitions(dev);
  if (dev.partition === null) dev.layer.hooks.onDisk(dev, 'remove');
  dev.dying = true;
  // Openers that go on reading reach its end at once; writes are refused. A partition keeps its size.
  if (dev.partition === null) dev.capacity = 0;
  dev.layer.devices.delete(dev.dev);
  if (dev.layer.byName.get(dev.name) === dev) dev.layer.byName.delete(dev.name);
  if (dev.openers === 0) dev.onRelease(dev);
}

/** Each disk, and after it its partitions, as /proc lists them. */
export function* disksAndPartitions({ devices }: BlockLayer): IterableIterator<BlockDevice> {
  for (const dev of devices.values()) {
    if (dev.partition !== null) continue;
    yield dev;
    yield* dev.partitions;
  }
}

/** set_disk_ro, BLKROSET: it is read-only while either wants that. True if `by` wanted something else before. */
export function setReadOnly(
  dev: BlockDevice,
  by: keyof BlockDevice['protectedBy'],
  readOnly: boolean,
): boolean {
  if (dev.protectedBy[by] === readOnly) return false;
  dev.protectedBy[by] = readOnly;
  dev.readOnly = dev.protectedBy.driver || dev.protectedBy.administrator;
  return true;
}

/** blkdev_get_no_open, blk_request_module */
export function findDevice(
  layer: BlockLayer,
  major: number,
  minor: number,
): BlockDevice | undefined {
  const dev = layer.devices.get(devNumber(major, minor));
  if (dev !== undefined) return dev;
  const made = layer.probes.get(major)?.(minor) ?? null;
  if (made === null) return undefined;
  layer.hooks.onProbe(made);
  // The number may be that of a partition, which the disk lacks.
  return layer.devices.get(devNumber(major, minor));
}

/** The holder of a disk that has claimed partitions (bd_may_claim). */
const PARTITION_HOLDER = 'a partition';

/**
 * blkdev_get. With `holder` the disk is claimed, which only the same holder may do again, and whose partitions nobody may claim.
 * A partition opens its disk, too. EBUSY, or the driver's errno.
 */
export function openDevice(
  dev: BlockDevice,
  holder: string | null = null,
  mode: OpenMode = READ,
): Errno | undefined {
  if (holder !== null && dev.holder !== null && dev.holder !== holder) return 'EBUSY';
  const refused =
    dev.partition === null
      ? dev.onOpen(dev, mode)
      : openDevice(dev.partition.disk, holder === null ? null : PARTITION_HOLDER, mode);
  if (refused !== undefined) return refused;
  if (holder !== null) {
    dev.holder = holder;
    dev.holders++;
  }
  dev.openers++;
  return undefined;
}

/** blkdev_put */
export function closeDevice(dev: BlockDevice, holder: string | null = null): void {
  if (holder !== null && --dev.holders === 0) dev.holder = null;
  if (--dev.openers === 0) {
    dev.layer.hooks.onLastClose(dev);
    // Its pages are still being written back; the worker that does so closes it.
    if (dev.openers > 0) {
      if (holder !== null && dev.partition !== null) unclaim(dev.partition.disk);
      return;
    }
    dev.onClose(dev);
    if (dev.dying) dev.onRelease(dev);
  }
  if (dev.partition !== null)
    closeDevice(dev.partition.disk, holder === null ? null : PARTITION_HOLDER);
}

function unclaim(disk: BlockDevice): void {
  if (--disk.holders === 0) disk.holder = null;
}
