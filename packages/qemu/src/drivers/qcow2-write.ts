// qcow2-write.ts — Writes to a qcow2 node: data goes into the file first, and the tables tell of it after that.
//
// Mirrors block/qcow2.c: qcow2_co_pwritev_part and qcow2_co_pwrite_zeroes.
import type { Errno } from '@dmsim/sim';

import type { BlockRequest, Complete } from '../block/block-driver.ts';
import { zeroStatus } from '../block/block-status.ts';
import type { BlockNode } from '../block/node.ts';
import { childNode, debugEvent, nodeLength, submitRequest } from '../block/node.ts';
import { freedBy } from '../block/qcow2-freed.ts';
import type { Qcow2Image } from '../block/qcow2-image.ts';
import { hostOffset, isZeroCluster, keptPlace, writableOffset } from '../block/qcow2-image.ts';
import { returnCluster } from '../block/qcow2-refcount.ts';
import { passesRequests, submitDiscards } from './discard-freed.ts';
import { mayUnmap } from './file.ts';
import { placeRun } from './qcow2-place.ts';
import type { Allocating, Progress } from './qcow2-read.ts';
import { allocation, piece, qcow2State, readFrom } from './qcow2-read.ts';
import { discardEntry, linkCluster, tellEvents, zeroEntry } from './qcow2-tables.ts';
import { fileOf } from './raw.ts';

/**
 * Whole clusters become zero in the tables alone; what is left at both ends is written as data. Mirrors qcow2_co_pwrite_zeroes.
 */
export function writeZeroes(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const { image } = qcow2State(node);
  const { clusterSize, virtualSize } = image;
  const { offset, bytes } = request;
  const clusters = clustersOf(image, request);
  const { first, last } = clusters;
  const before = writeInTheWay(node, clusters);
  if (before !== undefined) {
    before.waiting.push(() => writeZeroes(node, request, complete));
    return;
  }
  const backing = childNode(node, 'backing');
  if (image.version === 2 && backing !== undefined) {
    write(node, zeroesAt(offset, offset + bytes), complete);
    return;
  }
  const restIsZero = (cluster: number): boolean =>
    isZeroCluster(image, cluster) || (backing === undefined && hostOffset(image, cluster) === null);
  const begins = restIsZero(first) ? first : Math.ceil(offset / clusterSize);
  const reachesEnd = offset + bytes >= virtualSize || restIsZero(last);
  const ends = reachesEnd ? last + 1 : Math.floor((offset + bytes) / clusterSize);
  if (begins >= ends) {
    write(node, zeroesAt(offset, offset + bytes), complete);
    return;
  }
  const unmaps = mayUnmap(node, request);
  let full: Errno | undefined;
  const freed = freedBy(image, () => {
    for (let cluster = begins; cluster < ends && full === undefined; cluster++) {
      full = zeroEntry(node, cluster);
      if (unmaps) freePlace(node, cluster);
    }
  });
  if (full !== undefined) {
    complete(full);
    return;
  }
  const tail: Complete = (ret) =>
    ret === null && ends * clusterSize < offset + bytes
      ? write(node, zeroesAt(ends * clusterSize, offset + bytes), complete)
      : complete(ret);
  submitDiscards(node, passesRequests(node) ? freed : [], () => {
    if (offset < begins * clusterSize) write(node, zeroesAt(offset, begins * clusterSize), tail);
    else tail(null);
  });
}

/** A cluster that reads as zeroes gives back the place that was kept for it. */
function freePlace(node: BlockNode, cluster: number): void {
  const place = keptPlace(qcow2State(node).image, cluster);
  if (place !== null) discardEntry(node, cluster, { place, hasBacking: true });
}

const zeroesAt = (from: number, to: number): BlockRequest => ({
  op: 'write',
  offset: from,
  bytes: to - from,
  data: new Uint8Array(to - from),
});

/**
 * Writes to one cluster that is not allocated go one after the other: each would fill the rest of the cluster with what the backing
 * node holds, and the last one mapped would be all that is left. Mirrors qcow2-cluster.c: handle_dependencies.
 */
export function write(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const { image, allocating } = qcow2State(node);
  const clusters = clustersOf(image, request);
  const { first, last } = clusters;
  const before = writeInTheWay(node, clusters);
  if (before !== undefined) before.waiting.push(() => write(node, request, complete));
  else if (request.onlyNew === true) writeNew(node, request, complete);
  else if (allocates(image, first, last)) {
    const mine: Allocating = { first, last, waiting: [] };
    allocating.push(mine);
    copyOnWrite(node, request, (ret) => {
      allocating.splice(allocating.indexOf(mine), 1);
      complete(ret);
      for (const go of mine.waiting) go();
    });
  } else writeFrom(node, request, { at: 0, complete });
}

/** No write to these clusters is under way. Goes on with what follows the first run of clusters that are alike. */
function writeNew(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const { allocated, bytes } = allocation(node, request.offset, request.bytes);
  const rest = request.bytes - bytes;
  const next = (ret: Errno | null): void => {
    if (ret !== null || rest === 0) complete(ret);
    else
      write(
        node,
        { ...piece(request, bytes, rest, request.offset + bytes), onlyNew: true },
        complete,
      );
  };
  if (allocated) {
    next(null);
    return;
  }
  const part = piece(request, 0, bytes, request.offset);
  // bdrv_co_do_copy_on_readv keeps zeroes as such.
  if (part.data?.every((byte) => byte === 0) === true)
    writeZeroes(node, { ...part, op: 'write-zeroes', data: null }, next);
  else write(node, part, next);
}

