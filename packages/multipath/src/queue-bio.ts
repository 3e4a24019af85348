// queue-bio.ts — Queues bios inside the target, and wakes them. Mirrors dm-mpath.c: multipath_queue_bio,
// process_queued_io_list; dm-table.c: dm_table_run_md_queue_async.
//
// Linux queues the worker whenever a bio is queued. While there is no path, the worker queues the bios again and itself with
// them, which keeps one CPU busy until something changes. Here a bio without a path is queued without the worker, and
// everything that can end its wait calls `processQueuedIoList` or `retryQueuedBios`.
import type { Bio } from '@dmsim/block';
import { kickRequeueList } from '@dmsim/block';
import { DM_TYPE } from '@dmsim/dm';
import { modDelayedWork, queueWork, record } from '@dmsim/sim';

import type { MpathIo, Multipath } from './multipath.ts';
import { MULTIPATH_TRACE } from './trace-points.ts';

/** Appends the bio; the caller decides when it is tried again. */
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
  record(sim, point, md.dev, bio.id, bio.op, io.sector, io.nrSectors, queuedBios.length);
}

/** Takes the first record from the queue; its `bio` stays set for the caller. */
export function takeQueuedBio(queuedBios: Multipath['queuedBios']): MpathIo | null {
  const io = queuedBios.head;
  if (io === null) return null;
  queuedBios.head = io.next;
  if (queuedBios.head === null) queuedBios.tail = null;
  queuedBios.length--;
  io.next = null;
  return io;
}

/** Tries waiting I/O again after a change: bios in the target, or requests in the device's queue. */
export function processQueuedIoList(m: Multipath): void {
  if (m.queueMode === DM_TYPE.BIO_BASED) queueWork(m.module.kmultipathd, m.processQueuedBios);
  else if (m.md.disk?.queue) kickRequeueList(m.md.disk.queue, 0);
}

/** In bio mode, tries waiting bios again after a change that Linux's spinning worker would notice by itself. */
export function retryQueuedBios(m: Multipath): void {
  if (m.queuedBios.head !== null && !m.queueIo)
    queueWork(m.module.kmultipathd, m.processQueuedBios);
}

/** Runs the device's queue: requests that were never started may find a path now. */
export function runMdQueueAsync(m: Multipath): void {
  if (m.queueMode !== DM_TYPE.REQUEST_BASED || !m.md.disk?.queue) return;
  const { kblockd, rerunWork } = m.md.disk.queue;
  modDelayedWork(kblockd, rerunWork, 0);
}
