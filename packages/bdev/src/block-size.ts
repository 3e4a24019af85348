// block-size.ts — The size of a block in a disk's page cache. Mirrors block/bdev.c: set_init_blocksize.
import type { BlockDevice } from '@dmsim/block';

const PAGE = 4096;

/** The size of a block, in bytes: the largest, up to a page, that divides the disk. */
export function blockSizeOf({ capacity, limits }: BlockDevice): number {
  let size = limits.logicalBlockSize;
  while (size < PAGE && (capacity * 512) % (size * 2) === 0) size *= 2;
  return size;
}
