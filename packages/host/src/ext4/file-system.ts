// file-system.ts — An ext4-like file system, with as much state as its reaction to errors needs. Mirrors fs/ext4/super.c, fs/ext4/ext4_jbd2.c.
//
// Names are in memory, and so is a copy of all contents. Writes go to the disk where ext4 would put them: data blocks, the
// journal, the superblock. Data that memory would not have is read from there; of the rest only the superblock's magic.
import type { BlockDevice, RateLimited } from '@dmsim/block';
import type { Nanos, Sim, Task, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, waitEvent } from '@dmsim/sim';
import type { MemoryFile } from '@dmsim/vfs';

import type { BlockAllocator } from './allocate.ts';
import { createAllocator } from './allocate.ts';
import { BLOCK, BLOCK_SECTORS, FIRST_DATA_BLOCK, JOURNAL_BLOCK, JOURNAL_BLOCKS } from './layout.ts';
import type { Away } from './pages.ts';
import type { Layout } from './space.ts';
import { heldBack, journalPlace, layoutOn, ownBlocks } from './space.ts';

/** `errors=` */
export type OnErrors = 'continue' | 'remount-ro' | 'panic';

/** A file. */
export interface Inode {
  readonly number: number;
  readonly file: MemoryFile;
  /** Names that it has. */
  links: number;
  /** Block of the file to block of the disk. */
  readonly blocks: Map<number, number>;
  /** Blocks of the file that have no place yet (delayed allocation). */
  readonly delayed: Set<number>;
  /** Dirty blocks of the file, and when each became dirty. */
  readonly dirty: Map<number, Nanos>;
  /** Blocks of the file that have a place, and were never written: they are read as zeros. */
  readonly unwritten: Set<number>;
  /** Blocks of the file whose data did not reach the disk: when memory forgets them, what was there before is found. */
  readonly lost: Set<number>;
  /** Blocks of the file whose data is being written. */
  readonly writing: Set<number>;
  /** Blocks of the file that are not in memory, but on the disk. */
  readonly away: Map<number, Away>;
  /** Blocks in memory whose reader has more read ahead. */
  readonly marks: Set<number>;
  /** Wakes those who wait for blocks that are being read. */
  readonly read: WaitQueue;
  /** The number of write-backs that failed (mapping_set_error). */
  errors: number;
  /** The last error was reported to some open file; files opened later do not report it. */
  told: boolean;
}

export interface Ext4 extends RateLimited {
  readonly sim: Sim;
  /** The disk through which it is mounted, or was last. */
  dev: BlockDevice;
  /** The size of its blocks, in bytes, as it tells it; where data goes is counted in blocks of 4 KiB all the same. */
  readonly blockSize: number;
  /** In its blocks: what the disk would like to get at once (`stripe=`). 0: it does not say. */
  readonly stripe: number;
  readonly layout: Layout;
  /** The percentage kept for root (`mkfs.ext4 -m`). */
  reservedPercent: number;
  onErrors: OnErrors;
  readonly panic: (why: string) => never;
  readOnly: boolean;
  /** The times of the last accesses are not kept. */
  noAtime: boolean;
  /** The journal was aborted: nothing can change the file system any more. */
  aborted: boolean;
  /** Most calls fail with EIO, and nothing is written any more but the superblock (EXT4_FLAGS_SHUTDOWN). */
  shutDown: boolean;
  /** A block of metadata was lost since the mount, which the next change will find. */
  metadataError: boolean;
  /** The next syncfs(2) or freeze reports that a block of metadata was lost (AS_EIO of the disk's pages). */
  unreportedError: boolean;
  /** The reports that threads have not written yet, and the queue that they wake when they have. */
  reports: number;
  readonly reported: WaitQueue;
  /** The first 4 KiB of the disk, with the superblock. */
  readonly firstBlock: Uint8Array;
  /** In blocks of the file system. Null: mke2fs cuts it into pieces, or its place is not known. */
  readonly journalBlock: number | null;
  /** No transaction was committed since the journal was last emptied. */
  journalEmpty: boolean;
  readonly inodes: Set<Inode>;
  nextInode: number;
  readonly space: BlockAllocator;
  /** The number of the open transaction, if there is one; it is committed 5 s after it began. */
  transaction: number | null;
  transactions: number;
  committed: number;
  /** A process waits for a commit, so it is made now. */
  commitNow: boolean;
  /** Wakes the journal's thread, and the processes that wait for it. */
  readonly commit: WaitQueue;
  readonly commitDone: WaitQueue;
  unmounted: boolean;
  /** How many have frozen it: changes wait until all have thawed it (freeze_ucount). */
  freezes: number;
  /** The superblock is being written for it to be thawed. */
  thawing: boolean;
  readonly thawed: WaitQueue;
  /** Open files, which keep it mounted. */
  openFiles: number;
}

