// request.ts — A bio on its way through a driver's queue, and the queue. Mirrors include/linux/blk-mq.h: struct request, struct request_queue.
import type { EventOptions, Nanos, Sim, SimEvent, Work, Workqueue } from '@dmsim/sim';
import { createEvent, TOUCHES_DEVICES } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import type { BlockDevice, BlockLayer } from './block-device.ts';
import type { DeadlineSettings } from './deadline-settings.ts';
import type { BlkStatus } from './status.ts';
import { BLK_STS } from './status.ts';

/** In flight: handed to the driver and not yet ended or requeued. It holds a tag, and suspend waits for it. */
export const MQ_RQ = { IDLE: 0, IN_FLIGHT: 1 } as const;
export type MqRqState = (typeof MQ_RQ)[keyof typeof MQ_RQ];

/** A request, which is reused from the queue's free list. It has one bio, which may stand for several merged ones. */
export interface Request {
  readonly queue: RequestQueue;
  bio: Bio;
  state: MqRqState;
  status: BlkStatus;
  /** The log says nothing when it fails (RQF_QUIET). */
  quiet: boolean;
  startedAt: Nanos;
  /** For the driver: the event at which its command is done or times out. */
  readonly due: SimEvent;
  /** The driver's own, made once per record (blk_mq_rq_to_pdu). */
  pdu: unknown;
  /** For the driver: true if `pdu` decides how this request ends. */
  unusual: boolean;
  /** Set on a clone that request-based dm inserted, and called instead of ending the bio (rq->end_io). */
  endIo: ((rq: Request, status: BlkStatus) => void) | null;
  owner: unknown;
  next: Request | null;
}

/**
 * A driver's answer to a request (->queue_rq):
 * - `ok`: the driver will complete it;
 * - `resource`: not now, try again soon (BLK_STS_RESOURCE: nothing of the queue may be in flight to say when);
 * - `dev-resource`: not now, a completion of this device, or the driver itself, will restart the queue;
 * - `error`: ends at once with `rq.status`.
 */
export type QueueVerdict = 'ok' | 'resource' | 'dev-resource' | 'error';

export interface QueueOps {
  /** Called once for each record, before its first use (->init_request). */
  readonly initRequest?: (rq: Request) => void;
  readonly queueRq: (rq: Request) => QueueVerdict;
  /** Called when the driver's event of a request is due. */
  readonly complete: (rq: Request) => void;
  /** The queue's `queuedata` is a SCSI device (`scsiDeviceOf`). */
  readonly scsi?: true;
  /** Asks the disk anew what it is, before partitions are looked for (->open with GD_NEED_PART_SCAN). */
  readonly onRescan?: (disk: BlockDevice) => void;
  /** Told how many pages the search for partitions has read. */
  readonly onScan?: (disk: BlockDevice, pages: number) => void;
}

export type SchedulerName = 'none' | 'mq-deadline';

export interface RequestQueue {
  readonly layer: BlockLayer;
  /** The same as `layer.sim`: every I/O needs it. */
  readonly sim: Sim;
  /** Set when the disk is made, right after the queue. */
  dev: BlockDevice | null;
  readonly ops: QueueOps;
  /** The driver's own: set right after the queue is made. */
  queuedata: unknown;
  /** Tags: requests in flight at most. */
  depth: number;
  inFlight: number;
  /** Not yet given to the driver, in order. */
  waitingHead: Request | null;
  waitingTail: Request | null;
  waiting: number;
  /** Requests that the driver gave back; they wait until the list is kicked. */
  readonly requeued: Request[];
  readonly requeueWork: Work;
  readonly rerunWork: Work;
  readonly kblockd: Workqueue;
  /** Nothing is dispatched (blk_mq_quiesce_queue). */
  quiesced: boolean;
  dispatching: boolean;
  /** The scheduler sorts and merges requests before the driver sees them. */
  scheduler: SchedulerName;
  readonly deadline: DeadlineSettings;
  /** queue/nomerges: 1 skips the search for neighbours, 2 forbids merging. */
  noMerges: number;
  free: Request | null;
  /** All request records of the queue, in use or not. */
  readonly all: Request[];
}

/** The owner of `due` while the request is being made. */
const UNMADE = null as unknown as Request;

const DUE: EventOptions<Request> = {
  describe: ({ bio, queue }) => `end_io of bio ${bio.id} on ${queue.dev?.name ?? 'a disk'}`,
  touches: () => TOUCHES_DEVICES,
};

export function createRequest(queue: RequestQueue, bio: Bio): Request {
  const rq: Request = {
    // Fields that completion reads come first, so that they share cache lines.
    queue,
    bio,
    unusual: false,
    state: MQ_RQ.IDLE,
    startedAt: 0,
    endIo: null,
    next: null,
    due: createEvent('request due', UNMADE, queue.ops.complete, DUE),
    pdu: null,
    status: BLK_STS.OK,
    quiet: false,
    owner: null,
  };
  rq.due.owner = rq;
  queue.all.push(rq);
  queue.ops.initRequest?.(rq);
  return rq;
}

/** blk_mq_alloc_request without a bio's accounting: from the free list, for `bio`. */
export function allocRequest(queue: RequestQueue, bio: Bio): Request {
  const rq = queue.free;
  if (rq === null) return createRequest(queue, bio);
  queue.free = rq.next;
  rq.next = null;
  rq.bio = bio;
  rq.status = BLK_STS.OK;
  rq.quiet = false;
  return rq;
}

export function freeRequest(rq: Request): void {
  const { queue } = rq;
  rq.state = MQ_RQ.IDLE;
  rq.endIo = null;
  rq.owner = null;
  rq.next = queue.free;
  queue.free = rq;
}

export function pushTail(queue: RequestQueue, rq: Request): void {
  rq.next = null;
  if (queue.waitingTail === null) queue.waitingHead = rq;
  else queue.waitingTail.next = rq;
  queue.waitingTail = rq;
  queue.waiting++;
}

export function pushHead(queue: RequestQueue, rq: Request): void {
  rq.next = queue.waitingHead;
  queue.waitingHead = rq;
  if (queue.waitingTail === null) queue.waitingTail = rq;
  queue.waiting++;
}

export function popHead(queue: RequestQueue): Request {
  const rq = queue.waitingHead as Request;
  queue.waitingHead = rq.next;
  if (queue.waitingHead === null) queue.waitingTail = null;
  queue.waiting--;
  rq.next = null;
  return rq;
}
