// loop.ts — Loop devices: files as disks. Mirrors drivers/block/loop.c: loop_add, loop_configure, loop_clr_fd, lo_release, loop_set_capacity, do_req_filebacked.
import type { Errno, Process, Task } from '@dmsim/sim';
import { printk, schedule, spawn } from '@dmsim/sim';

import type { Bio } from '../bio.ts';
import type { BlockDevice, BlockLayer } from '../block-device.ts';
import { addDisk, createBlockDevice, dropPartitions, setReadOnly } from '../block-device.ts';
import { endRequest } from '../end-request.ts';
import type { QueueLimits } from '../limits.ts';
import { cachesWrites, withLimits } from '../limits.ts';
import { REQ, REQ_OP } from '../op.ts';
import { announceDisk, rescanPartitions } from '../partition.ts';
import { createRequestQueue } from '../request-queue.ts';
import type { QueueOps, Request } from '../request.ts';
import type { BlkStatus } from '../status.ts';
import { BLK_STS } from '../status.ts';

const LOOP_MAJOR = 7;
const DEPTH = 128;
const SECTOR = 512;
const MAX_DISCARD_SECTORS = 0x7fffff;
/** The block size of the file system that holds the file, in bytes. */
const FILE_BLOCK = 4096;

/** A disk, or a file on one, behind a loop device: a worker reads and writes it. */
export interface LoopBacking {
  size(): number;
  /** Carries out a request; `at` is in bytes. */
  serve(worker: Process, at: number, bio: Bio): Task<BlkStatus>;
  /** The bytes there, for those who can't wait. */
  peek(at: number, max: number): Uint8Array;
  /** How much it can discard or zero at once, in sectors, and in which units of bytes. */
  readonly maxDiscardSectors: number;
  readonly discardGranularity: number;
  readonly rotational: boolean;
  /** Past the page cache from now on, or no longer. */
  setDirect(on: boolean): void;
}

/** A file in memory behind a loop device. */
export interface LoopFile {
  size(): number;
  readAt(offset: number, max: number): Uint8Array;
  /** How many bytes found room, or why none did. */
  writeAt(offset: number, bytes: Uint8Array): number | Errno;
  /** Makes a hole (fallocate). */
  punch(offset: number, length: number): void;
}

/** The arguments of LOOP_CONFIGURE. Offset and limit are in bytes; a limit of 0 means none. */
export interface LoopSetup {
  readonly file: LoopFile | LoopBacking;
  /** The name of the file, as it is now. */
  readonly nameOf: () => string;
  readonly offset: number;
  readonly sizeLimit: number;
  readonly blockSize: number;
  readonly readOnly: boolean;
  readonly partScan: boolean;
  /** Closes the file. */
  readonly release: () => void;
}

export interface Loop {
  readonly disk: BlockDevice;
  /** Null while no file is behind it. */
  setup: LoopSetup | null;
  /** Lets the file go when the last opener closes the device. */
  autoclear: boolean;
  /** Reads and writes of the file go past the page cache, which changes nothing for files in memory. */
  directIo: boolean;
  /** Requests for a disk, which a worker serves one after another. */
  readonly queued: Request[];
  working: boolean;
}

export interface LoopDriver {
  readonly layer: BlockLayer;
  /** By minor number. */
  readonly loops: Map<number, Loop>;
}

/** `maxLoop` as the kernel's parameter max_loop: how many there are from the start. */
export function createLoopDriver(layer: BlockLayer, maxLoop: number): LoopDriver {
  const driver: LoopDriver = { layer, loops: new Map() };
  for (let minor = 0; minor < maxLoop; minor++) makeLoop(driver, minor);
  return driver;
}

/** loop_add */
export function addLoop(driver: LoopDriver, minor: number): Loop {
  const loop = makeLoop(driver, minor);
  announceDisk(loop.disk);
  return loop;
}

