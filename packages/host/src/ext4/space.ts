// space.ts — How mke2fs lays out a file system, and what statfs(2) says of it. Mirrors fs/ext4/super.c: ext4_statfs, ext4_calculate_overhead.
import type { Directory } from '@dmsim/vfs';

import { isFull } from './allocate.ts';
import type { Ext4, Inode } from './file-system.ts';

/** In blocks of the file system. */
export interface Layout {
  readonly blocks: number;
  /** The blocks that files can get, those that mke2fs makes included. */
  readonly usable: number;
  readonly inodes: number;
}

/** The answer of statfs(2), in blocks of `blockSize` bytes. */
export interface Space {
  readonly blockSize: number;
  readonly blocks: number;
  readonly free: number;
  /** To users other than root. */
  readonly available: number;
  readonly inodes: number;
  readonly freeInodes: number;
}

const INODE_BYTES = 256;
const DESCRIPTOR_BYTES = 64;
const MIB = 1 << 20;

/** The layout that mke2fs chooses on a disk of `bytes`, with blocks of `blockSize` bytes. */
export function layoutOn(bytes: number, blockSize: number): Layout {
  const perPage = 4096 / blockSize;
  let blocks = Math.floor(bytes / blockSize / perPage) * perPage;
  const first = blockSize === 1024 ? 1 : 0;
  const perGroup = blockSize * 8;
  const ratio = inodeRatio(bytes);
  for (;;) {
    const groups = Math.ceil((blocks - first) / perGroup);
    const geometry = { blocks, groups, blockSize };
    const table = inodeTable(Math.floor((blocks * blockSize) / ratio), geometry);
    const copy = superblockCopy(geometry);
    const rest = (blocks - first) % perGroup;
    const overhead = 2 + table.blocks + (hasCopy(groups - 1) ? copy : 0);
    // A last group with hardly any room is left out.
    if (groups > 1 && rest > 0 && rest < overhead + 50) {
      blocks -= rest;
      continue;
    }
    let taken = first + groups * (2 + table.blocks) + journalBlocks(blocks);
    for (let group = 0; group < groups; group++) if (hasCopy(group)) taken += copy;
    return { blocks, usable: blocks - taken, inodes: table.inodes * groups };
  }
}

/** mke2fs.conf: bytes for an inode on floppy disks, small disks, and all others. */
function inodeRatio(bytes: number): number {
  if (bytes < 3 * MIB) return 8192;
  return bytes < 512 * MIB ? 4096 : 16_384;
}

/** The cut of a disk: `blocks` of `blockSize` bytes, in groups. */
interface Geometry {
  readonly blocks: number;
  readonly groups: number;
  readonly blockSize: number;
}

/** The inodes of a group, and the blocks that hold them, for `wanted` inodes in all. */
function inodeTable(
  wanted: number,
  { groups, blockSize }: Geometry,
): { readonly inodes: number; readonly blocks: number } {
  const perBlock = blockSize / INODE_BYTES;
  const filled = Math.ceil(Math.ceil(wanted / groups) / perBlock) * perBlock;
  const inodes = Math.floor(filled / 8) * 8;
  return { inodes, blocks: Math.ceil(inodes / perBlock) };
}

/** The blocks of a copy of the superblock, with the descriptors and the room that they may grow into. */
function superblockCopy({ blocks, groups, blockSize }: Geometry): number {
  const perBlock = blockSize / DESCRIPTOR_BYTES;
  const descriptors = Math.ceil(groups / perBlock);
  const most = Math.min(blocks * 1024, 0xffffffff);
  const first = blockSize === 1024 ? 1 : 0;
  const later = Math.ceil(Math.ceil((most - first) / (blockSize * 8)) / perBlock) - descriptors;
  return 1 + descriptors + Math.min(later, blockSize / 4);
}

/** sparse_super: the groups 0, 1 and the powers of 3, 5 and 7. */
function hasCopy(group: number): boolean {
  if (group <= 1) return true;
  for (const base of [3, 5, 7]) {
    let power = base;
    while (power < group) power *= base;
    if (power === group) return true;
  }
  return false;
}

/** By the number of blocks below which it applies (ext2fs_default_journal_size). */
const JOURNALS: readonly (readonly [below: number, blocks: number])[] = [
  [2048, 0],
  [32_768, 1024],
  [256 * 1024, 4096],
  [512 * 1024, 8192],
  [4096 * 1024, 16_384],
  [8192 * 1024, 32_768],
  [16_384 * 1024, 65_536],
  [32_768 * 1024, 131_072],
];

const journalBlocks = (blocks: number): number =>
  JOURNALS.find(([below]) => blocks < below)?.[1] ?? 262_144;

