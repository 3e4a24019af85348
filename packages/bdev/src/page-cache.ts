// page-cache.ts — What of a disk is in memory, and what of that the disk does not have yet. Mirrors block/fops.c and mm/filemap.c.
import type { Bio, BioSpec, BlockDevice } from '@dmsim/block';
import { BLK_STS, blkStatusToErrno, createBio, REQ, REQ_OP, submitBio } from '@dmsim/block';
import type { Errno, Task, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, waitEvent, wakeUp } from '@dmsim/sim';

import { logBufferErrors } from './buffer-io-error.ts';
import type { Readahead, Window } from './readahead.ts';
import { asyncWindow, syncWindow } from './readahead.ts';
import { submitAndWait } from './submit-and-wait.ts';

const PAGE = 4096;
const PAGE_SECTORS = 8;
/** Pages of one write-back bio at most (BIO_MAX_VECS). */
const MAX_BIO_PAGES = 256;

interface Page {
  readonly data: Uint8Array;
  dirty: boolean;
  /** `reading`: whoever wants it waits. `failed`: whoever wants it reads it again. */
  state: 'uptodate' | 'reading' | 'failed';
  /** Who comes to it starts the next window of what is read ahead (PG_readahead). */
  marked: boolean;
}

/** One per disk, shared by all that have it open without O_DIRECT. */
export interface PageCache {
  readonly dev: BlockDevice;
  readonly pages: Map<number, Page>;
  /** Where readers wait for a page. */
  readonly read: WaitQueue;
  /** A write-back failed: the next fsync of each open file says so (errseq_t). */
  errors: number;
  /** Someone has been told of the last one; who opens the disk later is not. */
  told: boolean;
  lastError: Errno;
}

export function createPageCache(dev: BlockDevice): PageCache {
  const read = createWaitQueue(`a page of ${dev.name}`);
  return { dev, pages: new Map(), read, errors: 0, told: true, lastError: 'EIO' };
}

export const isDirty = (cache: PageCache): boolean =>
  [...cache.pages.values()].some((page) => page.dirty);

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
    const page = yield* pageOf(cache, index, { fill: 'to-read' });
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

/** Up to the disk's end; what is there already parts the rest (page_cache_ra_unbounded). */
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
    if (run.length < MAX_BIO_PAGES) continue;
    submitRun(cache, index + 1, run);
    run = [];
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
      if (status === BLK_STS.OK) page.data.set(data.subarray(i * PAGE, (i + 1) * PAGE));
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

/** Into memory only: it becomes dirty. A page that is written in part is read first. */
export function* writeCached(
  cache: PageCache,
  offset: number,
  bytes: Uint8Array,
): Task<Errno | undefined> {
  for (let done = 0; done < bytes.length;) {
    const at = offset + done;
    const from = at % PAGE;
    const n = Math.min(PAGE - from, bytes.length - done);
    const index = Math.floor(at / PAGE);
    const fill = n < pageLength(cache, index) ? 'to-write' : 'no';
    const page = yield* pageOf(cache, index, { fill });
    if (typeof page === 'string') return page;
    page.data.set(bytes.subarray(done, done + n), from);
    page.dirty = true;
    done += n;
  }
  return undefined;
}

/** Bytes of the page that are on the device: the last one may be cut short. */
const pageLength = (cache: PageCache, index: number): number =>
  Math.min(PAGE, cache.dev.capacity * 512 - index * PAGE);

/** A page that is to be written whole isn't read first; one that is to be written in part is, and the log is silent about it. */
function* pageOf(
  cache: PageCache,
  index: number,
  { fill }: { readonly fill: 'to-read' | 'to-write' | 'no' },
): Task<Page | Errno> {
  const known = cache.pages.get(index);
  const page = known ?? newPage('failed');
  if (known === undefined) cache.pages.set(index, page);
  yield* waitEvent(cache.read, () => page.state !== 'reading');
  if (page.state === 'uptodate') return page;
  if (fill === 'no') page.state = 'uptodate';
  else if (!(yield* readPage(cache, index, { page, logged: fill === 'to-read' }))) return 'EIO';
  return page;
}

