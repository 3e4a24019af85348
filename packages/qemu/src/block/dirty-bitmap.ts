// dirty-bitmap.ts — Records which chunks of a node were written since a job last copied them. Mirrors block/dirty-bitmap.c.

export interface DirtyBitmap {
  readonly granularity: number;
  readonly length: number;
  readonly dirty: Uint8Array;
  /** True if writes to the node mark the bitmap; otherwise only its owner does. */
  readonly recording: boolean;
  /** The number of dirty chunks. */
  nrDirty: number;
}

export function createDirtyBitmap(
  length: number,
  granularity: number,
  recording = true,
): DirtyBitmap {
  const nrChunks = Math.ceil(length / granularity);
  return { granularity, length, dirty: new Uint8Array(nrChunks), recording, nrDirty: 0 };
}

function mark(bitmap: DirtyBitmap, chunk: number, value: 0 | 1): void {
  const before = bitmap.dirty[chunk];
  if (before === undefined || before === value) return;
  bitmap.dirty[chunk] = value;
  bitmap.nrDirty += value === 1 ? 1 : -1;
}

export function setDirty(bitmap: DirtyBitmap, offset: number, bytes: number): void {
  const end = Math.ceil((offset + bytes) / bitmap.granularity);
  for (let i = Math.floor(offset / bitmap.granularity); i < end; i++) mark(bitmap, i, 1);
}

export function clearDirty(bitmap: DirtyBitmap, offset: number, bytes: number): void {
  const end = Math.ceil((offset + bytes) / bitmap.granularity);
  for (let i = Math.floor(offset / bitmap.granularity); i < end; i++) mark(bitmap, i, 0);
}

export const isDirty = (bitmap: DirtyBitmap, chunk: number): boolean => bitmap.dirty[chunk] === 1;

export const dirtyBytes = (bitmap: DirtyBitmap): number => bitmap.nrDirty * bitmap.granularity;

/** The first dirty chunk at or after `from`; -1 if there is none. */
export const nextDirty = (bitmap: DirtyBitmap, from: number): number =>
  bitmap.dirty.indexOf(1, from);
