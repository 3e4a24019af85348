// set-block-size.ts — Other blocks for the page cache of a disk, until its last opener goes. Mirrors block/bdev.c: set_blocksize.
import type { Errno, Task } from '@dmsim/sim';

import type { PageCache } from './page-cache.ts';
import { forgetPages } from './page-cache.ts';
import { writeAndWait } from './write-back.ts';

const PAGE = 4096;

/** Takes a power of two from a logical block to a page; else EINVAL. Pages that are cached in other blocks are written back and dropped. */
export function* setBlockSize(cache: PageCache, size: number): Task<Errno | undefined> {
  const { logicalBlockSize } = cache.dev.limits;
  if (size < logicalBlockSize || size > PAGE || !Number.isInteger(Math.log2(size))) return 'EINVAL';
  if (size === cache.blockSize) return undefined;
  yield* writeAndWait(cache);
  cache.blockSize = size;
  forgetPages(cache);
  return undefined;
}
