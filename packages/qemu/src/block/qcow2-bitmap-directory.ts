// qcow2-bitmap-directory.ts — The directory of the bitmaps in a qcow2 image. Mirrors block/qcow2-bitmap.c: bitmap_list_load, check_dir_entry; block/qcow2.c: qcow2_read_extensions.
import type { HostFile } from './host-file.ts';
import { textOf } from './qcow2-name.ts';

/** Where the directory lies, as the header says. */
export interface BitmapDirectory {
  readonly count: number;
  /** In bytes. */
  readonly size: number;
  readonly offset: number;
}

/** An entry of the directory. */
export interface StoredBitmap {
  readonly name: string;
  /** Bytes that a bit stands for. */
  readonly granularity: number;
  /** IN_USE, AUTO. */
  flags: number;
  /** Offset and number of the entries of its table. */
  readonly table: readonly [offset: number, size: number];
}

/** The image was not closed since the bitmap was loaded: what the image says of it is old. */
export const IN_USE = 1;
/** Writes to the node mark the bitmap. */
export const AUTO = 2;
export const DIRTY_TRACKING = 1;
/** Bytes of an entry before its name. */
export const ENTRY = 24;

const MOST_BITMAPS = 65535;
const LARGEST_DIRECTORY = MOST_BITMAPS * 1024;
const LARGEST_TABLE = 0x8000000;
/** Bytes of the clusters of one bitmap. */
const LARGEST_BITMAP = 0x20000000;
const LONGEST_NAME = 1023;

/** Says what is wrong with the header's extension; `length` is what it gives as its own. */
export function problemOf(
  { count, size, offset }: BitmapDirectory,
  { length, clusterSize }: { readonly length: number; readonly clusterSize: number },
): string | null {
  if (length !== ENTRY) return 'bitmaps_ext: Invalid extension length';
  if (count === 0) return 'found bitmaps extension with zero bitmaps';
  if (count > MOST_BITMAPS)
    return `bitmaps_ext: Image has ${count} bitmaps, exceeding the QEMU supported maximum of ${MOST_BITMAPS}`;
  if (offset % clusterSize !== 0) return 'bitmaps_ext: invalid bitmap directory offset';
  if (size > LARGEST_DIRECTORY)
    return `bitmaps_ext: bitmap directory size (${size}) exceeds the maximum supported size (${LARGEST_DIRECTORY})`;
  return null;
}

interface Place {
  readonly file: HostFile;
  readonly clusterSize: number;
  readonly virtualSize: number;
}

/** The bitmaps in the order of the directory, or why it can't be read. */
export function readDirectory(
  place: Place,
  { count, size, offset }: BitmapDirectory,
): StoredBitmap[] | string {
  if (size === 0) return 'Requested bitmap directory size is zero';
  const bytes = new Uint8Array(size);
  bytes.set(place.file.readAt(offset, size));
  const at = new DataView(bytes.buffer);
  const list: StoredBitmap[] = [];
  for (let i = 0; i < size;) {
    if (i + ENTRY > size) return BROKEN;
    if (at.getUint32(i + 20) !== 0) return 'Bitmap extra data is not supported';
    const nameAt = i + ENTRY;
    const nameSize = at.getUint16(i + 18);
    const next = Math.ceil((nameAt + nameSize) / 8) * 8;
    if (next > size) return BROKEN;
    if (list.length === count) return 'More bitmaps found than specified in header extension';
    const stored: StoredBitmap = {
      name: textOf(bytes.subarray(nameAt, nameAt + nameSize)),
      granularity: 2 ** at.getUint8(i + 17),
      flags: at.getUint32(i + 12),
      table: [Number(at.getBigUint64(i)), at.getUint32(i + 8)],
    };
    const isKnown = at.getUint8(i + 16) === DIRTY_TRACKING && nameSize <= LONGEST_NAME;
    if (!isKnown || !isWithinBounds(place, stored))
      return `Bitmap '${stored.name}' doesn't satisfy the constraints`;
    list.push(stored);
    i = next;
  }
  return list.length < count ? 'Less bitmaps found than specified in header extension' : list;
}

const BROKEN = 'Broken bitmap directory';

function isWithinBounds(
  { clusterSize, virtualSize }: Place,
  { granularity, flags, table: [offset, size] }: StoredBitmap,
): boolean {
  const bytes = size * clusterSize;
  return (
    (flags & ~(IN_USE | AUTO)) === 0 &&
    granularity >= 2 ** 9 &&
    granularity <= 2 ** 31 &&
    offset !== 0 &&
    offset % clusterSize === 0 &&
    size !== 0 &&
    size <= LARGEST_TABLE &&
    bytes <= LARGEST_BITMAP &&
    ((flags & IN_USE) !== 0 || virtualSize <= bytes * 8 * granularity)
  );
}
