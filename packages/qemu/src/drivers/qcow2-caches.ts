// qcow2-caches.ts — The sizes of an image's caches, which change nothing here. Mirrors block/qcow2.c: read_cache_sizes.
import type { Qcow2Image } from '../block/qcow2-image.ts';
import type { JsonObject } from '../qmp/json.ts';
import { optionalSize } from './options.ts';

/** Says in QEMU's words which of the sizes it does not take; null: it takes all. */
export function refuseCaches(options: JsonObject, { clusterSize }: Qcow2Image): string | null {
  const entry = optionalSize(options['l2-cache-entry-size']) ?? Math.min(clusterSize, 4096);
  const isFit = entry >= 512 && entry <= clusterSize && Number.isInteger(Math.log2(entry));
  return (
    refuseSum(options) ??
    (isFit
      ? null
      : `L2 cache entry size must be a power of two between 512 and the cluster size (${clusterSize})`)
  );
}

/** The caches of both kinds of tables share `cache-size`. */
function refuseSum(options: JsonObject): string | null {
  const [all, l2, refcount] = ['cache-size', 'l2-cache-size', 'refcount-cache-size'].map((name) =>
    optionalSize(options[name]),
  );
  if (all === undefined) return null;
  if (l2 !== undefined && refcount !== undefined)
    return 'cache-size, l2-cache-size and refcount-cache-size may not be set at the same time';
  if (l2 !== undefined && l2 > all) return 'l2-cache-size may not exceed cache-size';
  return (refcount ?? 0) > all ? 'refcount-cache-size may not exceed cache-size' : null;
}
