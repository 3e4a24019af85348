// map.ts — Sends an arriving I/O down a path. Mirrors dm-mpath.c: multipath_map_bio, __multipath_map_bio,
// multipath_clone_and_map, multipath_release_clone.
import type { Bio, Request, RequestQueue } from '@dmsim/block';
import { allocRequest, createBio, freeRequest, REQ } from '@dmsim/block';
import type { DmTarget, MapVerdict, RqContext } from '@dmsim/dm';
import { assert } from '@dmsim/sim';

import { pathFor } from './choose-path.ts';
import { recordBio } from './mpath-io.ts';
import type { MpathIo, Multipath, PgPath } from './multipath.ts';
import { offlinePath, pgInitAllPaths } from './pg-init.ts';
import { mustPushBack, mustPushBackRq } from './pushback.ts';
import { queueBio } from './queue-bio.ts';
import { endIo, startIo } from './selectors/select-path.ts';

export function multipathMapBio(
  ti: DmTarget<Multipath, MpathIo>,
  bio: Bio,
  io: MpathIo,
): MapVerdict {
  recordBio(io, bio);
  return remapBio(ti.state, bio, io);
}

/** Maps a bio that is as it arrived, be it new or from the queue. Answers `submitted` if it now waits in the target. */
export function remapBio(m: Multipath, bio: Bio, io: MpathIo): MapVerdict {
  const pgpath = pathFor(m, io.nrBytes);
  if (pgpath === null) return noPathForBio(m, bio, io);
  if (m.queueIo || m.pgInitRequired) {
    queueBio(m, bio, io);
    pgInitAllPaths(m);
    return 'submitted';
  }
  sendBio(bio, io, pgpath);
  return 'remapped';
}

function noPathForBio(m: Multipath, bio: Bio, io: MpathIo): MapVerdict {
  if (m.queueIfNoPath) {
    queueBio(m, bio, io);
    return 'submitted';
  }
  return mustPushBack(m) ? 'requeue' : 'kill';
}

function sendBio(bio: Bio, io: MpathIo, pgpath: PgPath): void {
  io.pgpath = pgpath;
  bio.status = 0;
  bio.dev = pgpath.dev.bdev;
  bio.flags |= REQ.FAILFAST_TRANSPORT;
  startIo(pgpath, io);
}

/** Sets `context.clone` when it answers `remapped`. Without a path the request stays in its own queue. */
export function cloneAndMapRq(
  ti: DmTarget<Multipath, MpathIo>,
  context: RqContext<MpathIo>,
): MapVerdict {
  const m = ti.state;
  const { original, perBio: io } = context;
  const nrBytes = original.bio.nrSectors * 512;
  const pgpath = pathFor(m, nrBytes);
  if (pgpath === null) return mustPushBackRq(m) ? 'delay-requeue' : 'kill';
  if (m.queueIo || m.pgInitRequired) {
    pgInitAllPaths(m);
    return 'delay-requeue';
  }
  io.pgpath = pgpath;
  io.nrBytes = nrBytes;
  const { bdev } = pgpath.dev;
  if (bdev.dying) {
    offlinePath(pgpath);
    return 'delay-requeue';
  }
  assert(bdev.queue !== null, 'paths of request-based dm have request queues');
  // No tag is free in the queue below.
  if (bdev.queue.inFlight >= bdev.queue.depth) return 'requeue';
  context.clone = cloneRequest(original, io, bdev.queue);
  io.started = true;
  startIo(pgpath, io);
  return 'remapped';
}

function cloneRequest({ bio }: Request, io: MpathIo, queue: RequestQueue): Request {
  const { dev } = queue;
  assert(dev !== null, 'the queue of a path has a disk');
  io.bio ??= createBio(dev, { op: bio.op, sector: 0, nrSectors: 0 }, endedAsRequest);
  const clone = io.bio;
  clone.id = bio.id;
  clone.op = bio.op;
  clone.flags = bio.flags | REQ.NOMERGE | REQ.FAILFAST_TRANSPORT;
  clone.dev = dev;
  clone.sector = bio.sector;
  clone.nrSectors = bio.nrSectors;
  clone.status = 0;
  clone.remaining = 1;
  clone.data = bio.data;
  clone.dataOffset = bio.dataOffset;
  return allocRequest(queue, clone);
}

function endedAsRequest(): void {
  assert(false, 'the bio of a cloned request is never ended by itself');
}

/** Called for every clone, also for one that the queue below refused and the selector still counts. */
export function releaseCloneRq(
  _ti: DmTarget<Multipath, MpathIo>,
  { clone, perBio: io }: RqContext<MpathIo>,
): void {
  if (io.started && io.pgpath !== null) {
    io.started = false;
    endIo(io.pgpath, io);
  }
  if (clone !== null) freeRequest(clone);
}
