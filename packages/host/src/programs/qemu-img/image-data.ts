// image-data.ts — Reads and writes the disk of an image: each run of its bytes lies in one image of the chain, or in none.
import type { HostFile, Qcow2Image } from '@dmsim/qemu';
import {
  discardCluster,
  emptyRun,
  freedBy,
  homeless,
  hostOffset,
  isZeroCluster,
  keptPlace,
  mapCluster,
  ownPlace,
  placeClusterAt,
  placeClusters,
  prepareTable,
  punchFreed,
  setDirty,
  writableOffset,
  zeroCluster,
} from '@dmsim/qemu';
import type { Errno } from '@dmsim/sim';

import type { Image } from './image.ts';
import { sizeOf } from './image.ts';

/** Clusters: what is empty comes in pieces that fit into memory. */
const MAX_RUN = 1024;

/** The source of a run of bytes of the disk. */
export interface Extent {
  readonly start: number;
  readonly length: number;
  /** Images above it that do not have it. */
  readonly depth: number;
  /** Null: nobody has it. */
  readonly image: Image | null;
  /** In that image's file; null: it reads as zeroes. */
  readonly offset: number | null;
  /** Where its data would be, if it reads as zeroes and has a place kept for it. */
  readonly kept?: number;
}

interface ExtentsWanted {
  /** The most clusters of an empty piece. @defaultValue as many as fit into memory */
  readonly most?: number;
}

/** The disk from `start` to `end`, cluster by cluster, top of the chain first. */
export function* extents(
  image: Image,
  start: number,
  end: number,
  { most = MAX_RUN }: ExtentsWanted = {},
): Generator<Extent> {
  for (let at = start; at < end;) {
    const extent = extentAt(image, { start: at, end, most });
    yield extent;
    at += extent.length;
  }
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly most: number;
}

function extentAt(image: Image, { start, end, most }: Piece): Extent {
  let limit = end;
  let depth = 0;
  for (let at: Image | null = image; at !== null; at = at.backing, depth++) {
    const { qcow2 } = at;
    if (start >= sizeOf(at))
      return { start, length: limit - start, depth, image: null, offset: null };
    limit = Math.min(limit, sizeOf(at));
    if (qcow2 === null) return { start, length: limit - start, depth, image: at, offset: start };
    const { clusterSize } = qcow2;
    const within = start % clusterSize;
    const cluster = (start - within) / clusterSize;
    const empty = Math.min(most, Math.max(1, emptyRun(qcow2, cluster)));
    const host = hostOffset(qcow2, cluster);
    limit = Math.min(limit, start - within + empty * clusterSize);
    if (host !== null)
      return { start, length: limit - start, depth, image: at, offset: host + within };
    if (isZeroCluster(qcow2, cluster)) {
      const extent = { start, length: limit - start, depth, image: at, offset: null };
      const kept = keptPlace(qcow2, cluster);
      return kept === null ? extent : { ...extent, kept: kept + within };
    }
  }
  return { start, length: limit - start, depth, image: null, offset: null };
}

export function readAt(image: Image, start: number, length: number): Uint8Array {
  const data = new Uint8Array(length);
  for (const extent of extents(image, start, start + length)) {
    const { image: from, offset } = extent;
    if (from === null || offset === null) continue;
    data.set(from.file.readAt(offset, extent.length), extent.start - start);
  }
  return data;
}

function record({ bitmaps }: Image, start: number, length: number): void {
  for (const bitmap of bitmaps) if (bitmap.recording) setDirty(bitmap, start, length);
}

/** Writes to the top of the chain. A new cluster takes the rest of what it holds from below. */
export function writeAt(image: Image, start: number, data: Uint8Array): Errno | undefined {
  const { qcow2, file } = image;
  if (qcow2 === null) return put(file, start, data);
  record(image, start, data.length);
  const { clusterSize } = qcow2;
  const last = Math.floor((start + data.length - 1) / clusterSize);
  for (let done = 0; done < data.length;) {
    const at = start + done;
    const within = at % clusterSize;
    const cluster = (at - within) / clusterSize;
    const host = writableOffset(qcow2, cluster);
    const next = host === null && done > 0 ? placeBehind(qcow2, cluster) : null;
    const count = host === null && next === null ? newClusters(qcow2, cluster, last) : 1;
    const part = data.subarray(done, done + count * clusterSize - within);
    const error =
      host === null
        ? writeClusters(image, { cluster, count, within, part, next })
        : put(file, host + within, part);
    if (error !== undefined) return error;
    done += part.length;
  }
  return undefined;
}

/** A new cluster is put right behind the one that the same request wrote before, if that place is free. Mirrors handle_alloc. */
function placeBehind(qcow2: Qcow2Image, cluster: number): number | null {
  if (ownPlace(qcow2, cluster) !== null) return null;
  const before = writableOffset(qcow2, cluster - 1);
  const next = before === null ? null : before + qcow2.clusterSize;
  return next !== null && placeClusterAt(qcow2, next) ? next : null;
}

/** How many clusters are allocated together. One that keeps a place is written for itself. */
const newClusters = (qcow2: Qcow2Image, cluster: number, last: number): number =>
  ownPlace(qcow2, cluster) === null ? homeless(qcow2, cluster, last) : 1;

