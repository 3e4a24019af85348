// end-io.ts — Handles an I/O that comes back from a path. Mirrors dm-mpath.c: multipath_end_io_bio, multipath_end_io.
import type { Bio, BlkStatus } from '@dmsim/block';
import { BLK_STS, blkPathError } from '@dmsim/block';
import type { DmTarget, EndIoVerdict, RqContext } from '@dmsim/dm';
import { queueWork } from '@dmsim/sim';

import type { MpathIo, Multipath } from './multipath.ts';
import { failPath } from './path-state.ts';
import { mustPushBack, mustPushBackRq } from './pushback.ts';
import { queueBio, retryQueuedBios } from './queue-bio.ts';
import { endIo } from './selectors/select-path.ts';

export function multipathEndIoBio(
  ti: DmTarget<Multipath, MpathIo>,
  bio: Bio,
  io: MpathIo,
): EndIoVerdict {
  const m = ti.state;
  const { pgpath } = io;
  const verdict =
    bio.status === BLK_STS.OK || !blkPathError(bio.status) ? 'done' : retryBio(m, bio, io);
  if (pgpath !== null) endIo(pgpath, io);
  // A selector that held I/O back, by choosing no path, may choose one now.
  if (verdict === 'done' && m.queuedBios.head !== null) retryQueuedBios(m);
  return verdict;
}

/** Fails the path and tries the bio again, now or later. A path's own error never reaches the submitter: it becomes EIO. */
function retryBio(m: Multipath, bio: Bio, io: MpathIo): EndIoVerdict {
  if (io.pgpath !== null) failPath(io.pgpath);
  if (m.nrValidPaths === 0 && !m.queueIfNoPath) {
    if (mustPushBack(m)) return 'requeue';
    bio.status = BLK_STS.IOERR;
    return 'done';
  }
  queueBio(m, bio, io);
  if (!m.queueIo) queueWork(m.module.kmultipathd, m.processQueuedBios);
  return 'incomplete';
}

export function rqEndIo(
  ti: DmTarget<Multipath, MpathIo>,
  status: BlkStatus,
  { perBio: io }: RqContext<MpathIo>,
): EndIoVerdict {
  const verdict =
    status === BLK_STS.OK || !blkPathError(status) ? 'done' : retryRq(ti.state, status, io);
  if (io.started && io.pgpath !== null) {
    io.started = false;
    endIo(io.pgpath, io);
  }
  return verdict;
}

/** Sends the request back to its own queue; if it is given up, it ends with the path's error. */
function retryRq(m: Multipath, status: BlkStatus, io: MpathIo): EndIoVerdict {
  if (io.pgpath !== null) failPath(io.pgpath);
  if (m.nrValidPaths === 0 && !mustPushBackRq(m)) return 'done';
  return status === BLK_STS.RESOURCE ? 'delay-requeue' : 'requeue';
}
