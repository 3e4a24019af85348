// truncate.ts — Drops the pages of a range, for I/O that goes past the cache. Mirrors mm/truncate.c: invalidate_inode_pages2_range, truncate_inode_pages_range; block/bdev.c: truncate_bdev_range.
import type { Errno, Task } from '@dmsim/sim';

import type { PageCache } from './page-cache.ts';
import { blocksCovered, isIdle, pageRead, setBytes } from './page-cache.ts';
import type { PageSpan } from './page-span.ts';
import { pagesIn, spanOf } from './page-span.ts';
import { pageWritten } from './write-back.ts';

const PAGE = 4096;

/** Waits for pages that are being read or written, then drops those that are clean. EBUSY if one is dirty, which stays. */
export function* invalidateSpan(cache: PageCache, span: PageSpan): Task<Errno | undefined> {
  yield* settlePages(cache, span);
  return dropClean(cache, span) ? undefined : 'EBUSY';
}

function* settlePages(cache: PageCache, span: PageSpan): Task<void> {
  for (const { page } of pagesIn(cache, span)) {
    if (page.state === 'reading') yield* pageRead(cache, page);
    if (page.writing > 0) yield* pageWritten(cache, page);
  }
}

/** Drops idle pages. True if none of the span is left. */
export function dropClean(cache: PageCache, span: PageSpan): boolean {
  let all = true;
  for (const { index, page } of pagesIn(cache, span)) {
    if (isIdle(page)) cache.pages.delete(index);
    else all = false;
  }
  return all;
}

/** Bytes of the disk. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * Drops the pages of a range that a command is about to clear, dirty or not. Where a map or a file system holds the disk, dirty
 * pages are kept, and the answer is EBUSY.
 */
export function* truncateRange(cache: PageCache, range: ByteRange): Task<Errno | undefined> {
  const span = spanOf(range.offset, range.length);
  if (cache.dev.holder !== null) return yield* invalidateSpan(cache, span);
  yield* settlePages(cache, span);
  truncatePages(cache, range);
  return undefined;
}

/** Bytes of a page that stays, because the range covers a part of it, become zeroes. */
export function truncatePages(cache: PageCache, { offset, length }: ByteRange): void {
  for (const { index, page } of pagesIn(cache, spanOf(offset, length))) {
    const from = Math.max(offset - index * PAGE, 0);
    const to = Math.min(offset + length - index * PAGE, PAGE);
    const wasDirty = page.dirty !== 0;
    if (from === 0 && to === PAGE) {
      cache.pages.delete(index);
      page.dirty = 0;
    } else {
      if (page.state !== 'reading') setBytes(page, new Uint8Array(to - from), from);
      page.dirty &= ~blocksCovered(cache, { index, from, to });
    }
    if (wasDirty && page.dirty === 0) cache.dirtyPages--;
  }
}
