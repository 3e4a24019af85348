// run-queue.ts — From a bio to the driver. Mirrors block/blk-mq.c: blk_mq_submit_bio, blk_mq_dispatch_rq_list, blk_mq_request_issue_directly.
import type { Nanos } from '@dmsim/sim';
import { queueDelayedWork, record, schedule } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import { bioEndio } from './bio.ts';
import type { BlockDevice, BlockLayer } from './block-device.ts';
import { accountStart } from './disk-stats.ts';
import { holdRequest, mergeIntoPlug, takeHeld } from './plug.ts';
import type { QueueVerdict, Request, RequestQueue } from './request.ts';
import { allocRequest, MQ_RQ, popHead, pushHead, pushTail } from './request.ts';
import { maxSectorsOf, submitInParts } from './split-bio.ts';
import { BLOCK_TRACE } from './trace-points.ts';

/** blk-mq tries a queue again after this when its driver had no resources (BLK_MQ_RESOURCE_DELAY). */
const RESOURCE_DELAY: Nanos = 3e6;

/** Where the bios of every blk-mq disk go (blk_mq_submit_bio). */
export function submitToQueue(queue: RequestQueue, bio: Bio): void {
  if (bio.nrSectors === 0 || bio.nrSectors > bio.dev.limits.maxSectors) submitUnusual(queue, bio);
  else submitWhole(queue, bio);
}

function submitUnusual(queue: RequestQueue, bio: Bio): void {
  if (bio.nrSectors === 0) {
    // Nothing to flush, so nothing is asked of the driver.
    if (bio.dev.limits.writeCache) submitWhole(queue, bio);
    else bioEndio(bio);
    return;
  }
  const max = maxSectorsOf(bio);
  if (bio.nrSectors > max) submitInParts(bio, max, (part) => submitWhole(queue, part));
  else submitWhole(queue, bio);
}

function submitWhole(queue: RequestQueue, bio: Bio): void {
  const { sim, layer } = queue;
  if (layer.plug !== null && bio.nrSectors > 0) {
    submitPlugged(queue, bio);
    return;
  }
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
  // The straight way: nothing waits and the driver has room.
  queue.dispatching = true;
  if (!issue(queue, rq)) pushHead(queue, rq);
  queue.dispatching = false;
}

/** It becomes a part of a neighbour, or is held for neighbours to come. */
function submitPlugged(queue: RequestQueue, bio: Bio): void {
  if (mergeIntoPlug(queue, bio)) return;
  const rq = allocRequest(queue, bio);
  rq.startedAt = queue.sim.now;
  accountStart(bio.dev.stats, rq, bio.op);
  holdRequest(queue, rq);
}

/** All that was held goes to its queues (blk_mq_flush_plug_list). */
export function finishPlug(layer: BlockLayer): void {
  for (const rq of takeHeld(layer)) {
    pushTail(rq.queue, rq);
    runQueue(rq.queue);
  }
}

/** Asked each time: a driver may stop its queue from within. */
const hasRoom = (queue: RequestQueue): boolean => queue.inFlight < queue.depth && !queue.quiesced;

/** Gives the driver what waits, until it has enough, or there are no tags, or nothing waits (blk_mq_run_hw_queue). */
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
      // Ends as an event of its own: whoever submitted it is not told from inside its own submission.
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
  record(
    sim.trace,
    sim.now,
    BLOCK_TRACE.block_rq_issue.code,
    (dev as BlockDevice).dev,
    bio.id,
    bio.op,
    bio.sector,
    bio.nrSectors,
  );
}

/**
 * Gives a clone of request-based dm to the driver, past what waits (blk_insert_cloned_request). `resource` and
 * `dev-resource` leave it with the caller; an error is for the caller to handle too.
 */
export function insertClonedRequest(rq: Request): QueueVerdict {
  const { queue } = rq;
  const { sim } = queue;
  rq.startedAt = sim.now;
  if (queue.quiesced) {
    // A blocked path keeps it until its transport decides: it is the path's now, not the caller's.
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
      return verdict;
    case 'resource':
    case 'dev-resource':
      return verdict;
  }
}
