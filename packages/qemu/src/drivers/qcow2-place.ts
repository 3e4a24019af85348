// qcow2-place.ts — Finds a place in the file for the clusters of a write. Mirrors block/qcow2-cluster.c: qcow2_alloc_host_offset, handle_copied, handle_alloc.
import type { Errno } from '@dmsim/sim';

import type { BlockNode } from '../block/node.ts';
import { homeless, ownPlace, writableOffset } from '../block/qcow2-image.ts';
import { placeClusterAt, placeClusters, returnCluster } from '../block/qcow2-refcount.ts';
import { qcow2State } from './qcow2-read.ts';
import { makeTable, noteCount, tellEvents } from './qcow2-tables.ts';

/** A cluster of the image, and its place in the file. */
export interface Placed {
  readonly cluster: number;
  /** Bytes from the beginning of the file. */
  readonly place: number;
  /** True if the table must be told. */
  readonly isNew: boolean;
  /** True if the place was taken for this write. */
  readonly isPlaced: boolean;
}

/** The clusters from `first` to `last`, allocated where needed, as far as they lie contiguously in the file. Nothing is mapped yet. */
export function placeRun(node: BlockNode, first: number, last: number): Placed[] | Errno {
  const { image } = qcow2State(node);
  const { clusterSize } = image;
  const run: Placed[] = [];
  for (let cluster = first; cluster <= last;) {
    const before = run.at(-1);
    const next = before === undefined ? null : before.place + clusterSize;
    const placed = placeNext(node, { cluster, last, next });
    if (typeof placed === 'string') {
      for (const { place, isPlaced } of run) if (isPlaced) returnCluster(image, place);
      return placed;
    }
    if (placed.length === 0) break;
    run.push(...placed);
    cluster += placed.length;
  }
  return run;
}

interface Wanted {
  readonly cluster: number;
  readonly last: number;
  /** Where it must lie; null: anywhere. */
  readonly next: number | null;
}

/** The place of the cluster, with those of the clusters that are allocated together with it; empty if it lies elsewhere. */
function placeNext(node: BlockNode, { cluster, last, next }: Wanted): Placed[] | Errno {
  const { image } = qcow2State(node);
  const there = writableOffset(image, cluster);
  const why = there === null ? makeTable(node, cluster) : undefined;
  if (why !== undefined) return why;
  const kept = ownPlace(image, cluster);
  if (kept !== null)
    return next === null || kept === next
      ? [{ cluster, place: kept, isNew: there === null, isPlaced: false }]
      : [];
  if (next !== null && !placeClusterAt(image, next)) return [];
  const count = next === null ? homeless(image, cluster, last) : 1;
  const place = next ?? placeClusters(image, count);
  tellEvents(node, 'cluster_alloc', 'cluster_alloc_bytes');
  noteCount(node, place);
  return Array.from({ length: count }, (_, i) => ({
    cluster: cluster + i,
    place: place + i * image.clusterSize,
    isNew: true,
    isPlaced: true,
  }));
}
