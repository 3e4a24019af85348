// page-cache.ts — The pages of a disk in memory, and which of them are dirty. Mirrors block/fops.c and mm/filemap.c.
import type { Bio, BioSpec, BlockDevice } from '@dmsim/block';
import { BLK_STS, createBio, finishPlug, REQ, REQ_OP, startPlug, submitBio } from '@dmsim/block';
import type { Errno, Mutex, Nanos, Task, WaitQueue, Wake } from '@dmsim/sim';
import { createMutex, createWaitQueue, waitEvent, wakeUp } from '@dmsim/sim';

import { blockSizeOf } from './block-size.ts';
import { logBufferErrors } from './buffer-io-error.ts';
import { pageMemory } from './page-memory.ts';
import type { Window } from './readahead.ts';
import { submitAndWait } from './submit-and-wait.ts';

const PAGE = 4096;
const PAGE_SECTORS = 8;

export interface Page {
  /** Empty until a read that makes the page has ended. */
  data: Uint8Array;
  /** `reading`: readers wait for it. `failed`: a reader of the whole page must read its missing blocks. */
  state: 'uptodate' | 'reading' | 'failed';
  /** A bit for each block: `valid` blocks are in memory, `dirty` ones are not on the disk yet. */
  valid: number;
  dirty: number;
  /** How many bios write it back (PG_writeback). */
  writing: number;
  /** Reading this page triggers the next read-ahead window (PG_readahead). */
  marked: boolean;
  /** A reader may have a view of `data`: the next write to the page needs a copy. */
  shared: boolean;
}

/** One per disk, shared by all that have it open without O_DIRECT. */
export interface PageCache {
  readonly dev: BlockDevice;
  readonly pages: Map<number, Page>;
  /** How many of them are dirty, and since when there have been any. */
  dirtyPages: number;
  dirtySince: Nanos;
  /** Called when the first page becomes dirty; null if no flusher runs. */
  flusher: { onDirty(): void } | null;
  /** How many pages have been written back so far. */
  writtenPages: number;
  /** Bytes per block, set when the disk is opened, from its size at that time. */
  blockSize: number;
  /** Readers wait here for a page. */
  readonly read: WaitQueue;
  /** How many pages are being written back, and where processes wait for one of them. */
  writingPages: number;
  readonly written: WaitQueue;
  /** Whoever opens or closes the disk takes it for a moment; sync(2) keeps it while it waits. A partition has that of its disk. */
  readonly openMutex: Mutex;
  /** Counts blocks that could not be written back, which the next fsync of each open file reports (errseq_t). */
  errors: number;
  /** The last error was reported to some file; files opened later do not report it. */
  told: boolean;
  /** A write-back failed, and neither direct I/O nor fsync has told anyone (AS_EIO). */
  lost: boolean;
}

export function createPageCache(
  dev: BlockDevice,
  openMutex: Mutex = createMutex(`the open_mutex of ${dev.name}`),
): PageCache {
  const read = createWaitQueue(`a page of ${dev.name}`);
  const written = createWaitQueue(`write-back of ${dev.name}`);
  return {
    dev,
    pages: new Map(),
    dirtyPages: 0,
    dirtySince: 0,
    flusher: null,
    writtenPages: 0,
    blockSize: blockSizeOf(dev),
    read,
    writingPages: 0,
    written,
    openMutex,
    errors: 0,
    told: true,
    lost: false,
  };
}

/** Replaces bytes of a page, but not those that a reader has. */
export function setBytes(page: Page, bytes: Uint8Array, from: number): void {
  if (page.shared) {
    page.data = page.data.slice();
    page.shared = false;
  }
  page.data.set(bytes, from);
}

/**
 * Reads the window, up to the disk's end, in runs between pages that are there already (page_cache_ra_unbounded). New pages
 * mostly lie side by side in memory, so one bio can hold a whole window.
 */
export function startReading(cache: PageCache, { start, size, mark }: Window): void {
  const end = Math.min(start + size, Math.ceil((cache.dev.capacity * 512) / PAGE));
  // The mark moves by as much as the end was cut.
  const markAt = mark === null ? -1 : mark - (start + size - end);
  let run: Page[] = [];
  for (let index = start; index < end; index++) {
    if (cache.pages.has(index)) {
      submitRun(cache, index, run);
      run = [];
      continue;
    }
    const page = newPage('reading');
    page.marked = index === markAt;
    cache.pages.set(index, page);
    run.push(page);
  }
  submitRun(cache, end, run);
}

