// queued-bios.ts — Maps bios again that waited inside the target. Mirrors dm-mpath.c: process_queued_bios.
import type { Bio } from '@dmsim/block';
import { BLK_STS, bioEndio, finishPlug, startPlug, submitBioNoacct } from '@dmsim/block';
import { assert, unreachable } from '@dmsim/sim';

import { remapBio } from './map.ts';
import { restoreBio } from './mpath-io.ts';
import type { MpathIo, Multipath } from './multipath.ts';
import { takeQueuedBio, traceQueued } from './queue-bio.ts';
import { MULTIPATH_TRACE } from './trace-points.ts';

/**
 * The worker makes one pass over the bios that wait now. A bio that must wait on is queued behind those that come meanwhile.
 * Under a plug: neighbours that go down one path become one request.
 */
export function processQueuedBios(m: Multipath): void {
  const { disk } = m.md;
  assert(disk !== null, 'a bio arrived at a disk');
  const plugged = startPlug(disk.layer);
  for (let left = m.queuedBios.length; left > 0; left--) {
    const io = takeQueuedBio(m.queuedBios);
    assert(io !== null && io.bio !== null, 'as many bios wait as are counted');
    if (m.sim.trace !== null) traceQueued(m, io, MULTIPATH_TRACE.mpath_bio_dequeued.code);
    const { bio } = io;
    io.bio = null;
    restoreBio(io, bio, disk);
    dispatch(m, bio, io);
  }
  if (plugged) finishPlug(disk.layer);
}

/** A bio that is ended here comes back through `endIo`, with the path it was on before, if any. */
function dispatch(m: Multipath, bio: Bio, io: MpathIo): void {
  const verdict = remapBio(m, bio, io);
  switch (verdict) {
    case 'submitted':
      return;
    case 'remapped':
      submitBioNoacct(bio);
      return;
    case 'kill':
      bio.status = BLK_STS.IOERR;
      bioEndio(bio);
      return;
    case 'requeue':
      bio.status = BLK_STS.DM_REQUEUE;
      bioEndio(bio);
      return;
    case 'delay-requeue':
      assert(false, 'bios are not requeued with a delay');
    default:
      unreachable(verdict);
  }
}
