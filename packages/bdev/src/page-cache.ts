// page-cache.ts — What of a disk is in memory, and what of that the disk does not have yet. Mirrors block/fops.c and mm/filemap.c.
import type { Bio, BioSpec, BlockDevice } from '@dmsim/block';
import { BLK_STS, createBio, REQ, REQ_OP, submitBio } from '@dmsim/block';
import type { Errno, Task, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, waitEvent, wakeUp } from '@dmsim/sim';

import { blockSizeOf } from './block-size.ts';
import { logBufferErrors } from './buffer-io-error.ts';
import type { Readahead, Window } from './readahead.ts';
import { asyncWindow, syncWindow } from './readahead.ts';
import { submitAndWait } from './submit-and-wait.ts';

const PAGE = 4096;
const PAGE_SECTORS = 8;

interface Page {
  readonly data: Uint8Array;
  /** `reading`: whoever wants it waits. `failed`: whoever wants all of it reads what is missing. */
  state: 'uptodate' | 'reading' | 'failed';
  /** A bit for each block: what is in memory, and what of that the disk does not have. */
  valid: number;
  dirty: number;
  /** Coming to this page starts the next window of what is read ahead (PG_readahead). */
  marked: boolean;
}

/** One per disk, shared by all that have it open without O_DIRECT. */
export interface PageCache {
  readonly dev: BlockDevice;
  readonly pages: Map<number, Page>;
  /** Bytes: set when someone opens the disk, by what divides its size then. */
  blockSize: number;
  /** Where readers wait for a page. */
  readonly read: WaitQueue;
  /** A write-back failed: the next fsync of each open file says so (errseq_t). */
  errors: number;
  /** Someone has been told of the last one; whoever opens the disk later is not. */
  told: boolean;
}

export function createPageCache(dev: BlockDevice): PageCache {
  const read = createWaitQueue(`a page of ${dev.name}`);
  return { dev, pages: new Map(), blockSize: blockSizeOf(dev), read, errors: 0, told: true };
}

export function isDirty({ pages }: PageCache): boolean {
  for (const page of pages.values()) if (page.dirty !== 0) return true;
  return false;
}

/** Bytes `offset … offset+length-1`, which lie within the device, for an open file that remembers its reads in `ra`. */
export function* readCached(
  cache: PageCache,
  ra: Readahead,
  offset: number,
  length: number,
): Task<Uint8Array | Errno> {
  const bytes = new Uint8Array(length);
  const end = Math.ceil((offset + length) / PAGE);
  for (let at = offset; at < offset + length;) {
    const index = Math.floor(at / PAGE);
    readAhead(cache, ra, index, end - index);
    const page = yield* pageOf(cache, index);
    if (typeof page === 'string') return at > offset ? bytes.slice(0, at - offset) : page;
    const from = at % PAGE;
    const n = Math.min(PAGE - from, offset + length - at);
    bytes.set(page.data.subarray(from, from + n), at - offset);
    at += n;
    ra.prevPos = at;
  }
  return bytes;
}

/** Before the page at `index` is looked at: it and what comes after it may have to be read (filemap_get_pages). */
function readAhead(cache: PageCache, ra: Readahead, index: number, wanted: number): void {
  const isCached = (i: number): boolean => cache.pages.has(i);
  if (!isCached(index)) startReading(cache, syncWindow(ra, index, wanted, isCached));
  const page = cache.pages.get(index);
  if (page === undefined || !page.marked) return;
  page.marked = false;
  const window = asyncWindow(ra, index, wanted, isCached);
  if (window !== null) startReading(cache, window);
}

/**
 * Up to the disk's end; what is there already parts the rest (page_cache_ra_unbounded). New pages mostly lie side by
 * side in memory, so that one bio has room for a whole window.
 */