function makeLoop(driver: LoopDriver, minor: number): Loop {
  const { layer } = driver;
  const name = `loop${minor}`;
  const queue = createRequestQueue(layer, {
    name,
    depth: DEPTH,
    scheduler: 'none',
    ops: LOOP_OPS,
  });
  const disk = createBlockDevice(layer, {
    major: LOOP_MAJOR,
    minor,
    name,
    capacity: 0,
    queue,
    peek: (sector, nrSectors) => peekFile(loop, sector, nrSectors),
    onClose: () => {
      if (loop.autoclear) letGo(loop);
    },
  });
  const loop: Loop = {
    disk,
    setup: null,
    autoclear: false,
    directIo: false,
    queued: [],
    working: false,
  };
  queue.dev = disk;
  queue.queuedata = loop;
  addDisk(disk);
  driver.loops.set(minor, loop);
  return loop;
}

const LOOP_OPS: QueueOps = {
  // A worker serves the requests, one after another.
  queueRq(rq) {
    schedule(rq.queue.sim, rq.due, 0);
    return 'ok';
  },
  complete: serveRequest,
};

const BLOCK_SIZES: ReadonlySet<number> = new Set([512, 1024, 2048, 4096]);

/** The device of the lowest number without a file; if there is none, one more of the lowest number that is free (loop_control_get_free). */
export function freeLoop(driver: LoopDriver): Loop {
  const { loops } = driver;
  const unused = [...loops.values()].filter(({ setup }) => setup === null);
  const [first] = unused.toSorted((a, b) => a.disk.minor - b.disk.minor);
  if (first !== undefined) return first;
  let minor = 0;
  while (loops.has(minor)) minor++;
  return addLoop(driver, minor);
}

/** LOOP_CONFIGURE. EBUSY if a file is behind it already, EINVAL for a block size that is none. */
export function configureLoop(loop: Loop, setup: LoopSetup): Errno | undefined {
  if (loop.setup !== null) return 'EBUSY';
  if (!BLOCK_SIZES.has(setup.blockSize)) return 'EINVAL';
  const { disk } = loop;
  loop.setup = setup;
  disk.diskSeq = ++disk.layer.diskSeqs;
  disk.limits = withLimits(disk.limits, { ...sizesOf(setup.blockSize), ...limitsBy(setup) });
  setReadOnly(disk, 'driver', setup.readOnly);
  setLoopCapacity(loop);
  if (setup.partScan) rescanPartitions(disk);
  return undefined;
}

/** loop_config_discard */
function limitsBy({ file, readOnly }: LoopSetup): Partial<QueueLimits> {
  const most = isBacking(file) ? file.maxDiscardSectors : MAX_DISCARD_SECTORS;
  const granularity = isBacking(file) ? file.discardGranularity : FILE_BLOCK;
  return {
    maxDiscardSectors: most,
    maxHwDiscardSectors: most,
    maxWriteZeroesSectors: most,
    discardGranularity: most === 0 ? 0 : granularity,
    writeCache: !isBacking(file) || !readOnly,
    rotational: isBacking(file) && file.rotational,
  };
}

const isBacking = (file: LoopFile | LoopBacking): file is LoopBacking => 'serve' in file;

const sizesOf = (blockSize: number): Partial<QueueLimits> => ({
  logicalBlockSize: blockSize,
  physicalBlockSize: blockSize,
  ioMin: blockSize,
});

/** LOOP_SET_BLOCK_SIZE: a power of two from a sector to a page. */
export function setLoopBlockSize({ disk, setup }: Loop, size: number): Errno | undefined {
  // The kernel claims the device for the change.
  if (disk.holder !== null) return 'EBUSY';
  if (setup === null) return 'ENXIO';
  if (!BLOCK_SIZES.has(size)) return 'EINVAL';
  disk.limits = withLimits(disk.limits, sizesOf(size));
  return undefined;
}

function peekFile({ setup }: Loop, sector: number, nrSectors: number): Uint8Array {
  const bytes = new Uint8Array(nrSectors * SECTOR);
  if (setup === null) return bytes;
  const { file } = setup;
  const at = setup.offset + sector * SECTOR;
  bytes.set(isBacking(file) ? file.peek(at, bytes.length) : file.readAt(at, bytes.length));
  return bytes;
}

