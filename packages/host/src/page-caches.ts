// page-caches.ts — The page cache of each disk: made when someone reads it, gone with the last one that has it open. Mirrors block/bdev.c: blkdev_put_whole, blkdev_flush_mapping.
import type { BlockDevice } from '@dmsim/block';
import { closeDevice } from '@dmsim/block';
import type { Task } from '@dmsim/sim';
import { spawn } from '@dmsim/sim';

import type { PageCache } from './block-io/page-cache.ts';
import {
  createPageCache,
  holdEmptyPage,
  invalidate,
  isDirty,
  writeBack,
} from './block-io/page-cache.ts';
import type { Machine } from './machine.ts';

export function pageCacheOf(machine: Machine, dev: BlockDevice): PageCache {
  let cache = machine.pageCaches.get(dev);
  if (cache === undefined) {
    cache = createPageCache(dev);
    machine.pageCaches.set(dev, cache);
  }
  return cache;
}

/** Programs write back what they wrote before they close; a map that lets go of a disk leaves that to this. */
export function dropPages({ sim, pageCaches }: Machine, dev: BlockDevice): void {
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
export function keepScannedPages(machine: Machine, dev: BlockDevice): void {
  const cache = pageCacheOf(machine, dev);
  for (const index of SCANNED_PAGES) holdEmptyPage(cache, index);
}
