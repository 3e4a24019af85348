// qcow2-image.ts — The bytes of a qcow2 image: header, mapping tables, reference counts. Mirrors docs/interop/qcow2.txt, block/qcow2-cluster.c, block/qcow2-refcount.c.
//
//   cluster 0   header (version 2 or 3), its extensions, the name of the backing file
//   cluster 1   reference count table: offsets of reference count blocks
//   cluster 2   the first reference count block: 16 bits for each cluster of the file
//   cluster 3   L1 table: offsets of L2 tables, each of which maps clusterSize / 8 clusters of the disk
import type { Errno } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import type { HostFile } from './host-file.ts';
import { writeAll } from './host-file.ts';
import type { BitmapDirectory } from './qcow2-bitmap-directory.ts';
import { readDirectory } from './qcow2-bitmap-directory.ts';
import { CORRUPT, DIRTY, INCOMPATIBLE, refuseHeader } from './qcow2-check-header.ts';
import { COPIED, get64, getEntry, OFFSET_MASK, put64 } from './qcow2-entry.ts';
import {
  HEADER_LENGTH,
  HEADER_ROOM,
  parseExtensions,
  textAt,
  writeExtensions,
} from './qcow2-header.ts';
import { l1SizeFor } from './qcow2-l1.ts';
import { clearCluster, countCluster, freeCluster, placeCluster } from './qcow2-refcount.ts';

const MAGIC = 0x514649fb;
const DEFAULT_CLUSTER_BITS = 16;
/** Where the features stand that a program need not know. Bit 0: lazy reference counts. */
const COMPATIBLE = 80;
/** Where the number of snapshots stands, and the offset of their table. */
export const SNAPSHOTS = 60;
/** The cluster reads as zeroes, whatever lies at its place in the file. */
const ZERO = 1n;

export interface SnapshotTable {
  readonly count: number;
  readonly offset: number;
}

export interface Qcow2Image {
  readonly file: HostFile;
  version: Qcow2Version;
  readonly clusterSize: number;
  virtualSize: number;
  l1Size: number;
  readonly l1Offset: number;
  lazyRefcounts: boolean;
  /** Known to be damaged: it can't be written to until it is repaired. */
  corrupt: boolean;
  /** Written to and not closed since, by a QEMU that leaves reference counts for later. */
  dirty: boolean;
  backingFile: string | null;
  backingFormat: string | null;
  /** Where the directory of bitmaps lies; null if there are none. */
  bitmaps: BitmapDirectory | null;
  /** Where the table of snapshots lies. */
  snapshots: SnapshotTable;
  /** The number of the cluster from which on a free one is looked for. */
  freeIndex: number;
  /** Clusters that were placed and are not counted yet, by number. */
  readonly placed: Set<number>;
  /** Collects the places of clusters that become free, in bytes; null while nobody asks. */
  freed: number[] | null;
}

/** Version 2 has neither features nor clusters of zeroes. */
export type Qcow2Version = 2 | 3;

export interface NewImage {
  /** @defaultValue 3 */
  readonly version?: Qcow2Version;
  readonly virtualSize: number;
  readonly clusterSize?: number;
  readonly lazyRefcounts?: boolean;
  readonly backingFile: string | null;
  readonly backingFormat?: string | null;
}

/** Builds an image in which nothing is allocated. */
export function formatQcow2(options: NewImage): Uint8Array {
  const { virtualSize, clusterSize = 1 << DEFAULT_CLUSTER_BITS, backingFile } = options;
  const { version = 3 } = options;
  const l1Size = l1SizeFor(virtualSize, clusterSize);
  const bytes = new Uint8Array(3 * clusterSize + 8 * l1Size);
  const at = new DataView(bytes.buffer);
  at.setUint32(0, MAGIC);
  at.setUint32(4, version);
  at.setUint32(20, Math.log2(clusterSize));
  at.setBigUint64(24, BigInt(virtualSize));
  at.setUint32(36, l1Size);
  at.setBigUint64(40, BigInt(3 * clusterSize));
  at.setBigUint64(48, BigInt(clusterSize));
  at.setUint32(56, 1);
  if (version === 3) writeFeatures(at, options.lazyRefcounts ?? false);
  at.setBigUint64(clusterSize, BigInt(2 * clusterSize));
  const used = Math.ceil(bytes.length / clusterSize);
  for (let i = 0; i < used; i++) at.setUint16(2 * clusterSize + 2 * i, 1);
  // The header must not reach into the tables, which begin with the next cluster.
  writeExtensions(at, bytes.subarray(0, clusterSize), {
    backingFile,
    backingFormat: options.backingFormat ?? null,
    bitmaps: null,
  });
  return bytes;
}

