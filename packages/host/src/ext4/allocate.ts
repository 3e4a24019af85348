// allocate.ts — Allocates blocks of the disk: reserved when a file is written to, allocated when its data goes to the disk. Mirrors fs/ext4/balloc.c, fs/ext4/inode.c: ext4_da_reserve_space.
import type { Ext4, Inode } from './file-system.ts';
import { BLOCK } from './layout.ts';

export interface BlockAllocator {
  /** The first block that was never given away, and the end of the disk. */
  next: number;
  readonly end: number;
  /** Blocks given back by files that are gone or shorter. */
  readonly returned: number[];
  /** The number of blocks promised to data that has no place yet. */
  reserved: number;
  /** The journal, in the middle of these blocks: they are counted as if it took no room. */
  readonly hole: Hole;
}

interface Hole {
  readonly first: number;
  readonly blocks: number;
}

export const createAllocator = (first: number, end: number, hole: Hole): BlockAllocator => ({
  next: first,
  end,
  returned: [],
  reserved: 0,
  hole,
});

const free = ({ next, end, returned, reserved }: BlockAllocator): number =>
  end - next + returned.length - reserved;

/** True if every block is taken or promised. */
export const isFull = ({ space }: Ext4): boolean => free(space) === 0;

/** ext4_da_reserve_space: promises a block to each that is new in the range. Returns the bytes from `at` on that fit; 0: the file system is full. */
export function reserve(
  fs: Ext4,
  inode: Inode,
  { at, bytes }: { at: number; bytes: number },
): number {
  const { space } = fs;
  const end = at + bytes;
  for (let block = Math.floor(at / BLOCK); block * BLOCK < end; block++) {
    if (inode.blocks.has(block) || inode.delayed.has(block)) continue;
    if (free(space) === 0) return Math.max(0, block * BLOCK - at);
    space.reserved++;
    inode.delayed.add(block);
  }
  return bytes;
}

/** The place of a file's block, as a block of the disk; a block that was only promised gets its place now. */
export function place({ space }: Ext4, inode: Inode, block: number): number {
  const { blocks, delayed, unwritten } = inode;
  const known = blocks.get(block);
  if (known !== undefined) return known;
  if (delayed.delete(block)) space.reserved--;
  // Never given away before returned: files that are written once lie in a row.
  const at = space.next < space.end ? takeNext(space) : (space.returned.shift() ?? space.next);
  blocks.set(block, at);
  unwritten.add(block);
  return at;
}

function takeNext(space: BlockAllocator): number {
  const { hole } = space;
  const at = space.next++;
  return at < hole.first ? at : at + hole.blocks;
}

/** The file ends there now: what lay behind goes back, and need not be written. */
export function freeFrom(fs: Ext4, inode: Inode, length: number): void {
  const first = Math.ceil(length / BLOCK);
  const { space } = fs;
  for (const [block, at] of inode.blocks) {
    if (block < first) continue;
    inode.blocks.delete(block);
    inode.unwritten.delete(block);
    inode.lost.delete(block);
    inode.away.delete(block);
    space.returned.push(at);
  }
  for (const block of inode.delayed) {
    if (block < first) continue;
    inode.delayed.delete(block);
    space.reserved--;
  }
  for (const block of inode.dirty.keys()) if (block >= first) inode.dirty.delete(block);
}