const newPage = (state: Page['state']): Page => ({
  data: new Uint8Array(PAGE),
  dirty: false,
  state,
  marked: false,
});

/** False when it can't be read: whatever went wrong below, read(2) says EIO (filemap_read_folio). */
function* readPage(
  cache: PageCache,
  index: number,
  { page, logged }: { readonly page: Page; readonly logged: boolean },
): Task<boolean> {
  page.state = 'reading';
  const nrSectors = Math.ceil(pageLength(cache, index) / 512);
  const spec = { op: REQ_OP.READ, sector: index * PAGE_SECTORS, nrSectors, data: page.data };
  const status = yield* submitAndWait(cache.dev, [spec]);
  page.state = status === BLK_STS.OK ? 'uptodate' : 'failed';
  wakeUp(cache.read);
  if (status !== BLK_STS.OK && logged) logBufferErrors(cache.dev, spec, 'async page read');
  return status === BLK_STS.OK;
}

/** A page of a disk that nothing was written to yet, as if it had been read. */
export function holdEmptyPage(cache: PageCache, index: number): void {
  if (pageLength(cache, index) > 0) {
    cache.pages.set(index, newPage('uptodate'));
  }
}

/** Writes all dirty pages, neighbours in one bio. What fails is clean afterwards, and its data lost (sync_blockdev). */
export function* writeBack(cache: PageCache): Task<Errno | undefined> {
  const specs = writeBackBios(cache);
  if (specs.length === 0) return undefined;
  const status = yield* submitAndWait(cache.dev, specs, (spec) =>
    logBufferErrors(cache.dev, spec, 'lost async page write'),
  );
  const error = blkStatusToErrno(status);
  if (error === undefined) return undefined;
  cache.errors++;
  cache.told = false;
  cache.lastError = error === 'ENOSPC' ? 'ENOSPC' : 'EIO';
  return cache.lastError;
}

function writeBackBios(cache: PageCache): BioSpec[] {
  const dirty = [...cache.pages].filter(([, page]) => page.dirty).toSorted(([a], [b]) => a - b);
  const specs: BioSpec[] = [];
  for (let i = 0; i < dirty.length;) {
    let n = 1;
    while (n < MAX_BIO_PAGES && dirty[i + n]?.[0] === (dirty[i]?.[0] ?? 0) + n) n++;
    specs.push(bioOf(cache, dirty.slice(i, i + n)));
    i += n;
  }
  return specs;
}

function bioOf(cache: PageCache, run: readonly [number, Page][]): BioSpec {
  const first = run[0]?.[0] ?? 0;
  const end = Math.min((first + run.length) * PAGE_SECTORS, cache.dev.capacity);
  const nrSectors = end - first * PAGE_SECTORS;
  const data = new Uint8Array(run.length * PAGE);
  for (const [i, [, page]] of run.entries()) {
    data.set(page.data, i * PAGE);
    page.dirty = false;
  }
  return {
    op: REQ_OP.WRITE,
    flags: REQ.SYNC,
    sector: first * PAGE_SECTORS,
    nrSectors,
    data: data.subarray(0, nrSectors * 512),
  };
}

/** Clean pages are forgotten: the next read asks the disk (invalidate_bdev). */
export function invalidate(cache: PageCache): void {
  for (const [index, page] of cache.pages) {
    if (!page.dirty) cache.pages.delete(index);
  }
}

/** Pages of a range that someone wrote past the cache (invalidate_inode_pages2_range). */
export function invalidateRange(cache: PageCache, offset: number, length: number): void {
  for (let i = Math.floor(offset / PAGE); i * PAGE < offset + length; i++) cache.pages.delete(i);
}
