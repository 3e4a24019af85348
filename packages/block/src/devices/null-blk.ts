// null-blk.ts — Disks that do nothing, in a known time, for measuring the layers above. Mirrors drivers/block/null_blk/main.c.
import type { Nanos } from '@dmsim/sim';
import { printk, schedule } from '@dmsim/sim';

import type { Bio } from '../bio.ts';
import type { BlockDevice, BlockLayer, Extent } from '../block-device.ts';
import { addDisk, createBlockDevice } from '../block-device.ts';
import { createDiskStats } from '../disk-stats.ts';
import { endRequest } from '../end-request.ts';
import type { QueueLimits } from '../limits.ts';
import { REQ_OP } from '../op.ts';
import { announceDisk, countScan } from '../partition.ts';
import { createRequestQueue } from '../request-queue.ts';
import { BLK_STS } from '../status.ts';
import type { Store } from '../store.ts';
import { createStore, peekStore } from '../store.ts';
import { transfer } from '../transfer.ts';

/** The kernel assigns it when the module loads; this is its value once dm and virtio are loaded. */
const NULL_MAJOR = 252;
const SECTORS_PER_GIB = 2097152;

/** Module parameters, by the names and with the defaults of Linux. */
export interface NullBlkParams {
  readonly nr_devices: number;
  readonly gb: number;
  readonly bs: number;
  /** For irqmode 2. */
  readonly completion_nsec: Nanos;
  /** 0 none and 1 softirq complete at once; 2 uses a timer. */
  readonly irqmode: 0 | 1 | 2;
  /** 2 multi-queue; 0 and 1 are modes of former kernels, and become it. */
  readonly queue_mode: 0 | 1 | 2;
  readonly hw_queue_depth: number;
  readonly memory_backed: boolean;
  readonly discard: boolean;
  /** Sectors; 0 = the default of drivers. */
  readonly max_sectors: number;
}

/** How one disk is made: by modprobe, or through configfs, which gives it a name and a size of its own. */
export interface NullDiskSpec {
  readonly minor: number;
  readonly name: string;
  /** In sectors. */
  readonly capacity: number;
  /** Ranges of sectors whose I/O fails; they may change. */
  readonly badBlocks?: readonly Extent[];
}

export const NULL_BLK_DEFAULTS: NullBlkParams = {
  nr_devices: 1,
  gb: 250,
  bs: 512,
  completion_nsec: 10_000,
  irqmode: 1,
  queue_mode: 2,
  hw_queue_depth: 64,
  memory_backed: false,
  discard: false,
  max_sectors: 0,
};

const FORMER_MODES: Readonly<Record<number, string>> = {
  0: 'BIO-based',
  1: 'legacy',
};

const DEFAULT_MAX_SECTORS = 255;

/** modprobe null_blk */
export function createNullDisks(
  layer: BlockLayer,
  params: Partial<NullBlkParams> = {},
): BlockDevice[] {
  const { sim } = layer;
  const all = { ...NULL_BLK_DEFAULTS, ...params };
  const disks: BlockDevice[] = [];
  for (let minor = 0; minor < all.nr_devices; minor++) {
    const capacity = all.gb * SECTORS_PER_GIB;
    disks.push(addNullDisk(layer, all, { minor, name: `nullb${minor}`, capacity }));
  }
  printk(sim, 'null_blk: module loaded');
  return disks;
}

/** null_add_dev */
export function addNullDisk(
  layer: BlockLayer,
  params: NullBlkParams,
  spec: NullDiskSpec,
): BlockDevice {
  const { sim } = layer;
  const former = FORMER_MODES[params.queue_mode];
  if (params.discard && !params.memory_backed)
    printk(sim, 'null_blk: discard option is ignored without memory backing');
  if (former !== undefined)
    printk(sim, `null_blk: ${former} IO path is no longer available, using blk-mq instead.`);
  const disk = createNullDisk(layer, params, spec);
  countScan(disk.stats, false, delayOf(params));
  printk(sim, `null_blk: disk ${disk.name} created`);
  addDisk(disk);
  announceDisk(disk);
  return disk;
}

function createNullDisk(
  layer: BlockLayer,
  params: NullBlkParams,
  { minor, name, capacity, badBlocks }: NullDiskSpec,
): BlockDevice {
  const store = params.memory_backed ? createStore() : null;
  const spec = {
    major: NULL_MAJOR,
    minor,
    name,
    capacity,
    limits: limitsOf(params),
  };
  const { sim } = layer;
  const delay = delayOf(params);
  const queue = createRequestQueue(layer, {
    name: spec.name,
    depth: params.hw_queue_depth,
    scheduler: 'none',
    ops: {
      queueRq(rq) {
        schedule(sim, rq.due, delay);
        return 'ok';
      },
      complete(rq) {
        if (badBlocks !== undefined && isBad(badBlocks, rq.bio.sector, rq.bio.nrSectors)) {
          endRequest(rq, BLK_STS.IOERR);
          return;
        }
        serve(rq.bio, store);
        endRequest(rq, BLK_STS.OK);
      },
    },
  });
  const disk = createBlockDevice(layer, {
    ...spec,
    queue,
    ...(store === null
      ? {}
      : { peek: (sector: number, nrSectors: number) => peekStore(store, sector, nrSectors) }),
  });
  queue.dev = disk;
  return disk;
}

/** The time that each request takes. */
const delayOf = ({ irqmode, completion_nsec: time }: NullBlkParams): Nanos =>
  irqmode === 2 ? time : 0;

/** The time for which adding a disk waits: that of the search for partitions. */
export const scanTime = (params: NullBlkParams): Nanos =>
  countScan(createDiskStats(), false, delayOf(params));

const isBad = (bad: readonly Extent[], sector: number, nrSectors: number): boolean =>
  bad.some(({ from, end }) => sector < end && sector + nrSectors > from);

function limitsOf({
  bs,
  max_sectors,
  memory_backed,
  discard,
}: NullBlkParams): Partial<QueueLimits> {
  const perBlock = bs / 512;
  const discardSectors = memory_backed && discard ? 0x7fffff : 0;
  const sectors = max_sectors > 0 ? max_sectors : DEFAULT_MAX_SECTORS;
  // A whole number of blocks, and of KiB where sysfs shows it.
  const most = Math.max(
    perBlock,
    Math.floor(sectors / Math.max(perBlock, 2)) * Math.max(perBlock, 2),
  );
  return {
    logicalBlockSize: bs,
    physicalBlockSize: bs,
    ioMin: bs,
    maxSectors: most,
    maxHwSectors: most,
    maxDiscardSectors: discardSectors,
    maxHwDiscardSectors: discardSectors,
  };
}

/** Without a store, reads return zeroes whatever was written. */
function serve(bio: Bio, store: Store | null): void {
  if (store !== null) transfer(bio, store);
  else if (bio.op === REQ_OP.READ && bio.data !== null)
    bio.data.fill(0, bio.dataOffset, bio.dataOffset + bio.nrSectors * 512);
}