/** Reads the pages before `end`. Nobody waits for the bio; if it fails, its pages are read again one by one (mpage_readahead). */
function submitRun(cache: PageCache, end: number, run: readonly Page[]): void {
  if (run.length === 0) return;
  const { dev } = cache;
  const sector = (end - run.length) * PAGE_SECTORS;
  const nrSectors = Math.min(end * PAGE_SECTORS, dev.capacity) - sector;
  const buffer = pageMemory(run.length * PAGE);
  const data = buffer.length === nrSectors * 512 ? buffer : buffer.subarray(0, nrSectors * 512);
  const spec: BioSpec = { op: REQ_OP.READ, flags: REQ.RAHEAD, sector, nrSectors, data };
  const endIo = ({ status }: Bio): void => {
    for (let i = 0; i < run.length; i++) {
      const page = run[i] as Page;
      page.data = run.length === 1 ? buffer : buffer.subarray(i * PAGE, (i + 1) * PAGE);
      page.state = status === BLK_STS.OK ? 'uptodate' : 'failed';
      if (status === BLK_STS.OK) page.valid = ALL_BLOCKS;
    }
    wakeUp(cache.read);
  };
  // The parts that a map makes of it are merged again where they meet on one disk (read_pages).
  const plugged = startPlug(dev.layer);
  submitBio(createBio(dev, spec, endIo));
  if (plugged) finishPlug(dev.layer);
}

/** Waits for pages that are being read ahead, before the last closer of the disk drops them. */
export function* waitForPages(cache: PageCache): Task<void> {
  const { pages, read } = cache;
  yield* waitEvent(read, () => [...pages.values()].every(({ state }) => state !== 'reading'));
}

/** Writes to memory only, and marks the blocks dirty. A block that is written in part is read first. */
export function* writeCached(
  cache: PageCache,
  offset: number,
  bytes: Uint8Array,
): Task<Errno | undefined> {
  for (let done = 0; done < bytes.length;) {
    const at = offset + done;
    const from = at % PAGE;
    const n = Math.min(PAGE - from, bytes.length - done);
    const range = { index: Math.floor(at / PAGE), from, to: from + n };
    const page = yield* pageToWrite(cache, range);
    if (typeof page === 'string') return page;
    // It was dropped from the cache while this waited for it, so the data needs another page.
    if (cache.pages.get(range.index) !== page) continue;
    setBytes(page, bytes.subarray(done, done + n), from);
    const written = blocksWithin(cache, range);
    page.valid |= written;
    if (page.dirty === 0 && cache.dirtyPages++ === 0) cache.flusher?.onDirty();
    page.dirty |= written;
    if (isComplete(cache, range.index, page)) page.state = 'uptodate';
    done += n;
  }
  return undefined;
}

