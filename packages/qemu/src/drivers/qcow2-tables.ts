// qcow2-tables.ts — When QEMU writes the tables of an image: what changes in them stays in caches until a flush. Mirrors block/qcow2-cache.c, block/qcow2-cluster.c: l2_allocate, block/qcow2.c: qcow2_write_caches, qcow2_mark_dirty.
//
// The image's file has all changes at once. Here it is noted how far the file node is written to, and when; and what to undo if QEMU
// dies before that.
import type { Errno } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import type { BlockRequest, Complete } from '../block/block-driver.ts';
import { flushTable, flushTableForGood } from '../block/flush-table.ts';
import type { ImageLocks } from '../block/image-locks.ts';
import type { BlockNode, NodeUser } from '../block/node.ts';
import { debugEvent, noteWrite, submitRequest } from '../block/node.ts';
import { INCOMPATIBLE } from '../block/qcow2-check-header.ts';
import { getEntry, put64 } from '../block/qcow2-entry.ts';
import { freedBy } from '../block/qcow2-freed.ts';
import type { Qcow2Image } from '../block/qcow2-image.ts';
import {
  discardCluster,
  keptPlace,
  l2Entry,
  mapCluster,
  markClean,
  markDirty,
  ownTable,
  prepareTable,
  zeroCluster,
} from '../block/qcow2-image.ts';
import { countBlock, countEntry, freeCluster } from '../block/qcow2-refcount.ts';
import { words } from '../qmp/qapi.ts';
import { submitDiscards } from './discard-freed.ts';
import { optionalFlag } from './options.ts';
import { qcow2State } from './qcow2-read.ts';
import { fileOf } from './raw.ts';

export interface TableCaches {
  /** The L2 tables that differ from what the file has, by their places. */
  readonly tables: Set<number>;
  /** The blocks of reference counts that do. */
  readonly counts: Set<number>;
  /** What a QEMU that dies leaves in the file: entries of those tables, and counts of those blocks, by their places. */
  readonly oldEntries: Map<number, bigint>;
  readonly oldCounts: Map<number, Uint8Array>;
  /** True if counts may be wrong in the file while the image says that it was not closed. */
  isLazy: boolean;
}

export const createTableCaches = (isLazy: boolean): TableCaches => ({
  tables: new Set(),
  counts: new Set(),
  oldEntries: new Map(),
  oldCounts: new Map(),
  isLazy,
});

const ENTRY = 8;
const COUNT = 2;

/** The events of a new block of reference counts. */
const NEW_BLOCK = words(`
  refblock_alloc refblock_alloc_hookup refblock_alloc_write refblock_alloc_write_blocks
  refblock_alloc_write_table refblock_alloc_switch_table reftable_grow
`);

/** Tells blkdebug of events that are no requests here. */
export function tellEvents(node: BlockNode, ...events: readonly string[]): void {
  const file = fileOf(node);
  file.driver.tableEvents?.(file, events);
}

/** The bytes of an L2 table that QEMU reads and keeps at a time. */
const sliceSize = ({ clusterSize }: Qcow2Image): number => Math.min(clusterSize, 4096);

/** Reads what the request needs of the L2 tables, unless it is in the cache. Where there is no table, there is nothing to read. Mirrors l2_load. */
export function loadTables(node: BlockNode, { offset, bytes }: BlockRequest, done: Complete): void {
  const { image, loaded } = qcow2State(node);
  const size = sliceSize(image);
  const step = (size / ENTRY) * image.clusterSize;
  for (let at = offset - (offset % step); at < offset + bytes; at += step) {
    const entry = l2Entry(image, at / image.clusterSize);
    const place = entry === null ? null : entry - (entry % size);
    if (place === null || loaded.has(place)) continue;
    const goOn: Complete = (ret) => {
      if (ret === null) {
        loaded.add(place);
        loadTables(node, { op: 'read', offset: at, bytes: offset + bytes - at, data: null }, done);
      } else done(ret);
    };
    const file = fileOf(node);
    debugEvent(file, 'l2_load', () =>
      submitRequest(file, { op: 'read', offset: place, bytes: size, data: null }, goOn),
    );
    return;
  }
  done(null);
}

/** Makes sure that the cluster has an L2 table of its own. A new one is in the file before the L1 table tells of it. */
export function makeTable(node: BlockNode, cluster: number): Errno | undefined {
  const { image, caches, loaded } = qcow2State(node);
  const shared = ownTable(image, cluster);
  if (shared.place !== null) return undefined;
  const old = getEntry(image.file, shared.entry);
  const size = image.file.size();
  if (old !== 0n) refuseOthers(node);
  const why = prepareTable(image, cluster);
  const { entry, place } = ownTable(image, cluster);
  if (why !== undefined || place === null) return why;
  tellEvents(node, 'l2_alloc_write', 'l2_alloc_cow_read', 'l1_update', 'cluster_alloc');
  noteCount(node, place);
  writeCounts(node);
  const failed = flushTable(fileOf(node));
  if (failed !== null) {
    if (old !== 0n) throw new NotSupported('qemu', 0, COPY_FAILS);
    put64(image.file, entry, 0n);
    submitDiscards(
      node,
      freedBy(image, () => freeCluster(image, place)),
    );
    // The table itself was not written.
    image.file.truncate(size);
    return failed;
  }
  caches.tables.add(place);
  for (let at = 0; at < image.clusterSize; at += sliceSize(image)) loaded.add(place + at);
  writeTables(node);
  noteWrite(fileOf(node), entry, ENTRY);
  flushTableForGood(fileOf(node));
  return undefined;
}

