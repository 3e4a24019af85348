// read-cached.ts — Reads from the pages of a disk, and has them read ahead. Mirrors mm/filemap.c: filemap_read, filemap_get_pages.
import type { Errno, Task } from '@dmsim/sim';

import type { Page, PageCache } from './page-cache.ts';
import { NO_DATA, pageOf, startReading } from './page-cache.ts';
import type { Readahead } from './readahead.ts';
import { asyncWindow, shrinkOnError, syncWindow } from './readahead.ts';

const PAGE = 4096;

/**
 * The result of `readCached`, if nobody has to wait for it: the range lies within a page that is in memory and triggers no read-ahead.
 * Null otherwise.
 */
export function readAtOnce(
  { pages }: PageCache,
  ra: Readahead,
  offset: number,
  length: number,
): Uint8Array | null {
  const from = offset % PAGE;
  const page = pages.get((offset - from) / PAGE);
  if (page === undefined || page.state !== 'uptodate' || page.marked) return null;
  if (from + length > PAGE) return null;
  ra.prevPos = offset + length;
  return viewOf(page, from, length);
}

/** Reads bytes `offset … offset+length-1`, which lie within the device, for an open file whose read-ahead state is `ra`. The caller must not change them. */
export function* readCached(
  cache: PageCache,
  ra: Readahead,
  offset: number,
  length: number,
): Task<Uint8Array | Errno> {
  let bytes: Uint8Array | null = null;
  const end = Math.ceil((offset + length) / PAGE);
  let at = offset;
  // Pages that are looked up together (filemap_get_read_batch).
  let batch = 0;
  while (at < offset + length) {
    const from = at % PAGE;
    const index = (at - from) / PAGE;
    // One that fails at the end of a batch ends it, and is read once more as the first of the next.
    if (failsInBatch(cache, index, batch)) yield* pageOf(cache, index);
    readAhead(cache, ra, index, end - index);
    const there = cache.pages.get(index);
    batch = isLast(there, batch) ? 0 : batch + 1;
    const page: Page | Errno = there?.state === 'uptodate' ? there : yield* pageOf(cache, index);
    if (typeof page === 'string') {
      shrinkOnError(ra);
      return partOf(ra, bytes, offset, at) ?? page;
    }
    const n = Math.min(PAGE - from, offset + length - at);
    if (n === length) bytes = viewOf(page, from, n);
    else {
      bytes ??= new Uint8Array(length);
      bytes.set(page.data.subarray(from, from + n), at - offset);
    }
    at += n;
  }
  // This comes last: within one system call, read-ahead does not see how far it has come.
  if (length > 0) ra.prevPos = at;
  return bytes ?? NO_DATA;
}

/** Returns the bytes read before the page that failed; null for none. */
function partOf(
  ra: Readahead,
  bytes: Uint8Array | null,
  offset: number,
  end: number,
): Uint8Array | null {
  if (bytes === null) return null;
  ra.prevPos = end;
  return bytes.slice(0, end - offset);
}

/** PAGEVEC_SIZE */
const MOST_PAGES = 31;

/** True for a page that ends its batch. */
const isLast = (page: Page | undefined, batch: number): boolean =>
  page === undefined || page.state !== 'uptodate' || page.marked || batch >= MOST_PAGES;

const failsInBatch = ({ pages }: PageCache, index: number, batch: number): boolean =>
  batch > 0 && pages.get(index)?.state === 'failed';

/** Bytes of a page, without a copy of them. */
function viewOf(page: Page, from: number, length: number): Uint8Array {
  page.shared = true;
  return page.data.subarray(from, from + length);
}

/** Called before the page at `index` is used: starts to read it and the pages after it, if needed (filemap_get_pages). */
function readAhead(cache: PageCache, ra: Readahead, index: number, wanted: number): void {
  const isCached = (i: number): boolean => cache.pages.has(i);
  if (!isCached(index)) startReading(cache, syncWindow(ra, index, wanted, isCached));
  const page = cache.pages.get(index);
  if (page === undefined || !page.marked) return;
  page.marked = false;
  const window = asyncWindow(ra, index, wanted, isCached);
  if (window !== null) startReading(cache, window);
}