/** Bytes `from … to-1` of a page. */
interface PageRange {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** How many bytes of the page lie on the device; the last page may be cut short. */
const pageLength = (cache: PageCache, index: number): number =>
  Math.min(PAGE, cache.dev.capacity * 512 - index * PAGE);

/** The bits of all blocks that a page can have. */
const ALL_BLOCKS = 0xff;

/** The blocks that a range touches, as bits. */
function blocksWithin({ blockSize }: PageCache, { from, to }: PageRange): number {
  const first = Math.floor(from / blockSize);
  const end = Math.ceil(to / blockSize);
  return ((1 << end) - 1) & ~((1 << first) - 1);
}

/** The blocks that lie within a range, as bits. */
export function blocksCovered({ blockSize }: PageCache, { from, to }: PageRange): number {
  const first = Math.ceil(from / blockSize);
  const end = Math.floor(to / blockSize);
  return first < end ? ((1 << end) - 1) & ~((1 << first) - 1) : 0;
}

/** True if every block of the page that lies on the device is in memory. */
function isComplete(cache: PageCache, index: number, { valid }: Page): boolean {
  const all = blocksWithin(cache, { index, from: 0, to: pageLength(cache, index) });
  return (valid & all) === all;
}

/** Returns the page with all its blocks in memory. */
export function* pageOf(cache: PageCache, index: number): Task<Page | Errno> {
  const page = pageAt(cache, index);
  if (page.state === 'reading') yield* pageRead(cache, page);
  if (page.state === 'uptodate') return page;
  const wanted = blocksWithin(cache, { index, from: 0, to: pageLength(cache, index) });
  const isThere = yield* readBlocks(cache, index, { page, wanted, logged: true });
  return isThere ? page : 'EIO';
}

/** Returns the page after reading blocks that the range covers in part. A block that can't be read is not logged (block_write_begin). */
function* pageToWrite(cache: PageCache, range: PageRange): Task<Page | Errno> {
  const { index, from, to } = range;
  const page = pageAt(cache, index);
  if (page.state === 'reading') yield* pageRead(cache, page);
  if (page.state === 'uptodate') return page;
  const { blockSize } = cache;
  const end = Math.min(to, pageLength(cache, index));
  let wanted = 0;
  if (from % blockSize !== 0) wanted |= blocksWithin(cache, { index, from, to: from + 1 });
  if (end % blockSize !== 0) wanted |= blocksWithin(cache, { index, from: end - 1, to: end });
  const isThere = yield* readBlocks(cache, index, { page, wanted, logged: false });
  return isThere ? page : 'EIO';
}

/** Returns the page at `index`, made if needed. */
function pageAt({ pages }: PageCache, index: number): Page {
  let page = pages.get(index);
  if (page === undefined) pages.set(index, (page = newPage('failed')));
  return page;
}

/** Waits until no read of the page is under way. */
export const pageRead = ({ read }: PageCache, page: Page): Task<Wake> =>
  waitEvent(read, () => page.state !== 'reading', { patient: true });

export const NO_DATA: Uint8Array = new Uint8Array(0);

const newPage = (state: Page['state']): Page => ({
  data: state === 'reading' ? NO_DATA : pageMemory(PAGE),
  state,
  valid: state === 'uptodate' ? ALL_BLOCKS : 0,
  dirty: 0,
  writing: 0,
  marked: false,
  shared: false,
});

interface BlockRead {
  readonly page: Page;
  readonly wanted: number;
  readonly logged: boolean;
}

/**
 * Reads each wanted block that is missing, with a bio per block (block_read_full_folio). False if one can't be read: the
 * system call then reports EIO, whatever the disk's error.
 */
function* readBlocks(
  cache: PageCache,
  index: number,
  { page, wanted, logged }: BlockRead,
): Task<boolean> {
  const { dev } = cache;
  const specs = blockSpecs(cache, index, wanted & ~page.valid).map(({ sector, nrSectors }) => ({
    op: REQ_OP.READ,
    sector,
    nrSectors,
    data: new Uint8Array(nrSectors * 512),
  }));
  const failed = new Set<BioSpec>();
  page.state = 'reading';
  yield* submitAndWait(dev, specs, { onFailure: (spec) => void failed.add(spec) });
  for (const spec of specs) {
    if (failed.has(spec)) {
      if (logged) logBufferErrors(cache, spec, 'async page read');
      continue;
    }
    const from = spec.sector * 512 - index * PAGE;
    setBytes(page, spec.data, from);
    page.valid |= blocksWithin(cache, { index, from, to: from + spec.data.length });
  }
  page.state = isComplete(cache, index, page) ? 'uptodate' : 'failed';
  wakeUp(cache.read);
  return failed.size === 0;
}

/** The ranges on the device of those blocks of a page whose bit is set. */
export function blockSpecs(
  { blockSize, dev }: PageCache,
  index: number,
  blocks: number,
): { readonly sector: number; readonly nrSectors: number }[] {
  const perBlock = blockSize / 512;
  const specs = [];
  for (let block = 0; block < PAGE / blockSize; block++) {
    if ((blocks & (1 << block)) === 0) continue;
    const sector = index * PAGE_SECTORS + block * perBlock;
    // A device that has shrunk may end within a block (guard_bio_eod).
    const nrSectors = Math.min(perBlock, dev.capacity - sector);
    if (nrSectors > 0) specs.push({ sector, nrSectors });
  }
  return specs;
}

/** Adds an empty page, as if it had been read from a disk that nothing was written to. */
export function holdEmptyPage(cache: PageCache, index: number): void {
  if (pageLength(cache, index) > 0) {
    cache.pages.set(index, newPage('uptodate'));
  }
}

/** True if the page is clean, and neither read nor written: then it may be dropped. */
export const isIdle = ({ dirty, writing, state }: Page): boolean =>
  dirty === 0 && writing === 0 && state !== 'reading';

/** Drops idle pages, so that the next read asks the disk (invalidate_bdev). */
export function invalidate({ pages }: PageCache): void {
  for (const [index, page] of pages) if (isIdle(page)) pages.delete(index);
}

/** Drops all pages, dirty or not (kill_bdev). */
export function forgetPages(cache: PageCache): void {
  cache.pages.clear();
  cache.dirtyPages = 0;
}
