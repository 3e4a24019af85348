// queue-bio.ts — Bios that wait inside the target, and who looks after them. Mirrors dm-mpath.c: multipath_queue_bio,
// process_queued_io_list; dm-table.c: dm_table_run_md_queue_async.
//
// Linux queues the worker whenever a bio is queued. While there is no path the worker finds none, queues the bios again and
// with them itself: one CPU is busy until something changes, and nothing else comes of it. Here a bio for which there is
// no path is queued without the worker; all that can end the wait calls `processQueuedIoList` or `retryQueuedBios`.
import type { Bio } from '@dmsim/block';
import { kickRequeueList } from '@dmsim/block';
import { DM_TYPE } from '@dmsim/dm';
import { modDelayedWork, queueWork, record } from '@dmsim/sim';

import type { MpathIo, Multipath } from './multipath.ts';
import { MULTIPATH_TRACE } from './trace-points.ts';

/** Appends it; when it will be tried again is the caller's to say. */
export function queueBio(m: Multipath, bio: Bio, io: MpathIo): void {
  const { queuedBios } = m;
  io.bio = bio;
  io.next = null;
  if (queuedBios.tail === null) queuedBios.head = io;
  else queuedBios.tail.next = io;
  queuedBios.tail = io;
  queuedBios.length++;
  if (m.sim.trace !== null) traceQueued(m, io, MULTIPATH_TRACE.mpath_bio_queued.code);
}

export function traceQueued(m: Multipath, io: MpathIo, point: number): void {
  const { sim, md, queuedBios } = m;
  const { bio } = io;
  if (sim.trace === null || bio === null) return;
  record(
    sim.trace,
    sim.now,
    point,
    md.dev,
    bio.id,
    bio.op,
    io.sector,
    io.nrSectors,
    queuedBios.length,
  );
}

/** Takes the first; its `bio` stays set for the caller. */
export function takeQueuedBio(queuedBios: Multipath['queuedBios']): MpathIo | null {
  const io = queuedBios.head;
  if (io === null) return null;
  queuedBios.head = io.next;
  if (queuedBios.head === null) queuedBios.tail = null;
  queuedBios.length--;
  io.next = null;
  return io;
}

/** Something changed for those who wait: bios in the target, or requests in the device's queue. */
export function processQueuedIoList(m: Multipath): void {
  if (m.queueMode === DM_TYPE.BIO_BASED) queueWork(m.module.kmultipathd, m.processQueuedBios);
  else if (m.md.disk?.queue) kickRequeueList(m.md.disk.queue, 0);
}

/** What the worker that never sleeps would notice by itself, in bio mode: a bio that waits may have a path now. */
export function retryQueuedBios(m: Multipath): void {
  if (m.queuedBios.head !== null && !m.queueIo)
    queueWork(m.module.kmultipathd, m.processQueuedBios);
}

/** Requests that were never started may find a path now. */
export function runMdQueueAsync(m: Multipath): void {
  if (m.queueMode !== DM_TYPE.REQUEST_BASED || !m.md.disk?.queue) return;
  const { kblockd, rerunWork } = m.md.disk.queue;
  modDelayedWork(kblockd, rerunWork, 0);
}
