// run-queue.ts — Makes requests of bios and gives them to the driver. Mirrors block/blk-mq.c: blk_mq_submit_bio, blk_mq_dispatch_rq_list, blk_mq_request_issue_directly.
import type { Nanos } from '@dmsim/sim';
import { printk, queueDelayedWork, recordIo, schedule } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import { bioEndio } from './bio.ts';
import type { BlockDevice, BlockLayer } from './block-device.ts';
import { accountDone, accountStart } from './disk-stats.ts';
import { cachesWrites } from './limits.ts';
import { REQ_OP } from './op.ts';
import { holdRequest, mergeIntoPlug, takeHeld } from './plug.ts';
import type { QueueVerdict, Request, RequestQueue } from './request.ts';
import { allocRequest, MQ_RQ, popHead, pushHead, pushTail } from './request.ts';
import { maxSectorsOf, submitInParts } from './split-bio.ts';
import { BLK_STS } from './status.ts';
import { BLOCK_TRACE } from './trace-points.ts';

/** The delay after which a queue is run again whose driver had no resources, in ns (BLK_MQ_RESOURCE_DELAY). */
const RESOURCE_DELAY: Nanos = 3e6;

/** Takes the bios of every blk-mq disk (blk_mq_submit_bio). */
export function submitToQueue(queue: RequestQueue, bio: Bio): void {
  const { nrSectors, op } = bio;
  if (
    nrSectors === 0 ||
    op > REQ_OP.WRITE ||
    nrSectors > bio.dev.limits.maxSectors ||
    queue.layer.plug !== null
  )
    submitUnusual(queue, bio);
  else submitWhole(queue, bio);
}

// Rare cases have functions of their own: V8 inlines the functions of the usual path only as long as they are short.

function submitUnusual(queue: RequestQueue, bio: Bio): void {
  if (bio.nrSectors === 0) {
    // A disk without a volatile cache has nothing to flush.
    if (cachesWrites(bio.dev.limits)) submitWhole(queue, bio);
    else bioEndio(bio);
    return;
  }
  const max = maxSectorsOf(bio);
  const submit = queue.layer.plug === null ? submitWhole : submitPlugged;
  if (bio.nrSectors > max) submitInParts(bio, max, (part) => submit(queue, part));
  else submit(queue, bio);
}

function submitWhole(queue: RequestQueue, bio: Bio): void {
  const { sim } = queue;
  const rq = allocRequest(queue, bio);
  rq.startedAt = sim.now;
  accountStart(bio.dev.stats, rq, bio.op);
  if (
    queue.waitingHead !== null ||
    queue.inFlight >= queue.depth ||
    queue.quiesced ||
    queue.dispatching
  ) {
    pushTail(queue, rq);
    runQueue(queue);
    return;
  }
  // The common case: nothing waits and the driver has room.
  queue.dispatching = true;
  if (!issue(queue, rq)) pushHead(queue, rq);
  queue.dispatching = false;
}

/** Merges the bio into a held neighbour, or holds it for neighbours to come. */
function submitPlugged(queue: RequestQueue, bio: Bio): void {
  if (mergeIntoPlug(queue, bio)) return;
  const rq = allocRequest(queue, bio);
  rq.startedAt = queue.sim.now;
  accountStart(bio.dev.stats, rq, bio.op);
  holdRequest(queue, rq);
}

/** Sends all held requests to their queues (blk_mq_flush_plug_list). */
export function finishPlug(layer: BlockLayer): void {
  for (const rq of takeHeld(layer)) {
    pushTail(rq.queue, rq);
    runQueue(rq.queue);
  }
}

/** Checked before each request, since a driver may stop its queue from within. */
const hasRoom = (queue: RequestQueue): boolean => queue.inFlight < queue.depth && !queue.quiesced;

