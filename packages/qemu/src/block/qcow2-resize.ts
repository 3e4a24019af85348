// qcow2-resize.ts — Makes the disk of a qcow2 image larger or smaller. Mirrors block/qcow2.c: qcow2_co_truncate.
import { put64 } from './qcow2-entry.ts';
import type { FreedRun } from './qcow2-freed.ts';
import { freedBy } from './qcow2-freed.ts';
import type { Qcow2Image } from './qcow2-image.ts';
import { prepareTable, unmapCluster } from './qcow2-image.ts';
import { l1SizeFor } from './qcow2-l1.ts';
import { countOf } from './qcow2-refcount.ts';

/** Enlarges the disk. Returns what is not simulated, or null. */
export function growImage(image: Qcow2Image, virtualSize: number): string | null {
  const { file, clusterSize, l1Offset } = image;
  const l1Size = l1SizeFor(virtualSize, clusterSize);
  if (8 * l1Size > clusterSize) return 'a larger L1 table';
  if (file.size() < l1Offset + 8 * l1Size) file.truncate(l1Offset + 8 * l1Size);
  put64(file, 24, BigInt(virtualSize));
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, l1Size);
  file.writeAt(36, bytes);
  image.virtualSize = virtualSize;
  image.l1Size = l1Size;
  return null;
}

/** Frees the clusters beyond the new end, and what is free at the end of the file. Returns what is to be discarded. */
export function shrinkImage(image: Qcow2Image, virtualSize: number): FreedRun[] {
  const { file, clusterSize } = image;
  const freed = freedBy(image, () => unmapFrom(image, Math.ceil(virtualSize / clusterSize)));
  let last = Math.ceil(file.size() / clusterSize);
  while (last > 0 && countOf(image, last - 1) === 0) last--;
  image.freeIndex = Math.min(image.freeIndex, last);
  file.truncate(last * clusterSize);
  return freed;
}

/** Frees all clusters of the disk from that one on. As in QEMU, a table is made where there is none. */
export function unmapFrom(image: Qcow2Image, first: number): void {
  const end = Math.ceil(image.virtualSize / image.clusterSize);
  for (let cluster = first; cluster < end; cluster++) {
    prepareTable(image, cluster);
    unmapCluster(image, cluster);
  }
}
