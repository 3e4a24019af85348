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

/** What a machine wants to know of its disks. */
export interface BlockHooks {
  /** One was made because someone asked for its number, and has it open while its partition table is read. */
  readonly onProbe: (dev: BlockDevice) => void;
  /** No one has it open any more. */
  readonly onLastClose: (dev: BlockDevice) => void;
}

const NO_HOOKS: BlockHooks = { onProbe: nothing, onLastClose: nothing };

/** All disks of one machine, and the state of the submission in progress. */
export interface BlockLayer {
  readonly sim: Sim;
  /** By `devNumber`. */
  readonly devices: Map<number, BlockDevice>;
  /** By major: makes the disk of a minor that someone asks for, where a driver does that (__register_blkdev's probe). */
  readonly probes: Map<number, (minor: number) => BlockDevice>;
  readonly hooks: BlockHooks;
  /** A driver's submit is running: what it submits waits (current->bio_list). */
  submitting: boolean;
  /** The first bio it submitted; the others stand in `fresh`. */
  next: Bio | null;
  readonly fresh: BioList;
  readonly pending: BioList;
  /** Requests that wait for their neighbours (current->plug). */
  plug: Plug | null;
  bioIds: number;
  /**
   * Whoever listens to the trace wants to know the data too, a record per sector: which medium a device leads to, by a
   * number that all ways to it share; 0 where no one can tell. Null: no one asks.
   */
  mediumOf: ((dev: BlockDevice) => number) | null;
  /** By the kernel function that prints. */
  readonly rateLimits: Map<string, RateLimit>;
}

export function createBlockLayer(sim: Sim, hooks: BlockHooks = NO_HOOKS): BlockLayer {
  return {
    sim,
    devices: new Map(),
    probes: new Map(),
    hooks,
    submitting: false,
    next: null,
    fresh: createBioList(),
    pending: createBioList(),
    plug: null,
    bioIds: 0,
    mediumOf: null,
    rateLimits: new Map(),
  };
}

export interface BlockDevice {
  readonly layer: BlockLayer;
  readonly major: number;
  readonly minor: number;
  /** `devNumber(major, minor)` */
  readonly dev: number;
  /** The kernel's disk name, `sda` (`%pg`). */
  readonly name: string;
  /** Sectors. */
  capacity: number;
  readOnly: boolean;
  limits: QueueLimits;
  /** See `readAheadOf`: null until someone asks. */
  readAhead: number | null;
  readonly stats: DiskStats;
  /** The driver takes the bio over, and ends it sometime (->submit_bio). Null: its bios become requests of `queue`. */
  readonly submit: ((bio: Bio) => void) | null;
  /** blk-mq, where the device has it: request-based dm can stand on it. */
  readonly queue: RequestQueue | null;
  /** Whoever has it open: programs, mounts, dm tables. */
  openers: number;
  /** Set by a holder that shares with no one but itself (bd_claim): `'device-mapper'`, a mount. */
  holder: string | null;
  holders: number;
  /** Unplugged: still held by someone, but all I/O fails. */
  dying: boolean;
  /** The driver's say in it: an errno when it can't be opened now (->open). */
  readonly onOpen: (dev: BlockDevice) => Errno | undefined;
  /** Someone has closed it, and no one else has it open (->release). */
  readonly onClose: (dev: BlockDevice) => void;
  /** It is unplugged, and its last opener has gone. */
  readonly onRelease: (dev: BlockDevice) => void;
}

/** One number for major:minor, as a dev_t (12 and 20 bits). */
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
  readonly onOpen?: (dev: BlockDevice) => Errno | undefined;
  readonly onClose?: (dev: BlockDevice) => void;
  readonly onRelease?: (dev: BlockDevice) => void;
}

/** alloc_disk; it can be found once `addDisk` was called. */
export function createBlockDevice(layer: BlockLayer, spec: BlockDeviceSpec): BlockDevice {
  return {
    layer,
    major: spec.major,
    minor: spec.minor,
    dev: devNumber(spec.major, spec.minor),
    name: spec.name,
    capacity: spec.capacity,
    readOnly: false,
    limits: withLimits(DEFAULT_LIMITS, spec.limits),
    readAhead: null,
    stats: createDiskStats(),
    submit: spec.submit ?? null,
    queue: spec.queue ?? null,
    openers: 0,
    holder: null,
    holders: 0,
    dying: false,
    onOpen: spec.onOpen ?? mayOpen,
    onClose: spec.onClose ?? nothing,
    onRelease: spec.onRelease ?? nothing,
  };
}

function nothing(): void {}

const mayOpen = (): undefined => undefined;

export function addDisk(dev: BlockDevice): void {
  dev.layer.devices.set(dev.dev, dev);
}

/** del_gendisk: it can't be found any more; who holds it gets errors. */
export function delDisk(dev: BlockDevice): void {
  dev.dying = true;
  // Who reads it on meets its end; who writes is refused.
  dev.capacity = 0;
  dev.layer.devices.delete(dev.dev);
  if (dev.openers === 0) dev.onRelease(dev);
}

/** blkdev_get_no_open, blk_request_module */
export function findDevice(
  layer: BlockLayer,
  major: number,
  minor: number,
): BlockDevice | undefined {
  const dev = layer.devices.get(devNumber(major, minor));
  if (dev !== undefined) return dev;
  const made = layer.probes.get(major)?.(minor);
  if (made !== undefined) layer.hooks.onProbe(made);
  return made;
}

/** blkdev_get: with a holder it is claimed, which only the same holder may do again. */
export function openDevice(dev: BlockDevice, holder: string | null = null): Errno | undefined {
  if (holder !== null && dev.holder !== null && dev.holder !== holder) return 'EBUSY';
  const refused = dev.onOpen(dev);
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
  if (--dev.openers > 0) return;
  dev.layer.hooks.onLastClose(dev);
  // Its pages are still being written back: whoever does that closes it again.
  if (dev.openers > 0) return;
  dev.onClose(dev);
  if (dev.dying) dev.onRelease(dev);
}