/** What a snapshot shares is free once it has been copied; then it might be discarded. */
function refuseOthers({ options }: BlockNode): void {
  if (optionalFlag(options['pass-discard-other']) === true)
    throw new NotSupported('qemu', 0, 'discards by pass-discard-other');
}

const COPY_FAILS = "an error of blkdebug when an image copies a snapshot's table";

/** The reference count of the cluster at that place of the file is about to change. */
export function noteCount(node: BlockNode, place: number): void {
  const { image, caches } = qcow2State(node);
  const index = place / image.clusterSize;
  const block = countBlock(image, index);
  tellEvents(node, 'refblock_load');
  // A new block is in the file at once.
  if (block === 0) {
    tellEvents(node, ...NEW_BLOCK);
    return;
  }
  caches.counts.add(block);
  const at = countEntry(image, index);
  if (!caches.oldCounts.has(at)) caches.oldCounts.set(at, image.file.readAt(at, COUNT).slice());
}

/** The cluster at that place of the file is about to lose a reference. */
function noteFree(node: BlockNode, place: number): void {
  tellEvents(node, 'cluster_free');
  noteCount(node, place);
}

/** The entry of the cluster is about to change. */
function noteEntry(node: BlockNode, cluster: number): void {
  const { image, caches } = qcow2State(node);
  const { place } = ownTable(image, cluster);
  if (place === null) return;
  caches.tables.add(place);
  const at = place + ENTRY * (cluster % (image.clusterSize / ENTRY));
  if (!caches.oldEntries.has(at)) caches.oldEntries.set(at, getEntry(image.file, at));
}

/** Maps the cluster to its place in the file; the tables tell of it in the caches only. Returns an errno if there is no room for a table. Mirrors qcow2_alloc_cluster_link_l2. */
export function linkCluster(node: BlockNode, cluster: number, place: number): Errno | undefined {
  const { image, caches } = qcow2State(node);
  const old = keptPlace(image, cluster);
  const full = makeTable(node, cluster);
  noteCount(node, place);
  if (old !== null) {
    refuseOthers(node);
    noteFree(node, old);
  }
  noteEntry(node, cluster);
  const why = full ?? mapCluster(image, cluster, place);
  if (caches.isLazy && !image.dirty) {
    markDirty(image);
    noteWrite(fileOf(node), INCOMPATIBLE, ENTRY);
    flushTableForGood(fileOf(node));
    image.file.flush?.();
  }
  return why;
}

/** Makes the cluster read as zeroes; the tables tell of it in the caches only. Returns an errno if there is no room for a table. */
export function zeroEntry(node: BlockNode, cluster: number): Errno | undefined {
  const { image } = qcow2State(node);
  const why = image.version === 2 ? undefined : makeTable(node, cluster);
  noteEntry(node, cluster);
  return why ?? zeroCluster(image, cluster);
}

/** Makes the cluster read as if nobody had written to it. `place` is its place in the file; null: it has none. */
export function discardEntry(
  node: BlockNode,
  cluster: number,
  { place, hasBacking }: { readonly place: number | null; readonly hasBacking: boolean },
): void {
  const { image } = qcow2State(node);
  if (place !== null || hasBacking) makeTable(node, cluster);
  noteEntry(node, cluster);
  if (place !== null) noteFree(node, place);
  discardCluster(image, cluster, hasBacking);
}

/** The cluster of an image that is made smaller is about to go: its table is made, or changes in the caches. */
export function dropEntry(node: BlockNode, cluster: number): void {
  const place = keptPlace(qcow2State(node).image, cluster);
  makeTable(node, cluster);
  if (place === null) return;
  noteEntry(node, cluster);
  noteFree(node, place);
}

/** qcow2_write_caches: what a flush of the image does first. */
export function writeCaches(node: BlockNode): void {
  const { image } = qcow2State(node);
  if (!image.dirty) writeCounts(node);
  writeTables(node);
}

function writeCounts(node: BlockNode): void {
  const { image, caches } = qcow2State(node);
  if (caches.counts.size > 0) tellEvents(node, 'refblock_update_part');
  for (const block of caches.counts) noteWrite(fileOf(node), block, image.clusterSize);
  caches.counts.clear();
  caches.oldCounts.clear();
}

function writeTables(node: BlockNode): void {
  const { image, caches } = qcow2State(node);
  if (caches.tables.size > 0) tellEvents(node, 'l2_update');
  for (const table of caches.tables) noteWrite(fileOf(node), table, image.clusterSize);
  caches.tables.clear();
  caches.oldEntries.clear();
}

/** The counts are written, and the image was closed, unless its file can't be flushed. True if it was. Mirrors qcow2_inactivate. */
export function closeTables(node: BlockNode): boolean {
  const { image } = qcow2State(node);
  writeTables(node);
  writeCounts(node);
  if (flushTable(fileOf(node)) !== null) return false;
  if (image.dirty) noteWrite(fileOf(node), INCOMPATIBLE, ENTRY);
  markClean(image);
  image.file.flush?.();
  return true;
}

/** True if a QEMU that has the file open keeps changes of its image in memory, so that other programs do not see them. */
export const keepsTables = (locks: ImageLocks): boolean =>
  [...locks.keys()].some((holder) => isNode(holder) && holder.users.some(keepsSome));

const isNode = (holder: object): holder is BlockNode => 'users' in holder;

const keepsSome = ({ parent }: NodeUser): boolean =>
  parent?.driver.name === 'qcow2' && qcow2State(parent).caches.tables.size > 0;

/** QEMU has died before it wrote its tables: their changes are lost. */
export function loseCaches(node: BlockNode): void {
  const { image, caches } = qcow2State(node);
  for (const [at, entry] of caches.oldEntries) put64(image.file, at, entry);
  for (const [at, count] of caches.oldCounts) image.file.writeAt(at, count);
}
