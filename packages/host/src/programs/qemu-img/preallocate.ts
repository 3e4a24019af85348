// preallocate.ts — `preallocation=`: clusters get their places before anything is written.
import { fail } from '@dmsim/coreutils';
import type { Preallocation } from '@dmsim/qemu';
import { countOf, preallocateImage } from '@dmsim/qemu';
import { strerror } from '@dmsim/sim';

import type { Image } from './image.ts';
import type { ImgTool } from './img-tool.ts';

/** Gives all clusters from there on a place. */
export function preallocate(
  t: ImgTool,
  { qcow2 }: Image,
  how: { readonly mode: Preallocation; readonly from?: number },
): void {
  const errno = qcow2 === null ? undefined : preallocateImage(qcow2, how);
  if (errno !== undefined) fail(t, `Could not preallocate: ${strerror(errno)}`);
}

/** By how much more clusters than the file has room for must be in use: the larger of two measures. */
const [RATIO, SURPLUS] = [10 / 9, 2];

/** True if many more clusters are in use than the file has room for: QEMU then asks the file where its holes are. */
export function isPreallocated({ qcow2, file }: Image): boolean {
  if (qcow2 === null || file.isHole === undefined) return false;
  const real = Math.floor(file.sizeOnDisk() / qcow2.clusterSize);
  const end = Math.ceil(file.size() / qcow2.clusterSize);
  let used = 0;
  for (let i = 0; i < end; i++) if (countOf(qcow2, i) > 0) used++;
  return used > Math.max(Math.floor(real * RATIO), real + SURPLUS);
}
