// qcow2-allocated.ts — How much of a disk a qcow2 image holds. Mirrors block/qcow2-refcount.c: check_refcounts_l2.
import type { Qcow2Image } from './qcow2-image.ts';
import { emptyRun, recordedPlace } from './qcow2-image.ts';

/** How many clusters of the disk the image itself holds, and how many there are in all. */
export function allocatedClusters(image: Qcow2Image): {
  readonly here: number;
  readonly of: number;
} {
  const of = Math.ceil(image.virtualSize / image.clusterSize);
  let here = 0;
  for (let cluster = 0; cluster < of;) {
    const empty = emptyRun(image, cluster);
    if (empty === 0 && recordedPlace(image, cluster) !== null) here++;
    cluster += Math.max(1, empty);
  }
  return { here, of };
}