/** LOOP_SET_CAPACITY: takes over the size that the file has now. ENXIO without a file. */
export function setLoopCapacity({ disk, setup }: Loop): Errno | undefined {
  if (setup === null) return 'ENXIO';
  const { file, offset, sizeLimit } = setup;
  const left = Math.max(0, file.size() - offset);
  const bytes = sizeLimit > 0 ? Math.min(left, sizeLimit) : left;
  const capacity = Math.floor(bytes / SECTOR);
  if (capacity === disk.capacity) return undefined;
  const { sim } = disk.layer;
  printk(sim, `${disk.name}: detected capacity change from ${disk.capacity} to ${capacity}`);
  disk.capacity = capacity;
  return undefined;
}

/** LOOP_CLR_FD, by someone who has the device open: at once, or when the others have closed it. */
export function clearLoop(loop: Loop): Errno | undefined {
  if (loop.setup === null) return 'ENXIO';
  if (loop.disk.openers > 0) loop.autoclear = true;
  else letGo(loop);
  return undefined;
}

/** __loop_clr_fd */
function letGo(loop: Loop): void {
  const { disk, setup } = loop;
  dropPartitions(disk);
  loop.setup = null;
  disk.diskSeq = ++disk.layer.diskSeqs;
  loop.autoclear = false;
  loop.directIo = false;
  disk.capacity = 0;
  disk.limits = withLimits(disk.limits, {
    logicalBlockSize: SECTOR,
    physicalBlockSize: SECTOR,
    ioMin: SECTOR,
  });
  setReadOnly(disk, 'driver', false);
  setup?.release();
}

function serveRequest(rq: Request): void {
  const loop = rq.queue.queuedata as Loop;
  const { setup, disk } = loop;
  // It can't write past its cache: a flush follows the write (blk_insert_flush).
  if (rq.bio.op === REQ_OP.WRITE && (rq.bio.flags & REQ.FUA) !== 0 && cachesWrites(disk.limits))
    disk.shownStats.flush.ios++;
  if (setup === null || !isBacking(setup.file)) {
    endRequest(rq, setup === null ? BLK_STS.IOERR : serve(setup, setup.file as LoopFile, rq.bio));
    return;
  }
  loop.queued.push(rq);
  if (loop.working) return;
  loop.working = true;
  spawn(disk.layer.sim, `kworker/u4:1-${disk.name}`, (worker) => work(loop, worker));
}

/** loop_process_work */
function* work(loop: Loop, worker: Process): Task<number> {
  for (let rq = loop.queued.shift(); rq !== undefined; rq = loop.queued.shift()) {
    const { setup } = loop;
    const { bio } = rq;
    let status: BlkStatus = BLK_STS.IOERR;
    if (setup !== null && isBacking(setup.file) && !(setup.readOnly && writes(bio)))
      status = yield* setup.file.serve(worker, setup.offset + bio.sector * SECTOR, bio);
    endRequest(rq, status);
  }
  loop.working = false;
  return 0;
}

const writes = ({ op }: Bio): boolean => op !== REQ_OP.READ && op !== REQ_OP.FLUSH;

function serve({ offset, readOnly }: LoopSetup, file: LoopFile, bio: Bio): BlkStatus {
  const { op, data, dataOffset } = bio;
  const at = offset + bio.sector * SECTOR;
  const length = bio.nrSectors * SECTOR;
  if (op === REQ_OP.FLUSH) return BLK_STS.OK;
  if (op === REQ_OP.READ) {
    if (data === null) return BLK_STS.OK;
    const bytes = file.readAt(at, length);
    data.set(bytes, dataOffset);
    // The file has become shorter than the disk (lo_complete_rq).
    return bytes.length < length ? BLK_STS.IOERR : BLK_STS.OK;
  }
  if (readOnly) return BLK_STS.IOERR;
  if (op === REQ_OP.WRITE) {
    if (data === null) return BLK_STS.OK;
    const done = file.writeAt(at, data.subarray(dataOffset, dataOffset + length));
    return done === length ? BLK_STS.OK : BLK_STS.IOERR;
  }
  // A tmpfs makes holes, and does not write zeroes (fallocate).
  if (op === REQ_OP.WRITE_ZEROES) return BLK_STS.NOTSUPP;
  file.punch(at, length);
  return BLK_STS.OK;
}
