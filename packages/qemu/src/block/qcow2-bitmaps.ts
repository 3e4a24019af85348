// qcow2-bitmaps.ts — Dirty bitmaps with names that stay in a qcow2 image. Mirrors block/qcow2-bitmap.c, docs/interop/qcow2.txt.
//
// An extension of the header says where the directory lies. An entry of it has the bitmap's name, its granularity, and where its table
// lies, each entry of which stands for a cluster of bits: none set, all set, or the place of the cluster.
import { NotSupported } from '@dmsim/sim';

import type { DirtyBitmap } from './dirty-bitmap.ts';
import { createDirtyBitmap } from './dirty-bitmap.ts';
import type { StoredBitmap } from './qcow2-bitmap-directory.ts';
import { AUTO, DIRTY_TRACKING, ENTRY, IN_USE, readDirectory } from './qcow2-bitmap-directory.ts';
import type { Qcow2Image } from './qcow2-image.ts';
import { setBitmapDirectory } from './qcow2-image.ts';
import { utf8 } from './qcow2-name.ts';
import { freeCluster, freeRun, takeCluster, takeRun } from './qcow2-refcount.ts';

/** The refusal of bitmaps where the header has no place for them. */
export const NO_BITMAPS = 'Cannot store dirty bitmaps in qcow2 v2 files';

const ALL_SET = 1n;

/** The bitmaps that the image names, in the order of its directory. */
export function storedBitmaps(image: Qcow2Image): StoredBitmap[] {
  if (image.bitmaps === null) return [];
  const list = readDirectory(image, image.bitmaps);
  // It could be read when the image was opened.
  if (typeof list === 'string') throw new NotSupported('qemu', 0, 'changing an image that is open');
  return list;
}

/** As `qemu-img info` and queries tell of it. */
export const flagsOf = ({ flags }: StoredBitmap): string[] => [
  ...((flags & IN_USE) === 0 ? [] : ['in-use']),
  ...((flags & AUTO) === 0 ? [] : ['auto']),
];

/** Makes the bitmap that the image holds, unless it is old. */
export function loadBitmap(image: Qcow2Image, stored: StoredBitmap): DirtyBitmap {
  const { name, granularity, flags, table } = stored;
  const recording = (flags & AUTO) !== 0;
  const bitmap = createDirtyBitmap(image.virtualSize, granularity, recording);
  bitmap.name = name;
  bitmap.persistent = true;
  bitmap.inconsistent = (flags & IN_USE) !== 0;
  if (bitmap.inconsistent) {
    bitmap.recording = false;
    return bitmap;
  }
  const { dirty } = bitmap;
  for (const [i, entry] of entriesOf(image, table).entries()) {
    const first = i * image.clusterSize * 8;
    const end = Math.min(first + image.clusterSize * 8, dirty.length);
    if (entry === ALL_SET) dirty.fill(1, first, end);
    if (entry <= ALL_SET) continue;
    const bits = image.file.readAt(Number(entry), image.clusterSize);
    for (let bit = first; bit < end; bit++)
      dirty[bit] = ((bits[(bit - first) >> 3] ?? 0) >> ((bit - first) & 7)) & 1;
  }
  bitmap.nrDirty = dirty.reduce((sum, one) => sum + one, 0);
  return bitmap;
}

function entriesOf({ file }: Qcow2Image, [offset, size]: StoredBitmap['table']): bigint[] {
  const bytes = file.readAt(offset, 8 * size);
  const at = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: size }, (_, i) => at.getBigUint64(8 * i));
}

/** The parts of the file that hold bitmaps: their directory, their tables, their clusters. */
export function bitmapRegions(
  image: Qcow2Image,
): { readonly offset: number; readonly bytes: number }[] {
  if (image.bitmaps === null) return [];
  const regions = [{ offset: image.bitmaps.offset, bytes: image.bitmaps.size }];
  for (const { table } of storedBitmaps(image)) {
    regions.push({ offset: table[0], bytes: 8 * table[1] });
    for (const entry of entriesOf(image, table))
      if (entry > ALL_SET) regions.push({ offset: Number(entry), bytes: image.clusterSize });
  }
  return regions;
}

