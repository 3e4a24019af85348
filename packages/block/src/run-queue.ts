// run-queue.ts — From a bio to the driver. Mirrors block/blk-mq.c: blk_mq_submit_bio, blk_mq_dispatch_rq_list, blk_mq_request_issue_directly.
import type { Nanos } from '@dmsim/sim';
import { queueDelayedWork, record, schedule } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import { bioEndio } from './bio.ts';
import type { BlockDevice } from './block-device.ts';
import { accountStart } from './disk-stats.ts';
import type { QueueVerdict, Request, RequestQueue } from './request.ts';
import { allocRequest, popHead, pushHead, pushTail } from './request.ts';
import { maxSectorsOf, submitInParts } from './split-bio.ts';
import { BLOCK_TRACE } from './trace-points.ts';

/** blk-mq tries a queue again after this when its driver had no resources (BLK_MQ_RESOURCE_DELAY). */
const RESOURCE_DELAY: Nanos = 3e6;

/** ->submit_bio of every blk-mq disk. */
export function submitToQueue(queue: RequestQueue, bio: Bio): void {
  const { limits } = bio.dev;
  if (bio.nrSectors > limits.maxSectors) {
    const max = maxSectorsOf(bio);
    if (bio.nrSectors > max) {
      submitInParts(bio, max, (part) => submitWhole(queue, part));
      return;
    }
  } else if (bio.nrSectors === 0 && !limits.writeCache) {
    // Nothing to flush, so nothing is asked of the driver.
    bioEndio(bio);
    return;
  }
  submitWhole(queue, bio);
}

function submitWhole(queue: RequestQueue, bio: Bio): void {
  const { sim } = queue.layer;
  const rq = allocRequest(queue, bio);
  rq.startedAt = sim.now;
  accountStart(bio.dev.stats, sim.now);
  // The straight way: nothing waits and the driver has room.
  if (
    queue.waitingHead === null &&
    queue.inFlight < queue.depth &&
    !queue.quiesced &&
    !queue.dispatching
  ) {
    queue.dispatching = true;
    if (!issue(queue, rq)) pushHead(queue, rq);
    queue.dispatching = false;
    return;
  }
  pushTail(queue, rq);
  runQueue(queue);
}

/** Gives the driver what waits, until it has enough, or there are no tags, or nothing waits (blk_mq_run_hw_queue). */
export function runQueue(queue: RequestQueue): void {
  // A driver that completes at once comes back here; the loop below goes on.
  if (queue.dispatching || queue.quiesced) return;
  queue.dispatching = true;
  while (canIssue(queue)) {
    const rq = popHead(queue);
    if (issue(queue, rq)) continue;
    pushHead(queue, rq);
    break;
  }
  queue.dispatching = false;
}

function canIssue(queue: RequestQueue): boolean {
  return queue.waitingHead !== null && queue.inFlight < queue.depth && !queue.quiesced;
}

/** False when the driver can't take it now. */
function issue(queue: RequestQueue, rq: Request): boolean {
  const verdict = startRequest(queue, rq);
  switch (verdict) {
    case 'ok':
      return true;
    case 'error':
      // Ends as an event of its own: whoever submitted it is not told from inside its own submission.
      schedule(queue.layer.sim, rq.due, 0);
      return true;
    case 'resource':
      queueDelayedWork(queue.kblockd, queue.rerunWork, RESOURCE_DELAY);
      return false;
    case 'dev-resource':
      return false;
  }
}

function startRequest(queue: RequestQueue, rq: Request): QueueVerdict {
  rq.started = true;
  queue.inFlight++;
  const { sim } = queue.layer;
  if (sim.trace !== null) {
    const { bio } = rq;
    record(
      sim.trace,
      sim.now,
      BLOCK_TRACE.block_rq_issue,
      (queue.dev as BlockDevice).dev,
      bio.id,
      bio.op,
      bio.sector,
      bio.nrSectors,
    );
  }
  const verdict = queue.ops.queueRq(rq);
  if (verdict === 'resource' || verdict === 'dev-resource') {
    rq.started = false;
    queue.inFlight--;
  }
  return verdict;
}

/**
 * Gives a clone of request-based dm to the driver, past what waits (blk_insert_cloned_request). `resource` and
 * `dev-resource` leave it with the caller; an error is for the caller to handle too.
 */
export function insertClonedRequest(rq: Request): QueueVerdict {
  const { queue } = rq;
  const { sim } = queue.layer;
  rq.startedAt = sim.now;
  if (queue.quiesced) {
    // A blocked path keeps it until its transport decides: it is the path's now, not the caller's.
    accountStart(rq.bio.dev.stats, sim.now);
    pushTail(queue, rq);
    return 'ok';
  }
  const verdict = startRequest(queue, rq);
  switch (verdict) {
    case 'ok':
      accountStart(rq.bio.dev.stats, sim.now);
      return verdict;
    case 'error':
      queue.inFlight--;
      rq.started = false;
      return verdict;
    case 'resource':
    case 'dev-resource':
      return verdict;
  }
}