/**
 * What becomes of the room that zeroes do not need: it is kept, or given back to the file system; or a cluster is free in the tables of an image
 * that was opened without discards.
 */
export type ZeroRoom = 'keeps' | 'frees' | 'unmaps';

/** Writes zeroes to the top of the chain. Whole clusters of a qcow2 become zero in its tables alone. */
export function zeroAt(
  image: Image,
  start: number,
  length: number,
  room: ZeroRoom = 'keeps',
): Errno | undefined {
  const { qcow2 } = image;
  if (qcow2 === null) return zeroRaw(image.file, { start, length, room });
  record(image, start, length);
  const unit = qcow2.clusterSize;
  const end = start + length;
  for (let at = start; at < end;) {
    const cluster = Math.floor(at / unit);
    const next = Math.min(end, (cluster + 1) * unit);
    const frees = room !== 'keeps' && keptPlace(qcow2, cluster) !== null;
    const error = isZeroable(image, at, next)
      ? frees
        ? freeClusters(qcow2, { cluster, count: 1, hasBacking: true, room })
        : zeroCluster(qcow2, cluster)
      : writeAt(image, at, new Uint8Array(next - at));
    if (error !== undefined) return error;
    at = next;
  }
  return undefined;
}

interface RawZeroes {
  readonly start: number;
  readonly length: number;
  readonly room: ZeroRoom;
}

function zeroRaw(file: HostFile, { start, length, room }: RawZeroes): Errno | undefined {
  if (room !== 'keeps') return file.punchHole(start, length);
  return file.writeZeroes === undefined
    ? put(file, start, new Uint8Array(length))
    : file.writeZeroes(start, length);
}

interface Clusters {
  readonly cluster: number;
  readonly count: number;
  readonly hasBacking: boolean;
  readonly room: ZeroRoom;
}

function freeClusters(
  qcow2: Qcow2Image,
  { cluster, count, hasBacking, room }: Clusters,
): undefined {
  const freed = freedBy(qcow2, () => {
    for (let i = 0; i < count; i++) discardCluster(qcow2, cluster + i, hasBacking);
  });
  if (room === 'unmaps') punchFreed(qcow2, freed);
}

/** True if the bytes are all of their cluster, or the rest of it reads as zeroes without a look at data. */
function isZeroable(image: Image, start: number, end: number): boolean {
  const { backing } = image;
  const qcow2 = image.qcow2 as Qcow2Image;
  const { clusterSize } = qcow2;
  const ends = end % clusterSize === 0 || end === sizeOf(image);
  if (qcow2.version === 2 && backing !== null) return false;
  const { image: from, offset } = extentAt(image, { start, end, most: MAX_RUN });
  return (
    (start % clusterSize === 0 && ends) || from === null || (from === image && offset === null)
  );
}

/** Discards whole clusters; a raw image's become holes, which read as zeroes. */
export function discardAt(image: Image, start: number, length: number): Errno | undefined {
  const { qcow2, backing } = image;
  if (qcow2 === null) return zeroAt(image, start, length, 'unmaps');
  record(image, start, length);
  if (qcow2.version === 2 && backing !== null) return undefined;
  const { clusterSize, virtualSize } = qcow2;
  const end = start + length;
  const last = end === virtualSize ? Math.ceil(end / clusterSize) : Math.floor(end / clusterSize);
  const cluster = Math.ceil(start / clusterSize);
  const hasBacking = backing !== null;
  return freeClusters(qcow2, { cluster, count: last - cluster, hasBacking, room: 'unmaps' });
}

function put(file: HostFile, offset: number, data: Uint8Array): Errno | undefined {
  const written = file.writeAt(offset, data);
  if (typeof written === 'string') return written;
  return written < data.length ? 'ENOSPC' : undefined;
}

interface Part {
  readonly cluster: number;
  readonly count: number;
  /** Its offset in the first cluster. */
  readonly within: number;
  readonly part: Uint8Array;
  /** The place that was found for it, or null. */
  readonly next: number | null;
}

function writeClusters(
  image: Image,
  { cluster, count, within, part, next }: Part,
): Errno | undefined {
  const { qcow2, file } = image;
  if (qcow2 === null) return undefined;
  const { clusterSize } = qcow2;
  const whole = readAround(image, cluster * clusterSize, {
    bytes: count * clusterSize,
    within,
    part,
  });
  const error = prepareTable(qcow2, cluster);
  if (error !== undefined) return error;
  const host = next ?? ownPlace(qcow2, cluster) ?? placeClusters(qcow2, count);
  const full = put(file, host, whole);
  if (full !== undefined) return full;
  for (let i = 0; i < count; i++) {
    const why = mapCluster(qcow2, cluster + i, host + i * clusterSize);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** The part, and what the clusters hold before and behind it. */
function readAround(
  image: Image,
  start: number,
  { bytes, within, part }: Pick<Part, 'within' | 'part'> & { readonly bytes: number },
): Uint8Array {
  if (part.length === bytes) return part;
  const whole = new Uint8Array(bytes);
  const end = within + part.length;
  if (within > 0) whole.set(readAt(image, start, within));
  whole.set(part, within);
  if (end < bytes) whole.set(readAt(image, start + end, bytes - end), end);
  return whole;
}

export const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
