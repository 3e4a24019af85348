// dirty-bitmap.ts — Records which chunks of a node were written: for a job, or by name for backups of the node. Mirrors block/dirty-bitmap.c.
import { NotSupported } from '@dmsim/sim';

export interface DirtyBitmap {
  /** The name its user gave it; null for a bitmap of a job. */
  name: string | null;
  /** The size of a chunk, in bytes. */
  readonly granularity: number;
  /** The size of the node, in bytes. */
  length: number;
  /** A byte for each chunk. */
  dirty: Uint8Array;
  /** True if writes to the node mark the bitmap; otherwise only its owner does. */
  recording: boolean;
  /** True if the bitmap stays in the node's image when that is closed. */
  persistent: boolean;
  /** True if it comes from an image that can't be written. */
  readOnly: boolean;
  /** True if QEMU was killed while it had the bitmap: what the image holds of it is old. */
  inconsistent: boolean;
  /** While a job uses the bitmap: the one that records writes in its place. */
  successor: DirtyBitmap | null;
  /** True while an export shows the bitmap, and while a transaction that removes it may still fail. */
  busy: boolean;
  /** The number of dirty chunks. */
  nrDirty: number;
}

const MOST_CHUNKS = 2 ** 28;

/** A bitmap of `length` bytes in chunks of `granularity` bytes, all clean. Throws `NotSupported` for more chunks than memory has room for. */
export function createDirtyBitmap(
  length: number,
  granularity: number,
  recording = true,
): DirtyBitmap {
  const chunks = Math.ceil(length / granularity);
  if (chunks > MOST_CHUNKS) throw new NotSupported('qemu', 0, `a dirty bitmap of ${chunks} bits`);
  const dirty = new Uint8Array(chunks);
  return {
    name: null,
    granularity,
    length,
    dirty,
    recording,
    persistent: false,
    readOnly: false,
    inconsistent: false,
    successor: null,
    busy: false,
    nrDirty: 0,
  };
}

/** The bitmaps of a node, the newest first. */
interface Recorded {
  readonly dirtyBitmaps: DirtyBitmap[];
}

export function addBitmap({ dirtyBitmaps }: Recorded, bitmap: DirtyBitmap): void {
  dirtyBitmaps.unshift(bitmap);
}

export function removeBitmap({ dirtyBitmaps }: Recorded, bitmap: DirtyBitmap): void {
  const at = dirtyBitmaps.indexOf(bitmap);
  if (at >= 0) dirtyBitmaps.splice(at, 1);
}

function mark(bitmap: DirtyBitmap, chunk: number, value: 0 | 1): void {
  const before = bitmap.dirty[chunk];
  if (before === undefined || before === value) return;
  bitmap.dirty[chunk] = value;
  bitmap.nrDirty += value === 1 ? 1 : -1;
}

/** Marks every chunk of which the range, in bytes, has a part. */
export function setDirty(bitmap: DirtyBitmap, offset: number, bytes: number): void {
  const end = Math.ceil((offset + bytes) / bitmap.granularity);
  for (let i = Math.floor(offset / bitmap.granularity); i < end; i++) mark(bitmap, i, 1);
}

/** Clears every chunk of which the range, in bytes, has a part. */
export function clearDirty(bitmap: DirtyBitmap, offset: number, bytes: number): void {
  const end = Math.ceil((offset + bytes) / bitmap.granularity);
  for (let i = Math.floor(offset / bitmap.granularity); i < end; i++) mark(bitmap, i, 0);
}

/** bdrv_dirty_bitmap_truncate: the node has another size. */
export function resizeBitmap(bitmap: DirtyBitmap, length: number): void {
  const dirty = new Uint8Array(Math.ceil(length / bitmap.granularity));
  dirty.set(bitmap.dirty.subarray(0, dirty.length));
  bitmap.dirty = dirty;
  bitmap.length = length;
  bitmap.nrDirty = dirty.reduce((sum, one) => sum + one, 0);
}

/** Marks in `into` what is dirty in `from`, whose chunks may have another size. */
export function mergeDirty(into: DirtyBitmap, from: DirtyBitmap): void {
  const { granularity, length } = from;
  for (let chunk = nextDirty(from, 0); chunk >= 0; chunk = nextDirty(from, chunk + 1)) {
    const offset = chunk * granularity;
    setDirty(into, offset, Math.min(granularity, length - offset));
  }
}

export const isDirty = (bitmap: DirtyBitmap, chunk: number): boolean => bitmap.dirty[chunk] === 1;

export const dirtyBytes = (bitmap: DirtyBitmap): number => bitmap.nrDirty * bitmap.granularity;

/** The first dirty chunk at or after `from`; -1 if there is none. */
export const nextDirty = (bitmap: DirtyBitmap, from: number): number =>
  bitmap.dirty.indexOf(1, from);
