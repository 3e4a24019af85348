// qcow2-refcount.ts — Which clusters of a qcow2 file are in use, and by how many. Mirrors block/qcow2-refcount.c.
import type { Errno } from '@dmsim/sim';

import type { HostFile } from './host-file.ts';
import { writeAll } from './host-file.ts';
import { get64, put64 } from './qcow2-entry.ts';
import type { Qcow2Image } from './qcow2-image.ts';

/** Where the block with the reference count of that cluster lies; 0 if there is none yet. */
export const countBlock = ({ file, clusterSize }: Qcow2Image, index: number): number =>
  get64(file, clusterSize + 8 * Math.floor(index / (clusterSize / 2)));

/** Where the reference count of a cluster of the file stands. Its block must exist. */
export const countEntry = (image: Qcow2Image, index: number): number =>
  countBlock(image, index) + 2 * (index % (image.clusterSize / 2));

/** 0 also where there is no block with the count. */
export function countOf(image: Qcow2Image, index: number): number {
  if (countBlock(image, index) === 0) return 0;
  const bytes = image.file.readAt(countEntry(image, index), 2);
  return ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
}

/** Allocates a cluster. It takes effect once it is mapped. */
export const placeCluster = (image: Qcow2Image): number => placeClusters(image, 1);

/** Allocates so many clusters side by side. They take effect once they are mapped. */
export function placeClusters(image: Qcow2Image, count: number): number {
  const first = findFree(image, count);
  for (let i = first; i < first + count; i++) image.placed.add(i);
  return first * image.clusterSize;
}

/** The number of the first of so many free clusters. Mirrors alloc_clusters_noref. */
function findFree(image: Qcow2Image, count: number): number {
  let first = image.freeIndex;
  while (image.freeIndex < first + count)
    if (!isFree(image, image.freeIndex++)) first = image.freeIndex;
  return first;
}

/** Allocates that very cluster. False: it is in use. Mirrors qcow2_alloc_clusters_at. */
export function placeClusterAt(image: Qcow2Image, offset: number): boolean {
  const index = offset / image.clusterSize;
  if (!isFree(image, index)) return false;
  image.placed.add(index);
  return true;
}

const isFree = (image: Qcow2Image, index: number): boolean =>
  !image.placed.has(index) && countOf(image, index) === 0;

/** Allocates clusters for what is not data, one behind the other: the file grows only as far as it is written to. */
export function takeRun(image: Qcow2Image, bytes: number): number {
  const { clusterSize } = image;
  const count = Math.ceil(bytes / clusterSize);
  for (;;) {
    const first = findFree(image, count);
    let lacking = first;
    while (lacking < first + count && countBlock(image, lacking) !== 0) lacking++;
    if (lacking === first + count) {
      for (let i = first; i < lacking; i++) countCluster(image, i * clusterSize);
      return first * clusterSize;
    }
    // A block of reference counts takes the place of the first cluster that it counts.
    image.freeIndex = lacking;
    countCluster(image, lacking * clusterSize);
  }
}

export const takeCluster = (image: Qcow2Image): number => takeRun(image, image.clusterSize);

/** Takes a reference from the cluster, which is free once it has none. */
export function freeCluster(image: Qcow2Image, offset: number): void {
  if (addCount(image, offset, -1) > 0) return;
  returnCluster(image, offset);
  image.freed?.push(offset);
}

/** The cluster is free again. */
export function returnCluster(image: Qcow2Image, offset: number): void {
  const index = offset / image.clusterSize;
  image.placed.delete(index);
  image.freeIndex = Math.min(image.freeIndex, index);
}

/** Changes the count of a cluster that has one. Returns the new count. */
export function addCount(image: Qcow2Image, offset: number, addend: number): number {
  const index = offset / image.clusterSize;
  const count = Math.max(0, countOf(image, index) + addend);
  image.file.writeAt(countEntry(image, index), Uint8Array.of(count >> 8, count & 0xff));
  return count;
}

/** Removes what an earlier user of the cluster left there. */
export function clearCluster({ file, clusterSize }: Qcow2Image, offset: number): Errno | undefined {
  return writeAll(file, offset, new Uint8Array(clusterSize));
}

/** Gives the cluster a count of 1. */
export function countCluster(image: Qcow2Image, offset: number): Errno | undefined {
  const { file, clusterSize } = image;
  const perBlock = clusterSize / 2;
  const index = offset / clusterSize;
  image.placed.delete(index);
  const tableEntry = clusterSize + 8 * Math.floor(index / perBlock);
  let block = get64(file, tableEntry);
  if (block === 0) {
    block = placeCluster(image);
    image.placed.delete(block / clusterSize);
    const why =
      clearCluster(image, block) ??
      put64(file, tableEntry, BigInt(block)) ??
      setCount(file, block + 2 * ((block / clusterSize) % perBlock));
    if (why !== undefined) return why;
  }
  return setCount(file, block + 2 * (index % perBlock));
}

const ONE: Uint8Array = Uint8Array.of(0, 1);
const setCount = (file: HostFile, offset: number): Errno | undefined => writeAll(file, offset, ONE);

export function freeRun(image: Qcow2Image, offset: number, bytes: number): void {
  for (let at = 0; at < bytes; at += image.clusterSize) freeCluster(image, offset + at);
}
