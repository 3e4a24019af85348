// request-queue.ts — Makes the queue of a blk-mq driver. Mirrors block/blk-mq.c: blk_mq_alloc_queue, blk_mq_requeue_work.
import { createWork, createWorkqueue } from '@dmsim/sim';

import type { BlockLayer } from './block-device.ts';
import { DEADLINE_DEFAULTS } from './deadline-settings.ts';
import type { QueueOps, RequestQueue, SchedulerName } from './request.ts';
import { pushHead } from './request.ts';
import { runQueue } from './run-queue.ts';

export interface RequestQueueSpec {
  readonly name: string;
  readonly depth: number;
  readonly ops: QueueOps;
  /** @defaultValue 'mq-deadline' */
  readonly scheduler?: SchedulerName;
  /**
   * Requeued requests only poll: a new try changes nothing by itself, so a run with nothing else left has hung. True for
   * dm, whose targets requeue while they have no path.
   */
  readonly pollingRequeue?: boolean;
}

export function createRequestQueue(
  layer: BlockLayer,
  { name, depth, ops, scheduler = 'mq-deadline', pollingRequeue = false }: RequestQueueSpec,
): RequestQueue {
  const kblockd = createWorkqueue(layer.sim, `kblockd ${name}`);
  const queue: RequestQueue = {
    layer,
    sim: layer.sim,
    dev: null,
    ops,
    queuedata: null,
    depth,
    inFlight: 0,
    waitingHead: null,
    waitingTail: null,
    waiting: 0,
    requeued: [],
    requeueWork: createWork(`requeue ${name}`, () => requeueWorkFn(queue), {
      background: pollingRequeue,
    }),
    rerunWork: createWork(`rerun ${name}`, () => runQueue(queue), { background: pollingRequeue }),
    kblockd,
    quiesced: false,
    dispatching: false,
    scheduler,
    deadline: { ...DEADLINE_DEFAULTS },
    noMerges: 0,
    free: null,
    all: [],
  };
  return queue;
}

/** blk_mq_requeue_work: inserts each requeued request at the head of the queue, before those that wait. */
function requeueWorkFn(queue: RequestQueue): void {
  for (const rq of queue.requeued.splice(0)) pushHead(queue, rq);
  runQueue(queue);
}
