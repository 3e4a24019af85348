// qcow2-empty.ts — Empties an image, so that all of it comes from below again. Mirrors block/qcow2.c: qcow2_make_empty.
import type { Qcow2Image } from './qcow2-image.ts';
import { formatQcow2 } from './qcow2-image.ts';
import { unmapFrom } from './qcow2-resize.ts';

/** Header, table of reference blocks, one such block: the clusters in front of the L1 table. */
const NR_FIRST = 3;

/** Lets the image hold no cluster of its disk. One of version 3, without bitmaps and snapshots, is written anew, as short as can be. */
export function emptyImage(image: Qcow2Image): void {
  const { file, clusterSize, l1Size, bitmaps, snapshots } = image;
  if (image.version === 2 || bitmaps !== null || snapshots.count > 0) {
    unmapFrom(image, 0);
    return;
  }
  const { virtualSize, backingFile, backingFormat, lazyRefcounts } = image;
  file.truncate(0);
  file.writeAt(
    0,
    formatQcow2({ virtualSize, clusterSize, backingFile, backingFormat, lazyRefcounts }),
  );
  const end = (NR_FIRST + Math.ceil((8 * l1Size) / clusterSize)) * clusterSize;
  file.truncate(end);
  // The rest of the L1 table's cluster takes room, too.
  const rest = NR_FIRST * clusterSize + 8 * l1Size;
  file.writeAt(rest, new Uint8Array(end - rest));
  image.freeIndex = 0;
  image.placed.clear();
}
