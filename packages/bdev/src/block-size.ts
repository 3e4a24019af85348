// block-size.ts — How finely the page cache of a disk tells its bytes apart. Mirrors block/bdev.c: set_init_blocksize, set_blocksize.
import type { BlockDevice } from '@dmsim/block';

const PAGE = 4096;

/** Bytes a block of the page cache has: the most that divides the disk, up to a page. */
export function blockSizeOf({ capacity, limits }: BlockDevice): number {
  let size = limits.logicalBlockSize;
  while (size < PAGE && (capacity * 512) % (size * 2) === 0) size *= 2;
  return size;
}