/** Groups whose bitmaps and tables lie together in the first of them (`-G 16`). */
const FLEX = 16;

/**
 * The first block of the journal: it begins the emptiest group around the middle of the disk (get_midp_journal_blk).
 * Null where the journal shares the first group with the tables, or the place is not known.
 */
export function journalPlace({ blocks }: Layout, blockSize: number): number | null {
  if (blockSize === 2048) return null;
  const first = blockSize === 1024 ? 1 : 0;
  const perGroup = blockSize * 8;
  const groups = Math.ceil((blocks - first) / perGroup);
  const copy = superblockCopy({ blocks, groups, blockSize });
  if (groups === 1) return first + copy + (blockSize === 1024 ? 14 : 6);
  const freeIn = (group: number): number =>
    Math.min(perGroup, blocks - first - group * perGroup) -
    (hasCopy(group) ? copy : 0) -
    (group % FLEX === 0 ? perGroup / 2 : 0);
  let middle = Math.floor((Math.floor((blocks - first) / 2) - first) / perGroup);
  let from = Math.max(0, middle - 1);
  if (middle > FLEX) from = middle -= middle % FLEX;
  let best = from;
  for (let group = from; group <= Math.min(middle + 1, groups - 1); group++) {
    if (freeIn(group) > freeIn(best)) best = group;
  }
  return best === 0 ? null : first + best * perGroup + (hasCopy(best) ? copy : 0);
}

/** The root directory, lost+found, and a block for the room that the descriptors may grow into. */
export const ownBlocks = (blockSize: number): number => 2 + lostFoundBlocks(blockSize);

/** lost+found has room for the files that e2fsck may find: 16 KiB, but never fewer than two blocks nor more than twelve. */
export const lostFoundBlocks = (blockSize: number): number =>
  Math.min(12, Math.max(2, 16_384 / blockSize));

/** Two percent, which not even root may fill (ext4_calculate_resv_clusters). */
export const heldBack = ({ blocks }: Layout): number => Math.min(Math.floor(blocks / 50), 4096);

/** Inodes that mke2fs takes: the reserved ones and lost+found. */
const OWN_INODES = 11;

/** Null if some directory has more names than one block holds: how its tree is cut is not known. */
export function spaceOf(fs: Ext4, root: Directory): Space | null {
  const { blockSize, layout } = fs;
  const names = countNames(root, blockSize, true);
  if (names === null) return null;
  let used = ownBlocks(blockSize) + names.directories + names.blocks;
  for (const inode of fs.inodes) used += blocksOf(inode, blockSize);
  // The index of the file that filled it (`roomFor`).
  if (isFull(fs)) used++;
  const free = layout.usable - used;
  const reserved = Math.floor((layout.blocks * fs.reservedPercent) / 100);
  return {
    blockSize,
    blocks: layout.usable,
    free,
    available: Math.max(0, free - reserved - heldBack(layout)),
    inodes: layout.inodes,
    freeInodes: layout.inodes - OWN_INODES - names.inodes - fs.inodes.size,
  };
}

const PAGE = 4096;

/** A page at the end of the file takes only as many blocks as the file does. */
export function blocksOf({ blocks, delayed, file }: Inode, blockSize: number): number {
  const size = file.size();
  let sum = 0;
  for (const page of [...blocks.keys(), ...delayed]) {
    sum += Math.ceil(Math.min(PAGE, size - page * PAGE) / blockSize);
  }
  return sum;
}

interface Names {
  directories: number;
  /** Of directories and symbolic links. */
  inodes: number;
  /** Of links too long for their inode. */
  blocks: number;
}

/** The tail with the checksum, and the entries `.` and `..`. */
const DIRECTORY_OWN = 12 + 24;
const IN_INODE = 60;

function countNames(directory: Directory, blockSize: number, isRoot: boolean): Names | null {
  const sum: Names = { directories: 0, inodes: 0, blocks: 0 };
  let bytes = DIRECTORY_OWN;
  for (const name of directory.entries()) {
    bytes += 8 + Math.ceil(name.length / 4) * 4;
    const node = directory.lookup(name);
    if (isRoot && name === 'lost+found') continue;
    if (node?.kind === 'symlink') {
      sum.inodes++;
      if (node.target.length >= IN_INODE) sum.blocks++;
    }
    if (node?.kind !== 'directory') continue;
    const inner = countNames(node, blockSize, false);
    if (inner === null) return null;
    sum.directories += 1 + inner.directories;
    sum.inodes += 1 + inner.inodes;
    sum.blocks += inner.blocks;
  }
  return bytes > blockSize ? null : sum;
}
