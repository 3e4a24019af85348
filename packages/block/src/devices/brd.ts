// brd.ts — Ram disks: bio-based, no queue, done before submit returns. Mirrors drivers/block/brd.c: brd_submit_bio, brd_do_discard, brd_probe, brd_alloc.
import type { Bio } from '../bio.ts';
import { bioEndio } from '../bio.ts';
import type { BlockDevice, BlockLayer } from '../block-device.ts';
import { addDisk, createBlockDevice, devNumber } from '../block-device.ts';
import type { QueueLimits } from '../limits.ts';
import { REQ_OP } from '../op.ts';
import { announceDisk } from '../partition.ts';
import type { Store } from '../store.ts';
import { createStore, peekStore, zeroStore } from '../store.ts';
import { transfer } from '../transfer.ts';

const RAMDISK_MAJOR = 1;
const PAGE_SECTORS = 8;

export interface RamDiskOptions {
  /** rd_nr @defaultValue 16 */
  readonly count?: number;
  /** rd_size, KiB @defaultValue 16384 */
  readonly sizeKb?: number;
  /** max_part: the numbers that a disk and its partitions have together @defaultValue 1 */
  readonly maxPart?: number;
}

const LIMITS: Partial<QueueLimits> = {
  physicalBlockSize: 4096,
  ioMin: 4096,
  maxSectors: 255,
  maxHwSectors: 255,
  maxDiscardSectors: 0xffffffff,
  maxHwDiscardSectors: 0xffffffff,
};

/** modprobe brd: makes ram0 …; disks of higher numbers are made when their number is asked for (brd_probe). */
export function createRamDisks(layer: BlockLayer, options: RamDiskOptions = {}): BlockDevice[] {
  const { count = 16, maxPart = 1 } = options;
  layer.probes.set(RAMDISK_MAJOR, (minor) => {
    const number = Math.floor(minor / maxPart);
    const isThere = layer.devices.has(devNumber(RAMDISK_MAJOR, number * maxPart));
    return isThere ? null : createRamDisk(layer, number, options);
  });
  return Array.from({ length: count }, (_, number) => createRamDisk(layer, number, options));
}

/** brd_alloc */
function createRamDisk(
  layer: BlockLayer,
  minor: number,
  { sizeKb = 16384, maxPart = 1 }: RamDiskOptions,
): BlockDevice {
  const store = createStore();
  const disk = createBlockDevice(layer, {
    major: RAMDISK_MAJOR,
    minor: minor * maxPart,
    minors: maxPart,
    name: `ram${minor}`,
    peek: (sector, nrSectors) => peekStore(store, sector, nrSectors),
    capacity: sizeKb * 2,
    limits: LIMITS,
    submit(bio) {
      if (bio.op === REQ_OP.DISCARD) discardPages(store, bio);
      else transfer(bio, store);
      bioEndio(bio);
    },
  });
  addDisk(disk);
  announceDisk(disk);
  return disk;
}

/** Frees the pages that lie wholly inside the range; the rest of the range keeps its data. */
function discardPages(store: Store, { sector, nrSectors }: Bio): void {
  const from = Math.ceil(sector / PAGE_SECTORS) * PAGE_SECTORS;
  const to = Math.floor((sector + nrSectors) / PAGE_SECTORS) * PAGE_SECTORS;
  if (to > from) zeroStore(store, from, to - from);
}
