// write-back.ts — Writes dirty pages to the disk. Mirrors mm/filemap.c: filemap_write_and_wait_range; fs/buffer.c: block_write_full_folio, end_buffer_async_write, mark_buffer_write_io_error; block/bdev.c: bdev_mark_dead.
import type { Bio, BioSpec } from '@dmsim/block';
import { BLK_STS, createBio, finishPlug, REQ, REQ_OP, startPlug, submitBio } from '@dmsim/block';
import type { Errno, Task, Wake } from '@dmsim/sim';
import { waitEvent, wakeUp } from '@dmsim/sim';

import { logBufferErrors } from './buffer-io-error.ts';
import type { Page, PageCache } from './page-cache.ts';
import { blockSpecs, invalidate } from './page-cache.ts';
import type { CachedPage, PageSpan } from './page-span.ts';
import { EVERY_PAGE, pagesIn } from './page-span.ts';

const PAGE = 4096;

/**
 * Writes the dirty blocks of the span and waits for all of its pages that are being written, whoever began. A page that is being
 * written already is written again only after that. A block that fails becomes clean and its data is lost.
 */
export function* writeBack(cache: PageCache, span: PageSpan = EVERY_PAGE): Task<void> {
  if (cache.dirtyPages === 0 && cache.writingPages === 0) return;
  const pages = pagesIn(cache, span);
  submitPages(cache, pages);
  const busy = pages.filter(({ page }) => page.dirty !== 0);
  for (const cached of busy) {
    yield* pageWritten(cache, cached.page);
    if (cache.pages.get(cached.index) === cached.page) submitPages(cache, [cached]);
  }
  for (const { page } of pages) if (page.writing > 0) yield* pageWritten(cache, page);
}

/** Waits until no bio writes the page (folio_wait_writeback). */
export const pageWritten = ({ written }: PageCache, page: Page): Task<Wake> =>
  waitEvent(written, () => page.writing === 0);

/** Writes the dirty pages that are not being written yet, and waits for none (WB_SYNC_NONE). */
export function startWriteBack(cache: PageCache): void {
  if (cache.dirtyPages > 0) submitPages(cache, pagesIn(cache, EVERY_PAGE));
}

/** EIO if a block could not be written, now or earlier, and nobody has been told yet, whatever the disk's error (filemap_check_errors). */
export function* writeAndWait(
  cache: PageCache,
  span: PageSpan = EVERY_PAGE,
): Task<Errno | undefined> {
  yield* writeBack(cache, span);
  if (!cache.lost) return undefined;
  cache.lost = false;
  return 'EIO';
}

/** A bio per block, in one plug. */
function submitPages(cache: PageCache, pages: readonly CachedPage[]): void {
  const { layer } = cache.dev;
  const plugged = startPlug(layer);
  for (const { index, page } of pages) {
    if (page.dirty === 0 || page.writing > 0) continue;
    const specs = takeDirty(cache, index, page);
    if (specs.length === 0) continue;
    page.writing = specs.length;
    cache.writingPages++;
    for (const spec of specs) {
      const bio = createBio(cache.dev, spec, endBlock);
      bio.owner = { cache, page, spec } satisfies BlockWrite;
      submitBio(bio);
    }
  }
  if (plugged) finishPlug(layer);
}

/** The range that was asked for: a bio that dm splits ends with the range of its last part. */
interface BlockWrite {
  readonly cache: PageCache;
  readonly page: Page;
  readonly spec: BioSpec;
}

function endBlock(bio: Bio): void {
  const { cache, page, spec } = bio.owner as BlockWrite;
  if (bio.status !== BLK_STS.OK) {
    logBufferErrors(cache, spec, 'lost async page write');
    noteLoss(cache);
  }
  if (--page.writing > 0) return;
  cache.writingPages--;
  cache.writtenPages++;
  // Written to meanwhile, it could not be written again.
  if (page.dirty !== 0) cache.flusher?.onDirty();
  wakeUp(cache.written);
}

function noteLoss(cache: PageCache): void {
  cache.errors++;
  cache.told = false;
  cache.lost = true;
}

/** The disk is going, and takes no I/O any more: dirty blocks are lost, each with a line in the log (bdev_mark_dead). */
export function losePages(cache: PageCache): void {
  for (const { index, page } of pagesIn(cache, EVERY_PAGE)) {
    for (const spec of takeDirty(cache, index, page)) {
      logBufferErrors(cache, spec, 'lost async page write');
      noteLoss(cache);
    }
  }
  invalidate(cache);
}

/** The page is clean from here on; returns the writes of its dirty blocks, none where the disk has shrunk. */
function takeDirty(cache: PageCache, index: number, page: Page): BioSpec[] {
  if (page.dirty === 0) return [];
  const blocks = page.dirty;
  page.dirty = 0;
  cache.dirtyPages--;
  return blockSpecs(cache, index, blocks).map(({ sector, nrSectors }) => {
    const from = sector * 512 - index * PAGE;
    const data = page.data.slice(from, from + nrSectors * 512);
    return { op: REQ_OP.WRITE, flags: REQ.SYNC, sector, nrSectors, data };
  });
}