/** Gives waiting requests to the driver until it has enough, tags run out, or none waits (blk_mq_run_hw_queue). */
export function runQueue(queue: RequestQueue): void {
  // A driver that completes at once comes back here; the loop below goes on.
  if (queue.dispatching || queue.quiesced) return;
  queue.dispatching = true;
  while (queue.waitingHead !== null && hasRoom(queue)) {
    const rq = popHead(queue);
    if (issue(queue, rq)) continue;
    pushHead(queue, rq);
    break;
  }
  queue.dispatching = false;
}

/** False when the driver can't take it now. */
function issue(queue: RequestQueue, rq: Request): boolean {
  const verdict = startRequest(queue, rq);
  return verdict === 'ok' || notIssued(queue, rq, verdict);
}

function notIssued(queue: RequestQueue, rq: Request, verdict: QueueVerdict): boolean {
  switch (verdict) {
    case 'ok':
      return true;
    case 'error':
      // It ends as an event of its own, so that the submitter is not called back from inside its submission.
      schedule(queue.sim, rq.due, 0);
      return true;
    case 'resource':
      queueDelayedWork(queue.kblockd, queue.rerunWork, RESOURCE_DELAY);
      return false;
    case 'dev-resource':
      return false;
  }
}

function startRequest(queue: RequestQueue, rq: Request): QueueVerdict {
  rq.state = MQ_RQ.IN_FLIGHT;
  queue.inFlight++;
  if (queue.sim.trace !== null) traceIssue(queue, rq.bio);
  const verdict = queue.ops.queueRq(rq);
  if (verdict !== 'ok' && verdict !== 'error') {
    rq.state = MQ_RQ.IDLE;
    queue.inFlight--;
  }
  return verdict;
}

function traceIssue({ dev, layer: { sim } }: RequestQueue, bio: Bio): void {
  if (sim.trace === null) return;
  recordIo(sim, BLOCK_TRACE.block_rq_issue.code, (dev as BlockDevice).dev, bio, 0);
}

/**
 * Gives a clone of request-based dm to the driver, ahead of waiting requests (blk_insert_cloned_request). `resource` and
 * `dev-resource` leave it with the caller; an error is for the caller to handle too.
 */
export function insertClonedRequest(rq: Request): QueueVerdict {
  const { queue } = rq;
  const { sim } = queue;
  if (isTooLarge(rq)) return 'error';
  rq.startedAt = sim.now;
  if (queue.quiesced) {
    // A blocked path keeps the clone until its transport decides: it no longer belongs to the caller.
    accountStart(rq.bio.dev.stats, rq, rq.bio.op);
    pushTail(queue, rq);
    return 'ok';
  }
  // No tag free.
  if (queue.inFlight >= queue.depth) return 'dev-resource';
  const verdict = startRequest(queue, rq);
  switch (verdict) {
    case 'ok':
      accountStart(rq.bio.dev.stats, rq, rq.bio.op);
      return verdict;
    case 'error':
      queue.inFlight--;
      rq.state = MQ_RQ.IDLE;
      accountNotTaken(rq);
      return verdict;
    case 'resource':
    case 'dev-resource':
      accountNotTaken(rq);
      return verdict;
  }
}

/** A clone that the driver did not take counts as an I/O all the same, of no sectors. */
function accountNotTaken(rq: Request): void {
  const { dev } = rq.bio;
  accountStart(dev.stats, rq, rq.bio.op);
  accountDone(rq.queue.sim, dev.stats, rq, rq.bio.op, 0);
}

/** The map cut its requests to limits that this path has no more, or does not have the command any more. */
function isTooLarge(rq: Request): boolean {
  const max = maxSectorsOf(rq.bio);
  const { nrSectors } = rq.bio;
  if (nrSectors <= max) return false;
  rq.status = max === 0 ? BLK_STS.NOTSUPP : BLK_STS.IOERR;
  if (max === 0) return true;
  printk(rq.queue.sim, `blk_insert_cloned_request: over max size limit. (${nrSectors} > ${max})`);
  return true;
}
