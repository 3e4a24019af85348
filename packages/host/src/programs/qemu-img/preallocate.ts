// preallocate.ts — `preallocation=`: clusters get their places before anything is written.
import { fail } from '@dmsim/coreutils';
import type { Qcow2Image } from '@dmsim/qemu';
import { countOf, homeless, mapCluster, placeClusters, prepareTable } from '@dmsim/qemu';
import { strerror } from '@dmsim/sim';

import type { Image } from './image.ts';
import type { ImgTool } from './img-tool.ts';

export type Preallocation = 'metadata' | 'falloc' | 'full';

/** Gives all clusters from there on a place. With `metadata` it remains a hole of the file. */
export function preallocate(
  t: ImgTool,
  { qcow2, file }: Image,
  { mode, from = 0 }: { readonly mode: Preallocation; readonly from?: number },
): void {
  if (qcow2 === null) return;
  const { clusterSize, virtualSize } = qcow2;
  const end = Math.ceil(virtualSize / clusterSize);
  for (let cluster = from; cluster < end;) {
    const placed = placeRun(qcow2, cluster, end - 1);
    if (typeof placed === 'string') return fail(t, `Could not preallocate: ${strerror(placed)}`);
    const [host, count] = placed;
    if (mode !== 'metadata') file.writeAt(host, new Uint8Array(count * clusterSize));
    cluster += count;
  }
}

type Placed = readonly [host: number, count: number];

function placeRun(
  qcow2: Qcow2Image,
  cluster: number,
  last: number,
): Placed | NonNullable<ReturnType<typeof prepareTable>> {
  const why = prepareTable(qcow2, cluster);
  if (why !== undefined) return why;
  const count = homeless(qcow2, cluster, last);
  const host = placeClusters(qcow2, count);
  for (let i = 0; i < count; i++) {
    const full = mapCluster(qcow2, cluster + i, host + i * qcow2.clusterSize);
    if (full !== undefined) return full;
  }
  return [host, count];
}

/** By how much more clusters than the file has room for must be in use: the larger of two measures. */
const [RATIO, SURPLUS] = [10 / 9, 2];

/** True if many more clusters are in use than the file has room for: QEMU then asks the file where its holes are. */
export function isPreallocated({ qcow2, file }: Image): boolean {
  if (qcow2 === null || file.isHole === undefined) return false;
  const real = Math.floor(file.sizeOnDisk() / qcow2.clusterSize);
  const end = Math.ceil(file.size() / qcow2.clusterSize);
  let used = 0;
  for (let i = 0; i < end; i++) if (countOf(qcow2, i) > 0) used++;
  return used > Math.max(Math.floor(real * RATIO), real + SURPLUS);
}
