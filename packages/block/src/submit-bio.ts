// submit-bio.ts — Where every bio enters the block layer. Mirrors block/blk-core.c: submit_bio, submit_bio_noacct, __submit_bio,
// bio_check_eod.
import { currentComm, printk, record } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import { bioEndio, bioIoError, bioListAdd, bioListMergeHead, bioListPop } from './bio.ts';
import type { BlockLayer } from './block-device.ts';
import { REQ, REQ_OP } from './op.ts';
import { mayPrint } from './ratelimit.ts';
import type { RequestQueue } from './request.ts';
import { submitToQueue } from './run-queue.ts';
import { BLK_STS } from './status.ts';
import { traceWrite } from './trace-data.ts';
import { BIO_QUEUE, BLOCK_TRACE } from './trace-points.ts';

const FLUSH_FLAGS = REQ.PREFLUSH | REQ.FUA;

/** A new I/O: gives it an identity and sends it on its way. It ends with `endIo`, once, possibly before this returns. */
export function submitBio(bio: Bio): void {
  const { layer } = bio.dev;
  bio.id = ++layer.bioIds;
  bio.status = BLK_STS.OK;
  bio.remaining = 1;
  if (layer.sim.trace !== null) traceSubmit(bio);
  submitBioNoacct(bio);
}

function traceSubmit(bio: Bio): void {
  const { dev, id, op, sector, nrSectors } = bio;
  const { sim, mediumOf } = dev.layer;
  if (sim.trace === null) return;
  const { NEW, READ_AHEAD } = BIO_QUEUE;
  const kind = (bio.flags & REQ.RAHEAD) === 0 ? NEW : NEW | READ_AHEAD;
  record(
    sim.trace,
    sim.now,
    BLOCK_TRACE.block_bio_queue.code,
    dev.dev,
    id,
    op,
    sector,
    nrSectors,
    kind,
  );
  if (mediumOf !== null && op !== REQ_OP.READ) traceWrite(bio, mediumOf(dev));
}

/**
 * The same I/O again, to another device or a part of it. While a driver's submit runs, what it submits waits until it
 * has returned, and goes before what was waiting already: no recursion however deep devices are stacked, and a
 * fragment reaches the device below before the next one is mapped.
 */
export function submitBioNoacct(bio: Bio): void {
  const { dev } = bio;
  const { layer } = dev;
  // Nearly all are plain reads and writes within their device.
  if (
    (bio.op > REQ_OP.WRITE ||
      (bio.flags & FLUSH_FLAGS) !== 0 ||
      dev.dying ||
      bio.sector + bio.nrSectors > dev.capacity) &&
    !checkBio(bio)
  ) {
    return;
  }
  if (layer.submitting) {
    // Nearly always the only one: no list for it.
    if (layer.next === null) layer.next = bio;
    else bioListAdd(layer.fresh, bio);
    return;
  }
  layer.submitting = true;
  let current: Bio | null = bio;
  do {
    giveToDriver(current);
    current = nextSubmission(layer);
  } while (current !== null);
  layer.submitting = false;
}

function giveToDriver(bio: Bio): void {
  const { submit, queue } = bio.dev;
  if (submit === null) submitToQueue(queue as RequestQueue, bio);
  else submit(bio);
}

/** What the driver just submitted, in order, before what was waiting before. */
function nextSubmission(layer: BlockLayer): Bio | null {
  const { next } = layer;
  if (next === null) return layer.pending.head === null ? null : bioListPop(layer.pending);
  layer.next = null;
  if (layer.fresh.head !== null) bioListMergeHead(layer.pending, layer.fresh);
  return next;
}

/** False when the bio has been ended with an error. */
function checkBio(bio: Bio): boolean {
  const { dev } = bio;
  // A disk that was unplugged has no size any more, and that is what the log says first.
  if (bio.sector + bio.nrSectors > dev.capacity && bio.nrSectors > 0) {
    pastEndOfDevice(bio);
    return false;
  }
  if (dev.dying) {
    bioIoError(bio);
    return false;
  }
  if (!dev.limits.writeCache && (bio.op === REQ_OP.FLUSH || (bio.flags & FLUSH_FLAGS) !== 0)) {
    return stripFlush(bio);
  }
  if (bio.op === REQ_OP.DISCARD && dev.limits.maxDiscardSectors === 0) return notSupported(bio);
  if (bio.op === REQ_OP.WRITE_ZEROES && dev.limits.maxWriteZeroesSectors === 0)
    return notSupported(bio);
  return true;
}

/** A disk without a volatile cache has nothing to flush; what carries data is an ordinary write to it. False: ended. */
function stripFlush(bio: Bio): boolean {
  bio.flags &= ~FLUSH_FLAGS;
  if (bio.nrSectors > 0) return true;
  bioEndio(bio);
  return false;
}

function notSupported(bio: Bio): false {
  bio.status = BLK_STS.NOTSUPP;
  bioEndio(bio);
  return false;
}

function pastEndOfDevice(bio: Bio): void {
  const { dev } = bio;
  const { sim } = dev.layer;
  if (mayPrint(dev.layer, 'bio_check_eod')) {
    printk(
      sim,
      `${currentComm(sim)}: attempt to access beyond end of device\n` +
        `${dev.name}: rw=${bio.op | bio.flags}, sector=${bio.sector}, nr_sectors = ${bio.nrSectors} limit=${dev.capacity}`,
    );
  }
  bioIoError(bio);
}
