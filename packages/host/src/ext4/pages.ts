// pages.ts — Which blocks of a file are in memory, and how the others get there. Mirrors mm/filemap.c, fs/ext4/readpage.c: ext4_mpage_readpages.
import type { Readahead, Window } from '@dmsim/bdev';
import { asyncWindow, shrinkOnError, submitAndWait, syncWindow } from '@dmsim/bdev';
import type { Bio, BlkStatus } from '@dmsim/block';
import { BLK_STS, createBio, REQ, REQ_OP, submitBio } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';
import { waitEvent, wakeUp } from '@dmsim/sim';

import type { Ext4, Inode } from './file-system.ts';
import { BLOCK, BLOCK_SECTORS } from './layout.ts';

/** `absent`: nobody has asked the disk. `failed`: it was read ahead in vain, and is read once more when it is wanted. */
export type Away = 'absent' | 'reading' | 'failed';

/** Clean blocks leave memory: what the disk has is read when it is wanted. One that was never written is read as zeros. */
export function forgetPages({ inodes }: Ext4): void {
  for (const inode of inodes) forgetBlocks(inode, [...inode.blocks.keys()]);
}

/** The same for these blocks of one file. */
export function forgetBlocks(inode: Inode, blocks: readonly number[]): void {
  const { file, away, dirty, lost, unwritten } = inode;
  for (const at of blocks) {
    if (dirty.has(at) || inode.writing.has(at) || away.get(at) === 'reading') continue;
    if (unwritten.has(at)) {
      if (lost.has(at)) keep(inode, at, new Uint8Array(BLOCK));
    } else if (inode.blocks.has(at) && at * BLOCK < file.size()) away.set(at, 'absent');
    lost.delete(at);
  }
}

/** What the disk has becomes the content, up to the end of the file. */
function keep({ file }: Inode, at: number, data: Uint8Array): void {
  file.writeAt(at * BLOCK, data.subarray(0, Math.max(0, file.size() - at * BLOCK)));
}

export interface Range {
  readonly at: number;
  readonly bytes: number;
}

/** filemap_read: sees to it that the range is in memory. Returns how many bytes of it are, or why none is. */
export function* readPages(
  fs: Ext4,
  inode: Inode,
  ra: Readahead,
  { at, bytes }: Range,
): Task<number | Errno> {
  if (inode.away.size === 0) return bytes;
  const end = Math.ceil((at + bytes) / BLOCK);
  for (let block = Math.floor(at / BLOCK); block < end; block++) {
    readAhead(fs, inode, ra, { block, wanted: end - block });
    const error = yield* readBlock(fs, inode, block);
    if (error === undefined) continue;
    shrinkOnError(ra);
    const done = block * BLOCK - at;
    return done > 0 ? done : error;
  }
  ra.prevPos = at + bytes;
  return bytes;
}

/** Waits until the block is in memory, and reads it if nobody else does. */
export function* readBlock(fs: Ext4, inode: Inode, block: number): Task<Errno | undefined> {
  const { away, read } = inode;
  if (away.get(block) === 'reading') yield* waitEvent(read, () => away.get(block) !== 'reading');
  const at = inode.blocks.get(block);
  if (!away.has(block) || at === undefined) return undefined;
  const data = new Uint8Array(BLOCK);
  const sector = at * BLOCK_SECTORS;
  away.set(block, 'reading');
  const status = yield* submitAndWait(fs.dev, [
    { op: REQ_OP.READ, sector, nrSectors: BLOCK_SECTORS, data },
  ]);
  arrived(inode, block, status, data);
  wakeUp(read);
  return status === BLK_STS.OK ? undefined : 'EIO';
}

function arrived(inode: Inode, block: number, status: BlkStatus, data: Uint8Array): void {
  const { away } = inode;
  // It was written to, or cut off, meanwhile.
  if (away.get(block) !== 'reading') return;
  if (status !== BLK_STS.OK) {
    away.set(block, 'failed');
    return;
  }
  away.delete(block);
  keep(inode, block, data);
}

function readAhead(
  fs: Ext4,
  inode: Inode,
  ra: Readahead,
  { block, wanted }: { readonly block: number; readonly wanted: number },
): void {
  const { away, file, marks } = inode;
  const isCached = (at: number): boolean => at * BLOCK < file.size() && away.get(at) !== 'absent';
  if (!isCached(block)) startReading(fs, inode, syncWindow(ra, block, wanted, isCached));
  if (!marks.delete(block)) return;
  const window = asyncWindow(ra, block, wanted, isCached);
  if (window !== null) startReading(fs, inode, window);
}

/** Reads the blocks of the window that are not in memory, in runs that lie in a row on the disk. Nobody waits for them. */
export function startReading(fs: Ext4, inode: Inode, { start, size, mark }: Window): void {
  const end = Math.min(start + size, Math.ceil(inode.file.size() / BLOCK));
  if (mark !== null && mark - (start + size - end) >= start) {
    const at = mark - (start + size - end);
    if (inode.away.get(at) === 'absent') inode.marks.add(at);
  }
  for (let first = start; first < end;) {
    const place = inode.blocks.get(first);
    if (place === undefined || inode.away.get(first) !== 'absent') {
      first++;
      continue;
    }
    let n = 1;
    while (
      first + n < end &&
      inode.away.get(first + n) === 'absent' &&
      inode.blocks.get(first + n) === place + n
    )
      n++;
    submitRun(fs, inode, { at: first, place, n });
    first += n;
  }
}

interface Run {
  readonly at: number;
  readonly place: number;
  readonly n: number;
}

function submitRun({ dev }: Ext4, inode: Inode, { at, place, n }: Run): void {
  const data = new Uint8Array(n * BLOCK);
  const endIo = ({ status }: Bio): void => {
    for (let i = 0; i < n; i++)
      arrived(inode, at + i, status, data.subarray(i * BLOCK, (i + 1) * BLOCK));
    wakeUp(inode.read);
  };
  for (let i = 0; i < n; i++) inode.away.set(at + i, 'reading');
  const range = { sector: place * BLOCK_SECTORS, nrSectors: n * BLOCK_SECTORS };
  submitBio(createBio(dev, { op: REQ_OP.READ, flags: REQ.RAHEAD, ...range, data }, endIo));
}