/** A write under way that allocates one of these clusters: another one to it waits until that is mapped. */
const writeInTheWay = (node: BlockNode, { first, last }: Clusters): Allocating | undefined =>
  qcow2State(node).allocating.find((other) => other.first <= last && other.last >= first);

function allocates(image: Qcow2Image, first: number, last: number): boolean {
  for (let cluster = first; cluster <= last; cluster++)
    if (writableOffset(image, cluster) === null) return true;
  return false;
}

/**
 * Grows a partial write to whole new clusters, and fills the rest of them with data from the backing node. A cluster that is there already
 * is written only where the request says so: other writes to it may be under way.
 */
function copyOnWrite(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const { offset, bytes, data } = request;
  const { image } = qcow2State(node);
  const { clusterSize } = image;
  const isNew = (at: number): boolean => writableOffset(image, at / clusterSize) === null;
  const first = Math.floor(offset / clusterSize) * clusterSize;
  const last = Math.floor((offset + bytes - 1) / clusterSize) * clusterSize;
  const start = isNew(first) ? first : offset;
  const end = isNew(last) ? last + clusterSize : offset + bytes;
  const partial = start < offset || end > offset + bytes;
  if (!partial || data === null) {
    writeFrom(node, request, { at: 0, complete });
    return;
  }
  if (end - start === clusterSize && isZeroAround(node, request, { start, end })) {
    writeFrom(node, request, { at: 0, complete, zeroesFirst: true });
    return;
  }
  tellEvents(node, 'cow_read', 'cow_write');
  const length = nodeLength(node);
  const grown = new Uint8Array(end - start);
  const from = isNew(first) ? first : last;
  const to = isNew(last) ? end : first + clusterSize;
  const merge = (ret: Errno | null): void => {
    if (ret !== null) {
      complete(ret);
      return;
    }
    grown.set(data, offset - start);
    const there = Math.min(end, length) - start;
    writeFrom(node, { op: 'write', offset: start, bytes: there, data: grown }, { at: 0, complete });
  };
  const rest: BlockRequest = {
    op: 'read',
    offset: from,
    bytes: Math.min(to, length) - from,
    data: grown.subarray(from - start, to - start),
  };
  readFrom(node, rest, { at: 0, complete: merge });
}

/** is_zero_cow: true if the rest of the cluster reads as zeroes, so that there is nothing to copy. */
function isZeroAround(
  node: BlockNode,
  { offset, bytes }: BlockRequest,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  const isZero = (from: number, to: number): boolean => {
    if (from >= to) return true;
    const { zero, bytes: known } = zeroStatus(node, from, to - from);
    return zero && known === to - from;
  };
  const rest = Math.min(end, nodeLength(node));
  return isZero(start, offset) && isZero(offset + bytes, rest);
}

/** Numbers of clusters, both inclusive. */
interface Clusters {
  readonly first: number;
  readonly last: number;
}

function clustersOf({ clusterSize }: Qcow2Image, { offset, bytes }: BlockRequest): Clusters {
  return {
    first: Math.floor(offset / clusterSize),
    last: Math.floor((offset + bytes - 1) / clusterSize),
  };
}

/** Writes the data first and maps new clusters after it, so that they are free again if the write fails. */
function writeFrom(
  node: BlockNode,
  request: BlockRequest,
  { at, complete, zeroesFirst = false }: Progress & { readonly zeroesFirst?: boolean },
): void {
  const { image } = qcow2State(node);
  const { clusterSize } = image;
  const first = Math.floor((request.offset + at) / clusterSize);
  const last = Math.floor((request.offset + request.bytes - 1) / clusterSize);
  const run = placeRun(node, first, last);
  if (typeof run === 'string') {
    complete(run);
    return;
  }
  const start = run[0]?.place as number;
  const within = request.offset + at - first * clusterSize;
  const bytes = Math.min(request.bytes - at, run.length * clusterSize - within);
  const file = fileOf(node);
  const ended = (ret: Errno | null): void => {
    if (ret !== null) {
      for (const { place, isPlaced } of run.toReversed()) if (isPlaced) returnCluster(image, place);
      complete(ret);
      return;
    }
    const full = run
      .filter(({ isNew }) => isNew)
      .map(({ cluster, place }) => linkCluster(node, cluster, place))
      .find((errno) => errno !== undefined);
    if (full !== undefined) {
      complete(full);
      return;
    }
    if (at + bytes < request.bytes) writeFrom(node, request, { at: at + bytes, complete });
    else complete(null);
  };
  const writeData = (): void => {
    debugEvent(file, 'write_aio', () =>
      submitRequest(file, piece(request, at, bytes, start + within), ended),
    );
  };
  if (zeroesFirst) allocateSpace(file, { offset: start, bytes: clusterSize }, writeData, ended);
  else writeData();
}

/** handle_alloc_space: fills the new cluster with zeroes, which is faster than writing them. */
function allocateSpace(
  file: BlockNode,
  { offset, bytes }: { readonly offset: number; readonly bytes: number },
  writeData: () => void,
  ended: Complete,
): void {
  const goOn: Complete = (ret) => (ret === null ? writeData() : ended(ret));
  debugEvent(file, 'cluster_alloc_space', () =>
    submitRequest(file, { op: 'write-zeroes', offset, bytes, data: null }, (ret) => {
      if (ret !== 'EOPNOTSUPP') goOn(ret);
      else submitRequest(file, { op: 'write', offset, bytes, data: new Uint8Array(bytes) }, goOn);
    }),
  );
}