/** Writes the fields that the header of version 3 has and that of version 2 lacks. */
function writeFeatures(at: DataView, lazyRefcounts: boolean): void {
  at.setBigUint64(INCOMPATIBLE, 0n);
  at.setBigUint64(COMPATIBLE, lazyRefcounts ? 1n : 0n);
  at.setUint32(96, 4);
  at.setUint32(100, HEADER_LENGTH);
}

/** Null: the file is no qcow2 image. A string says why an image can't be opened. */
export function parseQcow2(file: HostFile): Qcow2Image | string | null {
  // A short file reads as zeroes behind its end.
  const bytes = new Uint8Array(HEADER_ROOM);
  bytes.set(file.readAt(0, HEADER_ROOM));
  const at = new DataView(bytes.buffer);
  if (at.getUint32(0) !== MAGIC) return null;
  const why = refuseHeader(at);
  if (why !== null) return why;
  const version = at.getUint32(4) === 2 ? 2 : 3;
  const features = version === 2 ? 0n : at.getBigUint64(INCOMPATIBLE);
  const nameAt = Number(at.getBigUint64(8));
  const clusterSize = 2 ** at.getUint32(20);
  const extensions = parseExtensions(at, bytes, clusterSize);
  if (typeof extensions === 'string') return extensions;
  const image: Qcow2Image = {
    file,
    version,
    clusterSize,
    virtualSize: Number(at.getBigUint64(24)),
    l1Size: at.getUint32(36),
    l1Offset: Number(at.getBigUint64(40)),
    lazyRefcounts: version === 3 && (at.getBigUint64(COMPATIBLE) & 1n) !== 0n,
    corrupt: (features & CORRUPT) !== 0n,
    dirty: (features & DIRTY) !== 0n,
    backingFile: nameAt === 0 ? null : textAt(bytes, nameAt, at.getUint32(16)),
    ...extensions,
    snapshots: { count: at.getUint32(SNAPSHOTS), offset: Number(at.getBigUint64(SNAPSHOTS + 4)) },
    freeIndex: 0,
    placed: new Set(),
    freed: null,
  };
  const stored = image.bitmaps === null ? [] : readDirectory(image, image.bitmaps);
  return typeof stored === 'string' ? stored : image;
}

export function setBacking(image: Qcow2Image, file: string | null, format: string | null): void {
  image.backingFile = file;
  image.backingFormat = file === null ? null : (format ?? image.backingFormat);
  updateHeader(image);
}

export function setBitmapDirectory(image: Qcow2Image, bitmaps: BitmapDirectory | null): void {
  image.bitmaps = bitmaps;
  updateHeader(image);
}

export function setLazyRefcounts(image: Qcow2Image, isLazy: boolean): void {
  image.lazyRefcounts = isLazy;
  put64(image.file, COMPATIBLE, isLazy ? 1n : 0n);
}

/** qcow2_mark_consistent */
export function markConsistent(image: Qcow2Image): void {
  clearFeature(image, CORRUPT | DIRTY);
  image.corrupt = false;
  image.dirty = false;
}

/** qcow2_mark_dirty */
export function markDirty(image: Qcow2Image): void {
  image.dirty = true;
  put64(image.file, INCOMPATIBLE, featuresOf(image) | DIRTY);
}

/** An image that was not closed is checked when it is opened for writing; here its counts are always right. */
export function markClean(image: Qcow2Image): void {
  clearFeature(image, DIRTY);
  image.dirty = false;
}

function clearFeature(image: Qcow2Image, features: bigint): void {
  if (image.version === 2) return;
  const before = featuresOf(image);
  if ((before & features) !== 0n) put64(image.file, INCOMPATIBLE, before & ~features);
}

function featuresOf({ file }: Qcow2Image): bigint {
  const bytes = file.readAt(INCOMPATIBLE, 8);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigUint64(0);
}