export function createExt4(
  sim: Sim,
  dev: BlockDevice,
  {
    panic,
    rateLimits,
    blockSize,
  }: Pick<Ext4, 'panic' | 'rateLimits'> & { readonly blockSize: number | undefined },
): Ext4 {
  const sizes = blocksOf(dev, blockSize);
  const layout = layoutOn(dev.capacity * 512, sizes.blockSize);
  const end = Math.floor(dev.capacity / BLOCK_SECTORS);
  const journalBlock = journalPlace(layout, sizes.blockSize);
  const first = Math.floor(((journalBlock ?? 0) * sizes.blockSize) / BLOCK);
  const behind = first < FIRST_DATA_BLOCK;
  const hole = behind ? { first: end, blocks: 0 } : { first, blocks: JOURNAL_BLOCKS + 1 };
  // The room that the journal takes elsewhere is free before the data.
  const from = behind ? FIRST_DATA_BLOCK : JOURNAL_BLOCK - 1;
  return {
    ...sizes,
    layout,
    reservedPercent: 5,
    onErrors: 'continue',
    panic,
    readOnly: false,
    noAtime: false,
    sim,
    rateLimits,
    dev,
    aborted: false,
    shutDown: false,
    metadataError: false,
    unreportedError: false,
    reports: 0,
    reported: createWaitQueue('a report of an error'),
    firstBlock: new Uint8Array(BLOCK),
    journalBlock,
    journalEmpty: true,
    inodes: new Set(),
    // The first ten are the file system's own, 11 is lost+found.
    nextInode: 12,
    space: createAllocator(
      from,
      Math.min(end - hole.blocks, from + roomFor(layout, sizes.blockSize)),
      hole,
    ),
    transaction: null,
    transactions: 1,
    committed: 1,
    commitNow: false,
    commit: createWaitQueue('a transaction'),
    commitDone: createWaitQueue('a commit of the journal'),
    unmounted: true,
    freezes: 0,
    thawing: false,
    thawed: createWaitQueue('a frozen file system'),
    openFiles: 0,
  };
}

/** Blocks of the disk for the data of files. One block of the file system goes to the index of a file that fills it. */
function roomFor(layout: Layout, blockSize: number): number {
  const free = layout.usable - ownBlocks(blockSize) - heldBack(layout) - 1;
  return Math.max(0, Math.floor((free * blockSize) / BLOCK));
}

/** Below, mke2fs chooses small blocks. */
const SMALL = 512 << 20;

/** As mke2fs chooses them (mke2fs.conf), or of the size that it was told. */
export function blocksOf(
  { capacity, limits: { ioMin, ioOpt } }: BlockDevice,
  blockSize: number = capacity * 512 < SMALL ? 1024 : 4096,
): Pick<Ext4, 'blockSize' | 'stripe'> {
  const bytes = [ioOpt, ioMin].find((size) => size > blockSize) ?? 0;
  return { blockSize, stripe: bytes / blockSize };
}

/** Waits until everything that went wrong so far is written and logged. */
export function* reportsDone(fs: Ext4): Task<void> {
  if (fs.reports > 0) yield* waitEvent(fs.reported, () => fs.reports === 0);
}

/** sb_start_write: waits while the file system is frozen. */
export function* startWrite(fs: Ext4): Task<void> {
  yield* reportsDone(fs);
  while (fs.freezes > 0) yield* waitEvent(fs.thawed, () => fs.freezes === 0);
}
