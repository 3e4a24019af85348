// ioctl.ts — Chooses the path for an ioctl on the device. Mirrors dm-mpath.c: multipath_prepare_ioctl.
import type { DmTarget, IoctlTarget } from '@dmsim/dm';

import { choosePgpath, pathFor } from './choose-path.ts';
import type { MpathIo, Multipath } from './multipath.ts';
import { pgInitAllPaths } from './pg-init.ts';
import { processQueuedIoList, runMdQueueAsync } from './queue-bio.ts';

/** ENOTCONN makes the core ask again, since there may be a path later. */
export function prepareIoctl(ti: DmTarget<Multipath, MpathIo>): IoctlTarget {
  const m = ti.state;
  const pgpath = pathFor(m, 0);
  if (pgpath !== null && !m.queueIo) {
    const { bdev } = pgpath.dev;
    return { dev: bdev, partial: ti.len !== bdev.capacity };
  }
  if (pgpath === null && !m.queueIfNoPath) return 'EIO';
  prepareForNext(m);
  return 'ENOTCONN';
}

/** Gets a group initialised even if only ioctls come, without any I/O. */
function prepareForNext(m: Multipath): void {
  if (m.currentPg === null) choosePgpath(m, 0);
  if (m.pgInitRequired) pgInitAllPaths(m);
  runMdQueueAsync(m);
  processQueuedIoList(m);
}
