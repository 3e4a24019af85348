// complete-io.ts — The last clone is back. Mirrors dm.c: dm_io_dec_pending, dm_io_complete, dm_wq_requeue_work, and dm-io-rewind.c.
import type { Bio, BlkStatus } from '@dmsim/block';
import { BLK_STS, bioEndio, createBio, REQ } from '@dmsim/block';
import { wakeUp } from '@dmsim/sim';

import { endAccount } from './account-io.ts';
import { defer, traceQueue } from './deferred.ts';
import { freeIo } from './free-io.ts';
import type { MappedDevice } from './mapped-device.ts';
import type { DmIo } from './target-type.ts';
import { DM_IO } from './target-type.ts';
import { DM_TRACE } from './trace-points.ts';

/** Called when a clone ends and when the submitter has sent all clones; the last call completes the I/O. */
export function decPending(md: MappedDevice, io: DmIo, status: BlkStatus): void {
  if (status !== BLK_STS.OK) setError(md, io, status);
  if (--io.ioCount === 0) completeIo(md, io);
}

/** A REQUEUE during a noflush suspend outweighs any error: the I/O will be done again. */
function setError(md: MappedDevice, io: DmIo, status: BlkStatus): void {
  if (io.status === BLK_STS.DM_REQUEUE && md.noflushSuspending) return;
  io.status = status;
}

function completeIo(md: MappedDevice, io: DmIo): void {
  const { orig } = io;
  if (io.status !== BLK_STS.OK || (orig.flags & REQ.PREFLUSH) !== 0) {
    completeUnusual(md, io);
    return;
  }
  endAccount(md, io);
  release(md, io);
  bioEndio(orig);
}

function completeUnusual(md: MappedDevice, io: DmIo): void {
  const { orig } = io;
  const verdict = io.status === BLK_STS.DM_REQUEUE ? md.strategy.requeue(io, md) : 'ended';
  if (verdict === 'held') return;
  if (verdict === 'refused') io.status = BLK_STS.IOERR;
  endAccount(md, io);
  const { status } = io;
  release(md, io);
  if (verdict === 'kept') {
    traceQueue(md, DM_TRACE.dm_pushback.code, orig);
  } else if ((orig.flags & REQ.PREFLUSH) !== 0 && orig.nrSectors > 0) {
    // The flush is done; now the data, as a bio of its own.
    orig.flags &= ~REQ.PREFLUSH;
    defer(md, orig);
  } else {
    if (status !== BLK_STS.OK) orig.status = status;
    bioEndio(orig);
  }
}

/** Frees the record, and wakes the suspend that waits for the last one. */
function release(md: MappedDevice, io: DmIo): void {
  freeIo(md, io);
  if (md.pendingIo === 0) wakeUp(md.wait);
}

/**
 * The second stage for fragments: each becomes a bio of its own that covers only the range to be repeated, and is then
 * treated like a whole bio. The newest is popped first, so that a batch ends up in order at the head of deferred.
 */
export function rewindFragments(md: MappedDevice): void {
  let io = md.requeueList;
  md.requeueList = null;
  while (io !== null) {
    const { next } = io;
    io.next = null;
    io.orig = rewind(io);
    io.flags &= ~DM_IO.WAS_SPLIT;
    completeIo(md, io);
    io = next;
  }
}

/** dm_io_rewind: makes a bio of the fragment's range, whose completion goes to the bio it is a part of. */
function rewind(io: DmIo): Bio {
  const { orig } = io;
  const part = createBio(
    orig.dev,
    { op: orig.op, flags: orig.flags, sector: io.sector, nrSectors: io.nrSectors, data: orig.data },
    endPart,
  );
  part.id = orig.id;
  part.owner = orig;
  part.biFlags = 0;
  if (orig.data !== null) part.dataOffset = orig.dataOffset + (io.sector - orig.sector) * 512;
  return part;
}

function endPart(part: Bio): void {
  const whole = part.owner as Bio;
  if (part.status !== BLK_STS.OK) whole.status = part.status;
  bioEndio(whole);
}