function startReading(cache: PageCache, { start, size, mark }: Window): void {
  const end = Math.min(start + size, Math.ceil((cache.dev.capacity * 512) / PAGE));
  // The mark moves with the end.
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

/** The pages before `end`. No one waits for the bio: it may fail, and then its pages are read again one by one (mpage_readahead). */
function submitRun(cache: PageCache, end: number, run: readonly Page[]): void {
  if (run.length === 0) return;
  const { dev } = cache;
  const sector = (end - run.length) * PAGE_SECTORS;
  const nrSectors = Math.min(end * PAGE_SECTORS, dev.capacity) - sector;
  const data = new Uint8Array(nrSectors * 512);
  const spec: BioSpec = { op: REQ_OP.READ, flags: REQ.RAHEAD, sector, nrSectors, data };
  const endIo = ({ status }: Bio): void => {
    for (const [i, page] of run.entries()) {
      page.state = status === BLK_STS.OK ? 'uptodate' : 'failed';
      if (status !== BLK_STS.OK) continue;
      page.data.set(data.subarray(i * PAGE, (i + 1) * PAGE));
      page.valid = ALL_BLOCKS;
    }
    wakeUp(cache.read);
  };
  submitBio(createBio(dev, spec, endIo));
}

/** Until what is read ahead has come: who closes a disk as the last one takes its pages away. */
export function* waitForPages(cache: PageCache): Task<void> {
  const { pages, read } = cache;
  yield* waitEvent(read, () => [...pages.values()].every(({ state }) => state !== 'reading'));
}

/** Into memory only: its blocks become dirty. A block that is written in part is read first. */
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
    page.data.set(bytes.subarray(done, done + n), from);
    const written = blocksWithin(cache, range);
    page.valid |= written;
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

/** Bytes of the page that are on the device: the last one may be cut short. */
const pageLength = (cache: PageCache, index: number): number =>
  Math.min(PAGE, cache.dev.capacity * 512 - index * PAGE);

/** More bits than a page can have blocks. */
const ALL_BLOCKS = 0xff;

/** The blocks that a range touches, as bits. */
function blocksWithin({ blockSize }: PageCache, { from, to }: PageRange): number {
  const first = Math.floor(from / blockSize);
  const end = Math.ceil(to / blockSize);
  return ((1 << end) - 1) & ~((1 << first) - 1);
}

/** All that the device has of the page is in memory. */
function isComplete(cache: PageCache, index: number, { valid }: Page): boolean {
  const all = blocksWithin(cache, { index, from: 0, to: pageLength(cache, index) });
  return (valid & all) === all;
}

/** The page, with all that read(2) may ask of it. */
function* pageOf(cache: PageCache, index: number): Task<Page | Errno> {
  const page = yield* settledPage(cache, index);
  if (page.state === 'uptodate') return page;
  const wanted = blocksWithin(cache, { index, from: 0, to: pageLength(cache, index) });
  const isThere = yield* readBlocks(cache, index, { page, wanted, logged: true });
  return isThere ? page : 'EIO';
}

/** Blocks that the range covers in part are read first; the log is silent about those that can't be (block_write_begin). */
function* pageToWrite(cache: PageCache, range: PageRange): Task<Page | Errno> {
  const { index, from, to } = range;
  const page = yield* settledPage(cache, index);
  if (page.state === 'uptodate') return page;
  const { blockSize } = cache;
  const end = Math.min(to, pageLength(cache, index));
  let wanted = 0;
  if (from % blockSize !== 0) wanted |= blocksWithin(cache, { index, from, to: from + 1 });
  if (end % blockSize !== 0) wanted |= blocksWithin(cache, { index, from: end - 1, to: end });
  const isThere = yield* readBlocks(cache, index, { page, wanted, logged: false });
  return isThere ? page : 'EIO';
}

/** The page at `index`, made if it is not there, once no one reads it. */
function* settledPage(cache: PageCache, index: number): Task<Page> {
  const known = cache.pages.get(index);
  const page = known ?? newPage('failed');
  if (known === undefined) cache.pages.set(index, page);
  yield* waitEvent(cache.read, () => page.state !== 'reading');
  return page;
}

const newPage = (state: Page['state']): Page => ({
  data: new Uint8Array(PAGE),
  state,
  valid: state === 'uptodate' ? ALL_BLOCKS : 0,
  dirty: 0,
  marked: false,
});

interface BlockRead {
  readonly page: Page;
  readonly wanted: number;
  readonly logged: boolean;
}

/**
 * A bio for each block that is wanted and not there (block_read_full_folio). False when one of them can't be read:
 * whatever went wrong below, the system call says EIO.
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
  yield* submitAndWait(dev, specs, (spec) => void failed.add(spec));
  for (const spec of specs) {
    if (failed.has(spec)) {
      if (logged) logBufferErrors(cache, spec, 'async page read');
      continue;
    }
    const from = spec.sector * 512 - index * PAGE;
    page.data.set(spec.data, from);
    page.valid |= blocksWithin(cache, { index, from, to: from + spec.data.length });
  }
  page.state = isComplete(cache, index, page) ? 'uptodate' : 'failed';
  wakeUp(cache.read);
  return failed.size === 0;
}

/** Where the blocks of a page that have their bit set are on the device. */
function blockSpecs(
  { blockSize, dev }: PageCache,
  index: number,
  blocks: number,
): { readonly sector: number; readonly nrSectors: number }[] {
  const perBlock = blockSize / 512;
  const specs = [];
  for (let block = 0; block < PAGE / blockSize; block++) {
    if ((blocks & (1 << block)) === 0) continue;
    const sector = index * PAGE_SECTORS + block * perBlock;
    if (sector < dev.capacity) specs.push({ sector, nrSectors: perBlock });
  }
  return specs;
}

/** A page of a disk that nothing was written to yet, as if it had been read. */
export function holdEmptyPage(cache: PageCache, index: number): void {
  if (pageLength(cache, index) > 0) {
    cache.pages.set(index, newPage('uptodate'));
  }
}

/**
 * Writes all that is dirty, a bio for each block, in one plug. What fails is clean afterwards, and its data lost; who
 * asks is told EIO, whatever the disk said (sync_blockdev, block_write_full_folio, mark_buffer_write_io_error).
 */
export function* writeBack(cache: PageCache): Task<Errno | undefined> {
  const specs = writeBackBios(cache);
  if (specs.length === 0) return undefined;
  const status = yield* submitAndWait(cache.dev, specs, (spec) =>
    logBufferErrors(cache, spec, 'lost async page write'),
  );
  if (status === BLK_STS.OK) return undefined;
  cache.errors++;
  cache.told = false;
  return 'EIO';
}

function writeBackBios(cache: PageCache): BioSpec[] {
  const dirty = [...cache.pages].filter(([, page]) => page.dirty !== 0);
  return dirty
    .toSorted(([a], [b]) => a - b)
    .flatMap(([index, page]) => {
      const blocks = page.dirty;
      page.dirty = 0;
      return blockSpecs(cache, index, blocks).map(({ sector, nrSectors }) => {
        const from = sector * 512 - index * PAGE;
        const data = page.data.slice(from, from + nrSectors * 512);
        return { op: REQ_OP.WRITE, flags: REQ.SYNC, sector, nrSectors, data };
      });
    });
}

/** Clean pages are forgotten: the next read asks the disk (invalidate_bdev). */
export function invalidate(cache: PageCache): void {
  for (const [index, page] of cache.pages) {
    if (page.dirty === 0) cache.pages.delete(index);
  }
}

/** Pages of a range that someone wrote past the cache (invalidate_inode_pages2_range). */
export function invalidateRange(cache: PageCache, offset: number, length: number): void {
  for (let i = Math.floor(offset / PAGE); i * PAGE < offset + length; i++) cache.pages.delete(i);
}
