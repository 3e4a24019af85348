// ioctl.ts — Where an ioctl on the device goes. Mirrors dm-mpath.c: multipath_prepare_ioctl.
import type { DmTarget, IoctlTarget } from '@dmsim/dm';

import { choosePgpath, pathFor } from './choose-path.ts';
import type { MpathIo, Multipath } from './multipath.ts';
import { pgInitAllPaths } from './pg-init.ts';
import { processQueuedIoList, runMdQueueAsync } from './queue-bio.ts';

/** ENOTCONN asks the core to come again: there may be a path later. */
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

/** So that an ioctl alone, without any I/O, gets a group initialised. */
function prepareForNext(m: Multipath): void {
  if (m.currentPg === null) choosePgpath(m, 0);
  if (m.pgInitRequired) pgInitAllPaths(m);
  runMdQueueAsync(m);
  processQueuedIoList(m);
}