/** Makes it an image of the other version. One of version 2 must have no clusters of zeroes. */
export function setVersion(image: Qcow2Image, version: Qcow2Version): void {
  const { file } = image;
  const bytes = file.readAt(0, HEADER_LENGTH);
  const at = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  at.setUint32(4, version);
  if (version === 3) writeFeatures(at, false);
  file.writeAt(0, bytes);
  image.version = version;
  image.lazyRefcounts = false;
  updateHeader(image);
}

/** qcow2_update_header */
function updateHeader(image: Qcow2Image): void {
  const bytes = new Uint8Array(Math.min(HEADER_ROOM, image.clusterSize));
  bytes.set(image.file.readAt(0, bytes.length));
  writeExtensions(new DataView(bytes.buffer), bytes, image);
  image.file.writeAt(0, bytes);
}

/** The cluster reads as zeroes from now on, if there is no backing file, and its place is free. */
export function unmapCluster(image: Qcow2Image, cluster: number): void {
  const { file } = image;
  const at = l2Entry(image, cluster);
  if (at === null) return;
  const offset = get64(file, at);
  put64(file, at, 0n);
  if (offset !== 0) freeCluster(image, offset);
}

const l1Entry = ({ clusterSize, l1Offset }: Qcow2Image, cluster: number): number =>
  l1Offset + 8 * Math.floor(cluster / (clusterSize / 8));

/** Where the L2 entry of a cluster stands; null if there is no table for it. */
export function l2Entry(image: Qcow2Image, cluster: number): number | null {
  return l2EntryIn(image, aligned(image, getEntry(image.file, l1Entry(image, cluster))), cluster);
}

const l2EntryIn = ({ clusterSize }: Qcow2Image, table: number, cluster: number): number | null =>
  table === 0 ? null : table + 8 * (cluster % (clusterSize / 8));

/** Where the entry points. QEMU marks an image whose tables point between clusters as corrupt (qcow2_signal_corruption). */
function aligned({ file, clusterSize }: Qcow2Image, entry: bigint): number {
  const offset = Number(entry & OFFSET_MASK);
  if (offset % clusterSize !== 0)
    throw new NotSupported('qemu', 0, `${file.path}, an image with a damaged table`);
  return offset;
}

/** The file offset of a cluster of the disk; null if its data is not in the file. */
export function hostOffset(image: Qcow2Image, cluster: number): number | null {
  const at = l2Entry(image, cluster);
  const entry = at === null ? 0n : getEntry(image.file, at);
  const offset = aligned(image, entry);
  return offset === 0 || (entry & ZERO) !== 0n ? null : offset;
}

/** True if the image says that the cluster is zero; if it says nothing, the backing image is asked. */
export function isZeroCluster(image: Qcow2Image, cluster: number): boolean {
  const at = l2Entry(image, cluster);
  return at !== null && (getEntry(image.file, at) & ZERO) !== 0n;
}

/**
 * Makes the cluster read as zeroes. Its place in the file, if it has one, is kept for it. In version 2, where nothing lies below, it
 * is discarded. Mirrors zero_in_l2_slice, qcow2_subcluster_zeroize.
 */
export function zeroCluster(image: Qcow2Image, cluster: number): Errno | undefined {
  if (image.version === 2) {
    discardCluster(image, cluster, false);
    return undefined;
  }
  const why = prepareTable(image, cluster);
  const at = l2Entry(image, cluster);
  if (why !== undefined || at === null) return why;
  return put64(image.file, at, getEntry(image.file, at) | ZERO);
}

/**
 * The cluster reads as zeroes from now on, and its place in the file is free. One that nobody has stays as it is.
 * Mirrors discard_in_l2_slice.
 */
export function discardCluster(image: Qcow2Image, cluster: number, hasBacking: boolean): void {
  const place = keptPlace(image, cluster);
  if (place === null && (!hasBacking || isZeroCluster(image, cluster))) return;
  if (prepareTable(image, cluster) !== undefined) return;
  const at = l2Entry(image, cluster);
  if (at === null) return;
  put64(image.file, at, image.version === 2 ? 0n : ZERO);
  if (place !== null) freeCluster(image, place);
}

/** Entries of an L1 table that are looked at together. */
const AHEAD = 512;

