// qcow2-read.ts — Where the clusters of a qcow2 node lie, and reads of them. Mirrors block/qcow2.c: qcow2_co_preadv_part.
import type { Errno } from '@dmsim/sim';

import type { Allocation, BlockRequest, Complete } from '../block/block-driver.ts';
import type { BlockNode } from '../block/node.ts';
import { childNode, debugEvent, submitRequest } from '../block/node.ts';
import type { Qcow2Image } from '../block/qcow2-image.ts';
import { hostOffset, isZeroCluster } from '../block/qcow2-image.ts';
import type { TableCaches } from './qcow2-tables.ts';
import { fileOf } from './raw.ts';

export interface Qcow2State {
  readonly image: Qcow2Image;
  /** The slices of L2 tables that a cache has, by their places in the file. */
  readonly loaded: Set<number>;
  /** Writes that are under way. */
  readonly allocating: Allocating[];
  readonly caches: TableCaches;
}

export const qcow2State = (node: BlockNode): Qcow2State => node.state as Qcow2State;

/** A write that allocates clusters, from its beginning until they are mapped. */
export interface Allocating {
  readonly first: number;
  readonly last: number;
  /** Writes to one of these clusters. */
  readonly waiting: (() => void)[];
}

/** Whether the cluster at `offset` has data, reads as zeroes or is left to the backing node, and for how many bytes at most that is so. */
export function allocation(node: BlockNode, offset: number, bytes: number): Allocation {
  const { image } = qcow2State(node);
  const { clusterSize } = image;
  const stateAt = (cluster: number): 'data' | 'zero' | 'behind' => {
    if (hostOffset(image, cluster) !== null) return 'data';
    return isZeroCluster(image, cluster) ? 'zero' : 'behind';
  };
  const first = Math.floor(offset / clusterSize);
  const state = stateAt(first);
  let cluster = first + 1;
  while (cluster * clusterSize < offset + bytes && stateAt(cluster) === state) cluster++;
  return {
    allocated: state !== 'behind',
    zero: state === 'zero',
    bytes: Math.min(cluster * clusterSize - offset, bytes),
  };
}

/** How far a request has come: its first `at` bytes are done. */
export interface Progress {
  readonly at: number;
  readonly complete: Complete;
}

/** The bytes of a request from `at` on, for the place `offset` of another node. */
export function piece(
  request: BlockRequest,
  at: number,
  bytes: number,
  offset: number,
): BlockRequest {
  const data = request.data?.subarray(at, at + bytes) ?? null;
  return { op: request.op, offset, bytes, data };
}

/** Reads the rest of a request, a run of clusters at a time: from the file, as zeroes, or from the backing node. */
export function readFrom(node: BlockNode, request: BlockRequest, { at, complete }: Progress): void {
  if (at === request.bytes) {
    complete(null);
    return;
  }
  const offset = request.offset + at;
  const { allocated, zero, bytes } = allocation(node, offset, request.bytes - at);
  const next = (ret: Errno | null): void =>
    ret === null ? readFrom(node, request, { at: at + bytes, complete }) : complete(ret);
  if (zero === true) {
    request.data?.fill(0, at, at + bytes);
    next(null);
    return;
  }
  if (allocated) {
    const { host, run } = hostRun(node, offset, bytes);
    const file = fileOf(node);
    const after = (ret: Errno | null): void =>
      ret === null ? readFrom(node, request, { at: at + run, complete }) : complete(ret);
    debugEvent(file, 'read_aio', () => submitRequest(file, piece(request, at, run, host), after));
    return;
  }
  const backing = childNode(node, 'backing');
  if (backing !== undefined) {
    debugEvent(fileOf(node), 'read_backing_aio', () =>
      submitRequest(backing, piece(request, at, bytes, offset), next),
    );
  } else {
    request.data?.fill(0, at, at + bytes);
    next(null);
  }
}

/** The place of `offset` in the file, and how many bytes from there lie contiguously in the file. */
function hostRun(node: BlockNode, offset: number, bytes: number): { host: number; run: number } {
  const { image } = qcow2State(node);
  const { clusterSize } = image;
  const first = Math.floor(offset / clusterSize);
  const start = hostOffset(image, first) as number;
  const within = offset - first * clusterSize;
  let n = 1;
  while (
    n * clusterSize < within + bytes &&
    hostOffset(image, first + n) === start + n * clusterSize
  )
    n++;
  return { host: start + within, run: Math.min(bytes, n * clusterSize - within) };
}
