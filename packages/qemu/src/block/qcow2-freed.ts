// qcow2-freed.ts — Clusters that lose their last reference in a change whose discards reach the file. Mirrors block/qcow2-refcount.c: update_refcount_discard, qcow2_process_discards.
import type { Qcow2Image } from './qcow2-image.ts';
import { countOf } from './qcow2-refcount.ts';

/** Clusters of the file that lie side by side and that nobody refers to any more. Both numbers are bytes. */
export interface FreedRun {
  readonly offset: number;
  readonly bytes: number;
}

/** Makes the change. Returns what it has freed; each run is one discard. */
export function freedBy(image: Qcow2Image, change: () => void): FreedRun[] {
  const freed: number[] = [];
  image.freed = freed;
  change();
  image.freed = null;
  const { clusterSize } = image;
  const isFree = (offset: number): boolean =>
    countOf(image, offset / clusterSize) === 0 && !image.placed.has(offset / clusterSize);
  const runs: { offset: number; bytes: number }[] = [];
  for (const offset of freed.filter(isFree).toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last.offset + last.bytes === offset) last.bytes += clusterSize;
    else runs.push({ offset, bytes: clusterSize });
  }
  return runs;
}

/** Gives the room of the runs back to the file system. */
export function punchFreed({ file }: Qcow2Image, runs: readonly FreedRun[]): void {
  for (const { offset, bytes } of runs) file.punchHole(offset, bytes);
}
