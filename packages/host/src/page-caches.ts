// page-caches.ts — The page cache of each disk, made when someone opens it.
import type { BlockDevice } from '@dmsim/block';

import type { PageCache } from './block-io/page-cache.ts';
import { createPageCache } from './block-io/page-cache.ts';
import type { Machine } from './machine.ts';

export function pageCacheOf(machine: Machine, dev: BlockDevice): PageCache {
  let cache = machine.pageCaches.get(dev);
  if (cache === undefined) {
    cache = createPageCache(dev);
    machine.pageCaches.set(dev, cache);
  }
  return cache;
}