/** How many clusters from here on the L1 table alone shows to be empty; 0 if an L2 table must be read. */
export function emptyRun(image: Qcow2Image, cluster: number): number {
  const { file, clusterSize, l1Size, l1Offset } = image;
  const perTable = clusterSize / 8;
  const at = l1Entry(image, cluster);
  if (get64(file, at) !== 0) return 0;
  const left = l1Size - (at - l1Offset) / 8;
  const bytes = file.readAt(at, 8 * Math.min(left, AHEAD));
  const used = bytes.findIndex((byte) => byte !== 0);
  const tables = Math.max(1, Math.floor((used < 0 ? bytes.length : used) / 8));
  return tables * perTable - (cluster % perTable);
}

/** The place that a cluster of data or zeroes has in the file; null if it has none. */
export function keptPlace(image: Qcow2Image, cluster: number): number | null {
  const at = l2Entry(image, cluster);
  const offset = at === null ? 0 : aligned(image, getEntry(image.file, at));
  return offset === 0 ? null : offset;
}

/** The same as the tables have it, which may be damaged. */
export function recordedPlace(image: Qcow2Image, cluster: number): number | null {
  const { file } = image;
  const at = l2EntryIn(image, get64(file, l1Entry(image, cluster)), cluster);
  const offset = at === null ? 0 : get64(file, at);
  return offset === 0 ? null : offset;
}

/** The place that a cluster of data or zeroes has in the file, if no snapshot shares it; else null. */
export function ownPlace(image: Qcow2Image, cluster: number): number | null {
  if ((getEntry(image.file, l1Entry(image, cluster)) & COPIED) === 0n) return null;
  const at = l2Entry(image, cluster);
  const entry = at === null ? 0n : getEntry(image.file, at);
  return (entry & COPIED) === 0n ? null : aligned(image, entry);
}

/** Entries of an L2 table that QEMU looks at together: 4 KiB of it. */
const SLICE = 512;

/** How many clusters from here to the last need a place in the file, as far as one allocation goes. */
export function homeless(image: Qcow2Image, cluster: number, last: number): number {
  const slice = Math.min(SLICE, image.clusterSize / 8);
  const end = Math.min(last + 1, (Math.floor(cluster / slice) + 1) * slice);
  let next = cluster + 1;
  while (next < end && ownPlace(image, next) === null) next++;
  return next - cluster;
}

/** The place at which the cluster's data may be overwritten; null if a write must allocate one. */
export const writableOffset = (image: Qcow2Image, cluster: number): number | null =>
  isZeroCluster(image, cluster) ? null : ownPlace(image, cluster);

/**
 * Makes sure that the L2 table for the cluster exists, and that no snapshot shares it. As in QEMU, the table is placed before its
 * first cluster. Mirrors l2_allocate.
 */
export function prepareTable(image: Qcow2Image, cluster: number): Errno | undefined {
  const { file, clusterSize } = image;
  const at = l1Entry(image, cluster);
  const entry = getEntry(file, at);
  if ((entry & COPIED) !== 0n) return undefined;
  const old = aligned(image, entry);
  const table = placeCluster(image);
  const why = countCluster(image, table);
  if (why !== undefined) return why;
  const content = old === 0 ? null : file.readAt(old, clusterSize);
  const full =
    (content === null ? clearCluster(image, table) : writeAll(file, table, content)) ??
    put64(file, at, BigInt(table) | COPIED);
  if (full === undefined && old !== 0) freeCluster(image, old);
  return full;
}

/** The place of the cluster's L2 table, null if it has none or shares it with a snapshot; and that of its entry in the L1 table. */
export function ownTable(
  image: Qcow2Image,
  cluster: number,
): { readonly entry: number; readonly place: number | null } {
  const at = l1Entry(image, cluster);
  const entry = getEntry(image.file, at);
  return { entry: at, place: (entry & COPIED) === 0n ? null : aligned(image, entry) };
}

/** Maps a cluster of the disk to its place in the file. The place that it shared with a snapshot is the latter's. */
export function mapCluster(image: Qcow2Image, cluster: number, offset: number): Errno | undefined {
  const { file } = image;
  const why = prepareTable(image, cluster) ?? countCluster(image, offset);
  const at = l2Entry(image, cluster);
  if (why !== undefined || at === null) return why;
  const old = get64(file, at);
  const full = put64(file, at, BigInt(offset) | COPIED);
  if (full === undefined && old !== 0 && old !== offset) freeCluster(image, old);
  return full;
}
