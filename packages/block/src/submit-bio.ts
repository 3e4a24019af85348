// submit-bio.ts — Every bio enters the block layer here. Mirrors block/blk-core.c: submit_bio, submit_bio_noacct, __submit_bio,
// bio_check_eod, bio_check_ro.
import { currentComm, printk, recordIo, traceSubmitter } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import { BIO, bioEndio, bioIoError, bioListAdd, bioListMergeHead, bioListPop } from './bio.ts';
import type { BlockLayer } from './block-device.ts';
import { cachesWrites } from './limits.ts';
import { REQ, REQ_OP } from './op.ts';
import { mayPrint } from './ratelimit.ts';
import type { RequestQueue } from './request.ts';
import { submitToQueue } from './run-queue.ts';
import { BLK_STS } from './status.ts';
import { traceWrite } from './trace-data.ts';
import { BIO_QUEUE, BLOCK_TRACE } from './trace-points.ts';

const FLUSH_FLAGS = REQ.PREFLUSH | REQ.FUA;

/** Submits a new I/O and gives it an identity. `endIo` is called once, possibly before this returns. */
export function submitBio(bio: Bio): void {
  const { layer } = bio.dev;
  bio.id = ++layer.bioIds;
  bio.status = BLK_STS.OK;
  bio.remaining = 1;
  if (layer.sim.trace !== null) traceSubmit(bio);
  submitBioNoacct(bio);
}

function traceSubmit(bio: Bio): void {
  const { dev, op } = bio;
  const { sim, placementOf } = dev.layer;
  if (sim.trace === null) return;
  traceSubmitter(sim);
  const { NEW, READ_AHEAD } = BIO_QUEUE;
  const kind = (bio.flags & REQ.RAHEAD) === 0 ? NEW : NEW | READ_AHEAD;
  recordIo(sim, BLOCK_TRACE.block_bio_queue.code, dev.dev, bio, kind);
  if (placementOf !== null && op !== REQ_OP.READ) traceWrite(bio, placementOf(dev));
}

/**
 * Submits the same I/O again, to another device or in part. Bios that a driver submits wait until its submit has returned,
 * and then go before those that waited already: there is no recursion however deep devices are stacked, and a fragment
 * reaches the device below before the next one is mapped.
 */
export function submitBioNoacct(bio: Bio): void {
  const { dev } = bio;
  const { layer } = dev;
  // Nearly all are plain reads and writes within their device.
  if (
    (bio.op > REQ_OP.WRITE ||
      (bio.flags & FLUSH_FLAGS) !== 0 ||
      dev.dying ||
      dev.readOnly ||
      bio.sector + bio.nrSectors > dev.capacity) &&
    !checkBio(bio)
  ) {
    return;
  }
  if (layer.submitting) {
    // It is nearly always the only one, and needs no list.
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

/** Takes the bios that the driver has just submitted, in order, before those that waited already. */
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
  // An unplugged disk has size 0, which the log reports first.
  if (bio.sector + bio.nrSectors > dev.capacity && bio.nrSectors > 0) {
    pastEndOfDevice(bio);
    return false;
  }
  if (dev.dying) {
    bioIoError(bio);
    return false;
  }
  if (dev.readOnly && (bio.biFlags & BIO.REMAPPED) === 0) checkReadOnly(bio);
  if ((bio.op === REQ_OP.FLUSH || (bio.flags & FLUSH_FLAGS) !== 0) && !cachesWrites(dev.limits)) {
    return stripFlush(bio);
  }
  return isSupported(bio) || notSupported(bio);
}

function isSupported({ op, dev: { limits } }: Bio): boolean {
  if (op === REQ_OP.DISCARD) return limits.maxDiscardSectors > 0;
  return op !== REQ_OP.WRITE_ZEROES || limits.maxWriteZeroesSectors > 0;
}

/** bio_check_ro: a write is logged, once; it is the driver that refuses it, or not. */
function checkReadOnly({ dev, op, nrSectors }: Bio): void {
  if (dev.warnedReadOnly || op === REQ_OP.READ || nrSectors === 0) return;
  dev.warnedReadOnly = true;
  printk(dev.layer.sim, `Trying to write to read-only block-device ${dev.name}`);
}

/** For a disk without a volatile cache, makes a flush with data an ordinary write and ends an empty one. False if it ended. */
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
