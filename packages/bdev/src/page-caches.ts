// page-caches.ts — The page cache of each disk: made at the first read, dropped when the last opener closes the disk. Mirrors block/bdev.c: blkdev_put_whole, blkdev_flush_mapping.
import type { BlockDevice } from '@dmsim/block';
import { closeDevice } from '@dmsim/block';
import type { Sim, Task } from '@dmsim/sim';
import { lock, spawn, unlock } from '@dmsim/sim';

import type { FlusherSettings } from './flusher.ts';
import { startFlusher } from './flusher.ts';
import type { PageCache } from './page-cache.ts';
import { createPageCache, forgetPages, holdEmptyPage } from './page-cache.ts';
import { losePages, startWriteBack, writeBack } from './write-back.ts';

/** The page caches of one machine, by disk. */
export interface PageCaches {
  readonly sim: Sim;
  readonly pageCaches: Map<BlockDevice, PageCache>;
  readonly flusher: FlusherSettings;
}

/** The page cache of a disk, which the first call makes, with its flusher. */
export function pageCacheOf(machine: PageCaches, dev: BlockDevice): PageCache {
  const { sim, pageCaches, flusher } = machine;
  let cache = pageCaches.get(dev);
  if (cache === undefined) {
    const { partition } = dev;
    const whole = partition === null ? null : pageCacheOf(machine, partition.disk);
    cache = createPageCache(dev, whole?.openMutex);
    startFlusher(sim, cache, flusher);
    pageCaches.set(dev, cache);
  }
  return cache;
}

/** sync(2): writes the dirty pages of all disks and waits for them. Nobody can open or close a disk that it waits for (sync_bdevs). */
export function* syncDisks({ pageCaches }: PageCaches): Task<void> {
  for (const cache of pageCaches.values()) startWriteBack(cache);
  for (const cache of pageCaches.values()) {
    if (cache.dev.openers === 0) continue;
    yield* lock(cache.openMutex);
    try {
      yield* writeBack(cache);
    } finally {
      unlock(cache.openMutex);
    }
  }
}

/** A disk is removed while it may be open. */
export function losePagesOf({ pageCaches }: PageCaches, dev: BlockDevice): void {
  const cache = pageCaches.get(dev);
  if (cache !== undefined) losePages(cache);
}

/** Drops a disk's pages. Programs write their dirty pages back before they close; when a map lets go of a disk, a worker does. */
export function dropPages({ sim, pageCaches }: PageCaches, dev: BlockDevice): void {
  const cache = pageCaches.get(dev);
  if (cache === undefined) return;
  if (cache.dirtyPages === 0) {
    forgetPages(cache);
    return;
  }
  // The disk stays open for that, even if its driver would refuse a new opener.
  dev.openers++;
  spawn(sim, 'sync_blockdev', () => syncAndClose(cache));
}

function* syncAndClose(cache: PageCache): Task<number> {
  yield* writeBack(cache);
  closeDevice(cache.dev);
  return 0;
}

/** The pages that may hold a partition table. */
const SCANNED_PAGES = [0, 1, 3];

/** A disk that is made on demand is scanned while its opener has it open, so the scanned pages stay in memory. */
export function keepScannedPages(machine: PageCaches, dev: BlockDevice): void {
  const cache = pageCacheOf(machine, dev);
  for (const index of SCANNED_PAGES) holdEmptyPage(cache, index);
}
