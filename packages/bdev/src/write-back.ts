// write-back.ts — Writes dirty pages to the disk. Mirrors fs/buffer.c: block_write_full_folio, mark_buffer_write_io_error; block/bdev.c: sync_blockdev, bdev_mark_dead.
import type { BioSpec } from '@dmsim/block';
import { BLK_STS, REQ, REQ_OP } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';
import { waitEvent, wakeUp } from '@dmsim/sim';

import { logBufferErrors } from './buffer-io-error.ts';
import type { PageCache } from './page-cache.ts';
import { blockSpecs, invalidate } from './page-cache.ts';
import { submitAndWait } from './submit-and-wait.ts';

const PAGE = 4096;

/**
 * Writes all dirty blocks, a bio per block, in one plug. A block that fails becomes clean and its data is lost; the answer
 * is then EIO, whatever the disk's error (sync_blockdev, block_write_full_folio, mark_buffer_write_io_error).
 */
export function* writeBack(cache: PageCache): Task<Errno | undefined> {
  const pages = cache.dirtyPages;
  const specs = writeBackBios(cache);
  if (specs.length === 0) {
    // Wait for pages that another process is writing back (filemap_fdatawait_range).
    yield* waitEvent(cache.written, () => cache.writing === 0);
    return undefined;
  }
  cache.writing++;
  cache.writingPages += pages;
  const status = yield* submitAndWait(cache.dev, specs, {
    onFailure: (spec) => logBufferErrors(cache, spec, 'lost async page write'),
    patient: false,
  });
  cache.writing--;
  cache.writingPages -= pages;
  cache.writtenPages += pages;
  wakeUp(cache.written);
  if (status === BLK_STS.OK) return undefined;
  noteLoss(cache);
  return 'EIO';
}

function noteLoss(cache: PageCache): void {
  cache.errors++;
  cache.told = false;
  cache.lost = true;
}

/** The disk is going, and takes no I/O any more: dirty blocks are lost, each with a line in the log (bdev_mark_dead). */
export function losePages(cache: PageCache): void {
  const specs = writeBackBios(cache);
  for (const spec of specs) logBufferErrors(cache, spec, 'lost async page write');
  if (specs.length > 0) noteLoss(cache);
  invalidate(cache);
}

/** Writes all dirty blocks; EIO also for an earlier write-back that failed, once (filemap_write_and_wait_range). */
export function* writeAndWait(cache: PageCache): Task<Errno | undefined> {
  if (cache.dirtyPages > 0) yield* writeBack(cache);
  if (!cache.lost) return undefined;
  cache.lost = false;
  return 'EIO';
}

function writeBackBios(cache: PageCache): BioSpec[] {
  if (cache.dirtyPages === 0) return [];
  cache.dirtyPages = 0;
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
