// readahead.ts — Chooses the pages to read before they are asked for. Mirrors mm/readahead.c: page_cache_sync_ra, page_cache_async_ra, get_init_ra_size, get_next_ra_size.
//
// A window of pages grows while a file is read from front to back. One page in it is marked: reading that page starts the
// next window, so that the disk works while the reader does. All numbers here are pages.
import type { BlockDevice } from '@dmsim/block';
import { readAheadOf } from '@dmsim/block';
import type { Advice } from '@dmsim/vfs';

const PAGE_SECTORS = 8;
const PAGE = 4096;

/** The read-ahead state of an open file (struct file_ra_state). */
export interface Readahead {
  /** The reader has announced that it jumps about (FMODE_RANDOM): each read takes what it asks for. */
  random: boolean;
  /** `pages`: the most to read ahead, 0 = one page at a time. `ioPages`: the most a disk takes at once, for larger reads. */
  pages: number;
  readonly ioPages: number;
  /** The last window, and how many of its pages follow the mark. */
  start: number;
  size: number;
  asyncSize: number;
  /** The end of the last read, in bytes; -1 before the first read. */
  prevPos: number;
}

/** A file that is read from front to back is read twice as far ahead (generic_fadvise). */
export function advise(ra: Readahead, dev: BlockDevice, advice: Advice): void {
  ra.random = advice === 'random';
  if (advice === 'sequential') ra.pages = 2 * Math.floor(readAheadOf(dev) / PAGE_SECTORS);
}

/** The pages to read now; those already in memory are skipped. */
export interface Window {
  readonly start: number;
  readonly size: number;
  /** The page that starts the next window; null for none. */
  readonly mark: number | null;
}

/** Takes the disk's limits at the time when the file is opened. */
export const createReadahead = (dev: BlockDevice): Readahead => ({
  random: false,
  pages: Math.floor(readAheadOf(dev) / PAGE_SECTORS),
  ioPages: Math.floor(dev.limits.maxSectors / PAGE_SECTORS),
  start: 0,
  size: 0,
  asyncSize: 0,
  prevPos: -1,
});

/** True if the page is in memory or being read. */
type IsCached = (index: number) => boolean;

/** The window for a read that misses the page at `index` and wants `wanted` pages from there. */
export function syncWindow(
  ra: Readahead,
  index: number,
  wanted: number,
  isCached: IsCached,
): Window {
  if (ra.pages === 0) return { start: index, size: 1, mark: null };
  if (ra.random) {
    const size = Math.min(wanted, Math.max(ra.ioPages, ra.pages));
    return { start: index, size, mark: null };
  }
  const most = mostPages(ra, wanted);
  if (index === 0 || wanted > most || followsLastRead(ra, index)) {
    ra.start = index;
    ra.size = initialSize(wanted, most);
    ra.asyncSize = ra.size > wanted ? ra.size - wanted : ra.size >> 1;
    return windowOf(ra);
  }
  let history = 0;
  while (history < most && index - history > 0 && isCached(index - history - 1)) history++;
  // A read that continues nothing.
  if (history <= wanted) return { start: index, size: wanted, mark: null };
  // All pages before it are in memory: the file is being read from front to back.
  if (history === index) history *= 2;
  ra.start = index;
  ra.size = Math.min(history + wanted, most);
  ra.asyncSize = 1;
  return windowOf(ra);
}

/** The window that follows when the reader reaches the mark at `index`. Null if it is better to wait. */
export function asyncWindow(
  ra: Readahead,
  index: number,
  wanted: number,
  isCached: IsCached,
): Window | null {
  if (ra.pages === 0) return null;
  const most = mostPages(ra, wanted);
  if (index === ra.start + ra.size - ra.asyncSize) {
    ra.start += ra.size;
    // A window never becomes smaller because little is left of a large read.
    ra.size = Math.max(ra.size, nextSize(ra.size, most));
  } else {
    // Another reader's mark: go on where the cached pages end.
    let start = index + 1;
    while (start - index <= most && isCached(start)) start++;
    if (start - index > most) return null;
    ra.start = start;
    ra.size = nextSize(start - index + wanted, most);
  }
  ra.asyncSize = ra.size;
  return windowOf(ra);
}

/** A page that can't be read: what follows it may be bad too (shrink_readahead_size_eio). */
export function shrinkOnError(ra: Readahead): void {
  ra.pages = Math.floor(ra.pages / 4);
}

function windowOf({ start, size, asyncSize }: Readahead): Window {
  return { start, size, mark: start + size - asyncSize };
}

/** A read that is larger than the window may be as large as the disk takes at once. */
const mostPages = ({ pages, ioPages }: Readahead, wanted: number): number =>
  wanted > pages && ioPages > pages ? Math.min(wanted, ioPages) : pages;

function followsLastRead({ prevPos }: Readahead, index: number): boolean {
  if (prevPos < 0) return false;
  const gap = index - Math.floor(prevPos / PAGE);
  return gap === 0 || gap === 1;
}

function initialSize(wanted: number, most: number): number {
  const size = 2 ** Math.ceil(Math.log2(wanted));
  if (size <= most / 32) return size * 4;
  if (size <= most / 4) return size * 2;
  return most;
}

function nextSize(size: number, most: number): number {
  if (size < most / 16) return size * 4;
  if (size <= most / 2) return size * 2;
  return most;
}
