// page-cache.ts — What of a disk is in memory, and what of that the disk does not have yet. Mirrors block/fops.c and mm/filemap.c.
import type { BioSpec, BlockDevice } from '@dmsim/block';
import { blkStatusToErrno, REQ, REQ_OP } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';

import { logBufferErrors } from './buffer-io-error.ts';
import { submitAndWait } from './submit-and-wait.ts';

const PAGE = 4096;
const PAGE_SECTORS = 8;
/** Pages of one write-back bio at most (BIO_MAX_VECS). */
const MAX_BIO_PAGES = 256;

interface Page {
  readonly data: Uint8Array;
  dirty: boolean;
}

/** One per disk, shared by all that have it open without O_DIRECT. */
export interface PageCache {
  readonly dev: BlockDevice;
  readonly pages: Map<number, Page>;
  /** A write-back failed: the next fsync of each open file says so (errseq_t). */
  errors: number;
  /** Someone has been told of the last one; who opens the disk later is not. */
  told: boolean;
  lastError: Errno;
}

export function createPageCache(dev: BlockDevice): PageCache {
  return { dev, pages: new Map(), errors: 0, told: true, lastError: 'EIO' };
}

export const isDirty = (cache: PageCache): boolean =>
  [...cache.pages.values()].some((page) => page.dirty);

/** Bytes `offset … offset+length-1`, which lie within the device. */
export function* readCached(
  cache: PageCache,
  offset: number,
  length: number,
): Task<Uint8Array | Errno> {
  const bytes = new Uint8Array(length);
  for (let at = offset; at < offset + length;) {
    const page = yield* pageOf(cache, Math.floor(at / PAGE), { fill: 'to-read' });
    if (typeof page === 'string') return at > offset ? bytes.slice(0, at - offset) : page;
    const from = at % PAGE;
    const n = Math.min(PAGE - from, offset + length - at);
    bytes.set(page.data.subarray(from, from + n), at - offset);
    at += n;
  }
  return bytes;
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
  if (known !== undefined) return known;
  const page: Page = { data: new Uint8Array(PAGE), dirty: false };
  if (fill !== 'no') {
    const nrSectors = Math.ceil(pageLength(cache, index) / 512);
    const spec = { op: REQ_OP.READ, sector: index * PAGE_SECTORS, nrSectors, data: page.data };
    const error = blkStatusToErrno(yield* submitAndWait(cache.dev, [spec]));
    if (error !== undefined && fill === 'to-read') {
      logBufferErrors(cache.dev, spec, 'async page read');
    }
    // Whatever went wrong below, read(2) says EIO.
    if (error !== undefined) return 'EIO';
  }
  // Another may have read it meanwhile.
  const raced = cache.pages.get(index);
  if (raced !== undefined) return raced;
  cache.pages.set(index, page);
  return page;
}

/** A page of a disk that nothing was written to yet, as if it had been read. */
export function holdEmptyPage(cache: PageCache, index: number): void {
  if (pageLength(cache, index) > 0) {
    cache.pages.set(index, { data: new Uint8Array(PAGE), dirty: false });
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
