// named-bitmap.ts — Dirty bitmaps with names: one that a job uses has a successor, which records writes meanwhile. Mirrors block/dirty-bitmap.c.
import type { DirtyBitmap } from './dirty-bitmap.ts';
import { addBitmap, createDirtyBitmap, mergeDirty, removeBitmap } from './dirty-bitmap.ts';
import type { BlockNode } from './node.ts';

export const findBitmap = ({ dirtyBitmaps }: BlockNode, name: string): DirtyBitmap | undefined =>
  dirtyBitmaps.find((bitmap) => bitmap.name === name);

/** bdrv_dirty_bitmap_check: why the bitmap can't be removed, or null. */
export const refuseRemoval = (bitmap: DirtyBitmap): string | null =>
  refuseBusy(bitmap) ??
  (bitmap.readOnly ? `Bitmap '${String(bitmap.name)}' is readonly and cannot be modified` : null);

/** Why the bitmap can't be changed, or null. */
export const refuseFixedBitmap = (bitmap: DirtyBitmap): string | null =>
  refuseRemoval(bitmap) ?? refuseInconsistent(bitmap);

/** Why the bitmap can't be used, or null. */
export const refuseBusyBitmap = (bitmap: DirtyBitmap): string | null =>
  refuseBusy(bitmap) ?? refuseInconsistent(bitmap);

const refuseBusy = ({ name, successor, busy }: DirtyBitmap): string | null =>
  successor === null && !busy
    ? null
    : `Bitmap '${String(name)}' is currently in use by another operation and cannot be used`;

const refuseInconsistent = ({ name, inconsistent }: DirtyBitmap): string | null =>
  inconsistent ? `Bitmap '${String(name)}' is inconsistent and cannot be used` : null;

/** True if writes to the node are recorded, by the bitmap or by its successor. */
export const isRecording = ({ recording, successor }: DirtyBitmap): boolean =>
  recording || successor?.recording === true;

/** Freezes the bitmap for a job. Writes go to a successor from now on. */
export function beginSuccessor(node: BlockNode, bitmap: DirtyBitmap): void {
  const { length, granularity, recording } = bitmap;
  bitmap.successor = createDirtyBitmap(length, granularity, recording);
  bitmap.recording = false;
  addBitmap(node, bitmap.successor);
}

/** The job has copied what was dirty: the successor takes the bitmap's name and place. */
export function abdicate(node: BlockNode, bitmap: DirtyBitmap): DirtyBitmap {
  const { successor, name } = bitmap;
  if (successor === null) return bitmap;
  removeBitmap(node, bitmap);
  successor.name = name;
  successor.persistent = bitmap.persistent;
  return successor;
}

/** The job has not copied it: the bitmap records writes again, and takes over what its successor recorded. */
export function reclaim(node: BlockNode, bitmap: DirtyBitmap): DirtyBitmap {
  const { successor } = bitmap;
  if (successor === null) return bitmap;
  mergeDirty(bitmap, successor);
  removeBitmap(node, successor);
  bitmap.recording = successor.recording;
  bitmap.successor = null;
  return bitmap;
}
