// partition.ts — Partitions of a disk as devices of their own. Mirrors block/partitions/core.c: add_partition, bdev_disk_changed, blk_add_partitions; block/blk-core.c: blk_partition_remap.
import type { Errno, Nanos } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import { BIO, bioEndio, createBio } from './bio.ts';
import type { BlockDevice } from './block-device.ts';
import { addDisk, createBlockDevice, devNumber, dropPartitions } from './block-device.ts';
import type { DiskStats } from './disk-stats.ts';
import { accountDone, accountStart } from './disk-stats.ts';
import { REQ_OP } from './op.ts';
import type { PartitionSpec } from './partition-table.ts';
import { findPartitions } from './partition-table.ts';
import { maxSectorsOf } from './split-bio.ts';
import { submitBioNoacct } from './submit-bio.ts';

/** The major of partitions beyond the minors of their disk (BLOCK_EXT_MAJOR). */
const EXT_MAJOR = 259;

/** `sda1`, `loop0p1` */
const nameOf = (disk: BlockDevice, number: number): string =>
  `${disk.name}${/\d$/.test(disk.name) ? 'p' : ''}${number}`;

function numbersOf(
  disk: BlockDevice,
  number: number,
): { readonly major: number; readonly minor: number } {
  if (number < disk.minors) return { major: disk.major, minor: disk.minor + number };
  let minor = 0;
  while (disk.layer.devices.has(devNumber(EXT_MAJOR, minor))) minor++;
  return { major: EXT_MAJOR, minor };
}

function addPartition(disk: BlockDevice, { number, start, sectors }: PartitionSpec): BlockDevice {
  const part = createBlockDevice(disk.layer, {
    ...numbersOf(disk, number),
    name: nameOf(disk, number),
    capacity: sectors,
    submit: submitToDisk,
    partition: { disk, number, start },
  });
  // It shares these with its disk.
  Object.defineProperties(part, {
    limits: { get: () => disk.limits },
    readAhead: {
      get: () => disk.readAhead,
      set(value: number) {
        disk.readAhead = value;
      },
    },
    readOnly: {
      get: () => part.protectedBy.administrator || disk.readOnly,
      set() {},
    },
  });
  disk.partitions.push(part);
  addDisk(part);
  return part;
}

/** A bio on its way through the disk. */
interface Remapped {
  readonly bio: Bio;
  readonly startedAt: Nanos;
  /** The requests that the disk makes of it. */
  readonly requests: number;
}

function submitToDisk(bio: Bio): void {
  const { dev, op, flags, nrSectors, data } = bio;
  const { partition } = dev;
  if (partition === null) return;
  const { disk, start } = partition;
  const sector = bio.sector + start;
  const clone = createBio(disk, { op, flags, sector, nrSectors, data }, endRemapped);
  clone.id = bio.id;
  clone.biFlags = BIO.REMAPPED;
  clone.dataOffset = bio.dataOffset;
  const requests = nrSectors === 0 ? 1 : Math.ceil(nrSectors / Math.max(1, maxSectorsOf(clone)));
  const remapped: Remapped = { bio, startedAt: disk.layer.sim.now, requests };
  clone.owner = remapped;
  if (disk.queue !== null) accountStart(dev.stats, remapped, op);
  submitBioNoacct(clone);
}

function endRemapped(clone: Bio): void {
  const remapped = clone.owner as Remapped;
  const { bio, requests } = remapped;
  const { stats, layer } = bio.dev;
  if (clone.dev.queue !== null) {
    // A flush counts as the write that asked for it.
    const op = bio.op === REQ_OP.FLUSH ? REQ_OP.WRITE : bio.op;
    if (op !== bio.op) stats.inFlightWrites++;
    accountDone(layer.sim, stats, remapped, op, bio.nrSectors);
    for (let more = requests - 1; more > 0; more--) countOnceMore(bio);
  }
  bio.status = clone.status;
  bioEndio(bio);
}

function countOnceMore({ op, dev: { stats } }: Bio): void {
  if (op === REQ_OP.READ) stats.read.ios++;
  else if (op === REQ_OP.DISCARD) stats.discard.ios++;
  else stats.write.ios++;
}

const PAGE_SECTORS = 8;

const pagesOfScan = (found: boolean): number => (found ? 1 : 3);

/** The search for partitions reads a page, and two more if there is no table in it, which the disk's statistics show. Returns the time for it, at `each` ns a page. */
export function countScan({ read }: DiskStats, found: boolean, each: Nanos = 0): Nanos {
  const pages = pagesOfScan(found);
  read.ns += pages * each;
  read.ios += pages;
  read.sectors += pages * PAGE_SECTORS;
  return pages * each;
}

/** Makes the partitions that the table on the disk's medium names, and says whether there is one; the log lists them. */
export function scanPartitions(disk: BlockDevice): boolean {
  const { peek, capacity, limits, layer } = disk;
  if (peek === null || capacity === 0) return false;
  const found = findPartitions(peek, capacity, limits.logicalBlockSize / 512);
  if (found === null) return false;
  const name = /\d$/.test(disk.name) ? 'p' : disk.name;
  for (const remark of found.remarks) printk(layer.sim, remark);
  printk(layer.sim, ` ${disk.name}:${found.text((number) => `${name}${number}`)}`);
  for (const spec of found.partitions) addWithin(disk, spec);
  return true;
}

/** blk_add_partition: a partition that reaches beyond the disk ends with it, or is none. */
function addWithin(disk: BlockDevice, spec: PartitionSpec): void {
  const { number, start, sectors } = spec;
  const left = disk.capacity - start;
  const tell = (text: string): void =>
    printk(disk.layer.sim, `${disk.name}: p${number} ${text} beyond EOD, truncated`);
  if (sectors === 0) return;
  if (left <= 0) tell(`start ${start} is`);
  else if (sectors > left) tell(`size ${sectors} extends`);
  if (left > 0) addPartition(disk, { ...spec, sectors: Math.min(sectors, left) });
}

/** Tells that the disk is there, and then its partitions (disk_uevent). */
export function announceDisk(disk: BlockDevice): void {
  disk.layer.hooks.onDisk(disk, 'add');
  announcePartitions(disk);
}

function announcePartitions({ partitions, layer: { hooks } }: BlockDevice): void {
  for (const part of partitions) hooks.onPartition(part, 'add');
}

/** Looks for partitions, and counts the pages that are read for that. True if there is a table. */
export function searchPartitions(disk: BlockDevice): boolean {
  const found = scanPartitions(disk);
  countScan(disk.stats, found);
  disk.queue?.ops.onScan?.(disk, pagesOfScan(found));
  return found;
}

/**
 * BLKRRPART: looks for partitions anew. EBUSY while one is open or the disk is claimed. The driver asks the disk first what it is. The
 * reads show in the statistics unless somebody else holds the disk, and with it what was read before.
 */
export function rescanPartitions(disk: BlockDevice): Errno | undefined {
  if (disk.partition !== null) return 'EINVAL';
  if (disk.holder !== null || disk.partitions.some(({ openers }) => openers > 0)) return 'EBUSY';
  dropPartitions(disk);
  disk.queue?.ops.onRescan?.(disk);
  const found = disk.openers <= 1 ? searchPartitions(disk) : scanPartitions(disk);
  if (found) disk.layer.hooks.onPartition(disk, 'change');
  announcePartitions(disk);
  return undefined;
}
