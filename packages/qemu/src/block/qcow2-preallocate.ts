// qcow2-preallocate.ts — Gives the clusters of an image their places before anything is written. Mirrors block/qcow2.c: preallocate_co.
import type { Errno } from '@dmsim/sim';

import type { Qcow2Image } from './qcow2-image.ts';
import { homeless, mapCluster, prepareTable } from './qcow2-image.ts';
import { placeClusters } from './qcow2-refcount.ts';

export type Preallocation = 'metadata' | 'falloc' | 'full';

/** Gives all clusters from there on a place. With `metadata` it remains a hole of the file. Returns the error, if there is one. */
export function preallocate(
  image: Qcow2Image,
  { mode, from = 0 }: { readonly mode: Preallocation; readonly from?: number },
): Errno | undefined {
  const { file, clusterSize, virtualSize } = image;
  const end = Math.ceil(virtualSize / clusterSize);
  for (let cluster = from; cluster < end;) {
    const placed = placeRun(image, cluster, end - 1);
    if (typeof placed === 'string') return placed;
    const [host, count] = placed;
    const bytes = count * clusterSize;
    if (mode !== 'metadata') file.writeAt(host, new Uint8Array(bytes));
    else if (file.size() < host + bytes) file.truncate(host + bytes);
    cluster += count;
  }
  return undefined;
}

type Placed = readonly [host: number, count: number];

function placeRun(image: Qcow2Image, cluster: number, last: number): Placed | Errno {
  const why = prepareTable(image, cluster);
  if (why !== undefined) return why;
  const count = homeless(image, cluster, last);
  const host = placeClusters(image, count);
  for (let i = 0; i < count; i++) {
    const full = mapCluster(image, cluster + i, host + i * image.clusterSize);
    if (full !== undefined) return full;
  }
  return [host, count];
}
