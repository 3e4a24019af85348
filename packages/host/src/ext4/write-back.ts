// write-back.ts — Writes dirty data of files to the disk after 30 s, checking every 5 s. Mirrors fs/fs-writeback.c, fs/ext4/page-io.c.
import { submitAndWait } from '@dmsim/bdev';
import type { BlkStatus } from '@dmsim/block';
import { BLK_STS, mayPrint, REQ_OP } from '@dmsim/block';
import type { Errno, Nanos, Task } from '@dmsim/sim';
import { createEvent, isScheduled, printk, schedule, seconds, spawn } from '@dmsim/sim';

import { place } from './allocate.ts';
import type { Ext4, Inode } from './file-system.ts';
import { BLOCK, BLOCK_SECTORS } from './layout.ts';

/** dirty_writeback_centisecs and dirty_expire_centisecs */
const INTERVAL: Nanos = seconds(5);
const EXPIRE: Nanos = seconds(30);
/** BIO_MAX_VECS */
const MAX_BIO_BLOCKS = 256;

/** Looks every five seconds for data that has been dirty for thirty, as long as any is. */
export interface Flusher {
  wake(): void;
}

export function createFlusher(fs: Ext4): Flusher {
  const { sim } = fs;
  let busy = false;
  const event = createEvent('flusher', undefined, () => {
    if (fs.unmounted) return;
    const old = sim.now - EXPIRE;
    if (!busy && [...fs.inodes].some((inode) => isOld(inode, old))) {
      busy = true;
      const done = (): void => void (busy = false);
      const name = `kworker/u8:1+flush-${fs.dev.major}:${fs.dev.minor}`;
      spawn(sim, name, () => flushOld(fs, old, done));
    }
    if ([...fs.inodes].some(({ dirty }) => dirty.size > 0)) schedule(sim, event, INTERVAL);
  });
  return {
    wake() {
      if (!isScheduled(event)) schedule(sim, event, INTERVAL);
    },
  };
}

function* flushOld(fs: Ext4, old: Nanos, done: () => void): Task<number> {
  for (const inode of fs.inodes) if (isOld(inode, old)) yield* writeBackInode(fs, inode);
  done();
  return 0;
}

const isOld = ({ dirty }: Inode, old: Nanos): boolean =>
  [...dirty.values()].some((since) => since <= old);

/** Writes all dirty data of all files. Returns the first error. */
export function* writeBackAll(fs: Ext4): Task<Errno | undefined> {
  let first: Errno | undefined;
  for (const inode of fs.inodes) {
    const error = yield* writeBackInode(fs, inode);
    first ??= error;
  }
  return first;
}

/** Writes the dirty data of one file, or of this range of its blocks. A block that fails becomes clean, and its data is lost. */
export function* writeBackInode(
  fs: Ext4,
  inode: Inode,
  { first, end }: { readonly first: number; readonly end: number } = { first: 0, end: Infinity },
): Task<Errno | undefined> {
  const blocks = [...inode.dirty.keys()]
    .filter((at) => at >= first && at < end)
    .toSorted((a, b) => a - b);
  for (const at of blocks) inode.dirty.delete(at);
  if (blocks.length === 0) return undefined;
  if (fs.shutDown) return 'EIO';
  if (fs.aborted) return loseDelayed(fs, inode, blocks);
  for (const at of blocks) inode.writing.add(at);
  const { errors } = inode;
  for (const run of runsOf(fs, inode, blocks)) {
    const status = yield* writeRun(fs, inode, run);
    runWritten(fs, inode, run, status);
  }
  return inode.errors > errors ? 'EIO' : undefined;
}

function runWritten(fs: Ext4, inode: Inode, run: Run, status: BlkStatus): void {
  let unwritten = false;
  for (let at = run.at; at < run.at + run.n; at++) {
    inode.writing.delete(at);
    unwritten ||= inode.unwritten.has(at);
    if (status !== BLK_STS.OK) inode.lost.add(at);
    else {
      inode.unwritten.delete(at);
      inode.lost.delete(at);
    }
  }
  if (status !== BLK_STS.OK) lost(fs, inode, { run, status, unwritten });
}

/** `n` blocks in a row: `at` in the file, `block` on the disk. */
interface Run {
  readonly at: number;
  readonly block: number;
  n: number;
}

function runsOf(fs: Ext4, inode: Inode, blocks: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const at of blocks) {
    const block = place(fs, inode, at);
    const last = runs.at(-1);
    const follows = last !== undefined && last.at + last.n === at && last.block + last.n === block;
    if (follows && last.n < MAX_BIO_BLOCKS) last.n++;
    else runs.push({ at, block, n: 1 });
  }
  return runs;
}

function* writeRun({ dev }: Ext4, { file }: Inode, { at, block, n }: Run): Task<BlkStatus> {
  const data = new Uint8Array(n * BLOCK);
  data.set(file.readAt(at * BLOCK, n * BLOCK));
  const sector = block * BLOCK_SECTORS;
  return yield* submitAndWait(
    dev,
    [{ op: REQ_OP.WRITE, sector, nrSectors: n * BLOCK_SECTORS, data }],
    { patient: false },
  );
}

interface Failure {
  readonly run: Run;
  readonly status: BlkStatus;
  /** Blocks of the run have never been written. */
  readonly unwritten: boolean;
}

/**
 * ext4_end_bio, ext4_finish_bio, ext4_end_io_end, of a write that failed: the data is lost, and the file remembers the
 * error. The log has a line for the bio, one for each of its blocks, and one if they stay unwritten.
 */
function lost(fs: Ext4, inode: Inode, { run: { at, block, n }, status, unwritten }: Failure): void {
  failed(inode);
  const { sim, dev } = fs;
  printk(
    sim,
    `EXT4-fs warning (device ${dev.name}): ext4_end_bio:353: I/O error ${status} writing to inode ${inode.number} starting block ${block})`,
  );
  const bytes = Math.min(inode.file.size() - at * BLOCK, n * BLOCK);
  for (let i = 0; i < Math.ceil(bytes / fs.blockSize); i++)
    if (mayPrint(fs, 'buffer_io_error'))
      printk(sim, `Buffer I/O error on device ${dev.name}, logical block ${block + i}`);
  if (!unwritten) return;
  const what = 'failed to convert unwritten extents to written extents -- potential data loss!';
  printk(sim, `EXT4-fs (${dev.name}): ${what}  (inode ${inode.number}, error -5)`);
}

/** mapping_set_error */
function failed(inode: Inode): void {
  inode.errors++;
  inode.told = false;
}

/** ext4_do_writepages without a journal: blocks would be allocated only now, which needs it. */
function loseDelayed({ sim, dev }: Ext4, inode: Inode, blocks: readonly number[]): Errno {
  failed(inode);
  const what = `for inode ${inode.number} at logical offset ${blocks[0]} with max blocks ${blocks.length}`;
  printk(sim, `EXT4-fs (${dev.name}): Delayed block allocation failed ${what} with error 30`);
  printk(sim, `EXT4-fs (${dev.name}): This should not happen!! Data will be lost`);
  return 'EIO';
}
