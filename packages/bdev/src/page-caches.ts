// page-caches.ts — The page cache of each disk: made when someone reads it, gone with the last one that has it open. Mirrors block/bdev.c: blkdev_put_whole, blkdev_flush_mapping.
import type { BlockDevice } from '@dmsim/block';
import { closeDevice } from '@dmsim/block';
import type { Sim, Task } from '@dmsim/sim';
import { spawn } from '@dmsim/sim';

import type { PageCache } from './page-cache.ts';
import { createPageCache, holdEmptyPage, invalidate, isDirty, writeBack } from './page-cache.ts';

/** The page caches of one machine, by disk. */
export interface PageCaches {
  readonly sim: Sim;
  readonly pageCaches: Map<BlockDevice, PageCache>;
}

export function pageCacheOf({ pageCaches }: PageCaches, dev: BlockDevice): PageCache {
  let cache = pageCaches.get(dev);
  if (cache === undefined) {
    cache = createPageCache(dev);
    pageCaches.set(dev, cache);
  }
  return cache;
}

/** Programs write back what they wrote before they close; a map that lets go of a disk leaves that to this. */
export function dropPages({ sim, pageCaches }: PageCaches, dev: BlockDevice): void {
  const cache = pageCaches.get(dev);
  if (cache === undefined) return;
  if (!isDirty(cache)) {
    invalidate(cache);
    return;
  }
  // It stays open for that, whatever its driver says to new openers.
  dev.openers++;
  spawn(sim, 'sync_blockdev', () => syncAndClose(cache));
}

function* syncAndClose(cache: PageCache): Task<number> {
  yield* writeBack(cache);
  closeDevice(cache.dev);
  return 0;
}

/** Where partition tables may be. */
const SCANNED_PAGES = [0, 1, 3];

/** A disk that was made for someone who opens it is scanned while it is open, so that what was read stays. */
export function keepScannedPages(machine: PageCaches, dev: BlockDevice): void {
  const cache = pageCacheOf(machine, dev);
  for (const index of SCANNED_PAGES) holdEmptyPage(cache, index);
}