/** Says of all bitmaps that the image holds that they are in use, or not any more. The directory stays where it is. */
export function markInUse(image: Qcow2Image): void {
  if (image.bitmaps === null) return;
  const list = storedBitmaps(image);
  for (const each of list) each.flags |= IN_USE;
  image.file.writeAt(image.bitmaps.offset, directoryOf(list));
}

/** qcow2_store_persistent_dirty_bitmaps: writes the bitmaps, the newest first, over what the image holds of the same name. */
export function storeBitmaps(image: Qcow2Image, bitmaps: readonly DirtyBitmap[]): void {
  if (bitmaps.length === 0) return;
  const list = storedBitmaps(image);
  const old: StoredBitmap[] = [];
  for (const bitmap of bitmaps) {
    const at = list.findIndex(({ name }) => name === bitmap.name);
    const stored = store(image, bitmap);
    if (at < 0) list.push(stored);
    else old.push(...list.splice(at, 1, stored));
  }
  writeDirectory(image, list);
  for (const each of old) freeTable(image, each);
}

/** qcow2_co_remove_persistent_dirty_bitmap */
export function dropBitmap(image: Qcow2Image, name: string): void {
  const list = storedBitmaps(image);
  const dropped = list.find((each) => each.name === name);
  if (dropped === undefined) return;
  writeDirectory(
    image,
    list.filter((each) => each !== dropped),
  );
  freeTable(image, dropped);
}

function store(image: Qcow2Image, bitmap: DirtyBitmap): StoredBitmap {
  const { clusterSize, file } = image;
  const { dirty, granularity } = bitmap;
  const size = Math.ceil(dirty.length / (clusterSize * 8));
  const table = new DataView(new ArrayBuffer(8 * size));
  for (let i = 0; i < size; i++) {
    const bits = new Uint8Array(clusterSize);
    const first = i * clusterSize * 8;
    const end = Math.min(first + clusterSize * 8, dirty.length);
    for (let bit = dirty.indexOf(1, first); bit >= 0 && bit < end; bit = dirty.indexOf(1, bit + 1))
      bits[(bit - first) >> 3] = (bits[(bit - first) >> 3] ?? 0) | (1 << ((bit - first) & 7));
    if (bits.every((byte) => byte === 0)) continue;
    const offset = takeCluster(image);
    file.writeAt(offset, bits);
    table.setBigUint64(8 * i, BigInt(offset));
  }
  const offset = takeRun(image, table.byteLength);
  file.writeAt(offset, new Uint8Array(table.buffer));
  const flags = bitmap.recording ? AUTO : 0;
  return { name: bitmap.name ?? '', granularity, flags, table: [offset, size] };
}

/** A new directory, and a header that leads to it. The place of the old one is free. */
function writeDirectory(image: Qcow2Image, list: readonly StoredBitmap[]): void {
  const old = image.bitmaps;
  const bytes = directoryOf(list);
  const offset = list.length === 0 ? 0 : takeRun(image, bytes.length);
  if (list.length > 0) image.file.writeAt(offset, bytes);
  setBitmapDirectory(
    image,
    list.length === 0 ? null : { count: list.length, size: bytes.length, offset },
  );
  if (old !== null) freeRun(image, old.offset, old.size);
}

function directoryOf(list: readonly StoredBitmap[]): Uint8Array {
  const names = list.map(({ name }) => utf8(name));
  const sizes = names.map((name) => Math.ceil((ENTRY + name.length) / 8) * 8);
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  const at = new DataView(bytes.buffer);
  let i = 0;
  for (const [k, { granularity, flags, table }] of list.entries()) {
    const name = names[k] ?? new Uint8Array();
    at.setBigUint64(i, BigInt(table[0]));
    at.setUint32(i + 8, table[1]);
    at.setUint32(i + 12, flags);
    at.setUint8(i + 16, DIRTY_TRACKING);
    at.setUint8(i + 17, Math.log2(granularity));
    at.setUint16(i + 18, name.length);
    bytes.set(name, i + ENTRY);
    i += sizes[k] ?? 0;
  }
  return bytes;
}

function freeTable(image: Qcow2Image, { table }: StoredBitmap): void {
  for (const entry of entriesOf(image, table)) {
    if (entry <= ALL_SET) continue;
    freeCluster(image, Number(entry));
    image.file.punchHole(Number(entry), image.clusterSize);
  }
  freeRun(image, table[0], 8 * table[1]);
}
