// file-system.ts — An ext4-like file system: as much state as its reaction to errors needs. Mirrors fs/ext4/super.c, fs/ext4/ext4_jbd2.c.
//
// Names and contents are in memory; what goes to the disk is where ext4 would write: data blocks, the journal, the
// superblock. Nothing is read back from there but the superblock's magic.
import type { BlockDevice } from '@dmsim/block';
import type { Errno, Nanos, Sim, WaitQueue } from '@dmsim/sim';
import { currentComm, createWaitQueue, printk } from '@dmsim/sim';
import type { MemoryFile } from '@dmsim/vfs';

import type { BlockAllocator } from './allocate.ts';
import { createAllocator } from './allocate.ts';
import { BLOCK_SECTORS, FIRST_DATA_BLOCK } from './layout.ts';

/** `errors=` */
export type OnErrors = 'continue' | 'remount-ro' | 'panic';

/** One file's part in it. */
export interface Inode {
  readonly number: number;
  readonly file: MemoryFile;
  /** Names that it has. */
  links: number;
  /** Block of the file to block of the disk. */
  readonly blocks: Map<number, number>;
  /** Blocks of the file that have no place yet (delayed allocation). */
  readonly delayed: Set<number>;
  /** Block of the file, and when it became dirty. */
  readonly dirty: Map<number, Nanos>;
  /** A write-back failed and nobody has been told (mapping_set_error). */
  error: Errno | null;
}

export interface Ext4 {
  readonly sim: Sim;
  readonly dev: BlockDevice;
  onErrors: OnErrors;
  readonly panic: (why: string) => never;
  readOnly: boolean;
  /** The journal has been given up: nothing that changes the file system works any more. */
  aborted: boolean;
  readonly inodes: Set<Inode>;
  nextInode: number;
  readonly space: BlockAllocator;
  /** Number of the transaction that is open, if one is: it is committed 5 s after it began. */
  transaction: number | null;
  transactions: number;
  committed: number;
  /** Someone waits for a commit: it is made now. */
  commitNow: boolean;
  /** The journal's thread is woken, and wakes who waits for it. */
  readonly commit: WaitQueue;
  readonly commitDone: WaitQueue;
  /** Data did not get to the disk: what is in memory is not what a mount would find. */
  lostData: boolean;
  unmounted: boolean;
}

export function createExt4(sim: Sim, dev: BlockDevice, panic: Ext4['panic']): Ext4 {
  return {
    onErrors: 'continue',
    panic,
    readOnly: false,
    sim,
    dev,
    aborted: false,
    inodes: new Set(),
    // The first ten are the file system's own, 11 is lost+found.
    nextInode: 12,
    space: createAllocator(FIRST_DATA_BLOCK, Math.floor(dev.capacity / BLOCK_SECTORS)),
    transaction: null,
    transactions: 1,
    committed: 1,
    commitNow: false,
    commit: createWaitQueue('a transaction'),
    commitDone: createWaitQueue('a commit of the journal'),
    lostData: false,
    unmounted: true,
  };
}

/** ext4_journal_check_start: EROFS once the file system can't be changed; the first to find the journal gone makes it so. */
export function checkStart(fs: Ext4): Errno | undefined {
  if (fs.readOnly) return 'EROFS';
  if (!fs.aborted) return undefined;
  const { sim, dev } = fs;
  const where = `EXT4-fs error (device ${dev.name})`;
  printk(
    sim,
    `${where}: ext4_journal_check_start:84: comm ${currentComm(sim)}: Detected aborted journal`,
  );
  // Without a journal it is read-only whatever errors= says, but for panic.
  if (fs.onErrors === 'panic') fs.panic(`EXT4-fs (device ${dev.name}): panic forced after error`);
  else {
    printk(sim, `EXT4-fs (${dev.name}): Remounting filesystem read-only`);
    fs.readOnly = true;
  }
  return 'EROFS';
}
