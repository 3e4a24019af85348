// end-request.ts — Ends a request of the driver, and its bio. Mirrors block/blk-mq.c: blk_mq_end_request, blk_mq_requeue_request.
import { modDelayedWork, printk, recordIo } from '@dmsim/sim';
import type { Nanos } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import { bioEndio } from './bio.ts';
import type { BlockDevice } from './block-device.ts';
import { accountDone } from './disk-stats.ts';
import type { ReqOp } from './op.ts';
import { opName, REQ, REQ_OP, requestFlags } from './op.ts';
import { mayPrint } from './ratelimit.ts';
import type { Request, RequestQueue } from './request.ts';
import { freeRequest, MQ_RQ } from './request.ts';
import { runQueue } from './run-queue.ts';
import type { BlkStatus } from './status.ts';
import { BLK_STS, blkStatusName } from './status.ts';
import { BLOCK_TRACE } from './trace-points.ts';

/** Ends the request: frees its tag, ends its bio (or tells the maker of a clone), and runs the queue. */
export function endRequest(rq: Request, status: BlkStatus): void {
  const { queue, bio } = rq;
  const { sim } = queue;
  const { stats } = queue.dev as BlockDevice;
  if (sim.trace !== null) traceEnd(rq, BLOCK_TRACE.block_rq_complete.code, status);
  if (bio.op === REQ_OP.FLUSH) accountFlush(rq);
  else accountDone(sim, stats, rq, bio.op, bio.nrSectors);
  if (rq.state === MQ_RQ.IN_FLIGHT) queue.inFlight--;
  if (status !== BLK_STS.OK) logError(rq, status);
  if (rq.endIo === null) {
    freeRequest(rq);
    bio.status = status;
    bioEndio(bio);
  } else {
    rq.state = MQ_RQ.IDLE;
    rq.endIo(rq, status);
  }
  if (queue.waitingHead !== null) runQueue(queue);
}

/** Counts a flush once more, as the write that asked for it; one that request-based dm sends counts as a read. */
function accountFlush(rq: Request): void {
  const { sim, dev } = rq.queue;
  const { stats, shownStats } = dev as BlockDevice;
  if (rq.endIo === null) stats.write.ios++;
  accountDone(sim, stats, rq, rq.endIo === null ? REQ_OP.FLUSH : REQ_OP.READ, 0);
  // A flush is counted as such even while statistics are off (blk_account_io_flush).
  if (rq.endIo !== null || stats === shownStats) return;
  shownStats.flush.ios++;
  shownStats.flush.ns += sim.now - rq.startedAt;
}

function traceEnd({ bio, queue }: Request, point: number, status: BlkStatus): void {
  const { dev, layer } = queue;
  const { sim } = layer;
  if (sim.trace === null) return;
  recordIo(sim, point, (dev as BlockDevice).dev, bio, status);
}

/** Puts a request, started or not, on the requeue list, which is kicked after `delay` ns. */
export function requeueRequest(rq: Request, delay: Nanos): void {
  const { queue } = rq;
  traceEnd(rq, BLOCK_TRACE.block_rq_requeue.code, BLK_STS.OK);
  if (rq.state === MQ_RQ.IN_FLIGHT) queue.inFlight--;
  rq.state = MQ_RQ.IDLE;
  queue.requeued.push(rq);
  kickRequeueList(rq.queue, delay);
}

/** blk_mq_delay_kick_requeue_list: the list has one timer, and a new delay replaces the running one. */
export function kickRequeueList(queue: RequestQueue, delay: Nanos): void {
  modDelayedWork(queue.kblockd, queue.requeueWork, delay);
}

/** Pages; zeroes to be written have none, and a discard is one range. */
const segmentsOf = ({ op, nrSectors }: Bio): number => {
  if (op === REQ_OP.WRITE_ZEROES) return 0;
  return op === REQ_OP.DISCARD ? 1 : Math.max(1, Math.ceil(nrSectors / 8));
};

/** blk_print_req_error */
function logError(rq: Request, status: BlkStatus): void {
  const { bio, queue } = rq;
  const dev = queue.dev as BlockDevice;
  if (rq.quiet || dev.dying || !mayPrint(queue.layer, 'blk_print_req_error')) return;
  // Clones of request-based dm may not be merged, which the log shows.
  const merge = rq.endIo === null ? 0 : REQ.NOMERGE;
  const flags = (requestFlags(bio.flags) & ~(0xff | REQ.NOMERGE)) | merge;
  const { sector, op } = bio;
  const failed =
    op === REQ_OP.FLUSH && rq.endIo === null
      ? asWrite(flags)
      : { sector, op, flags, segments: segmentsOf(bio) };
  printk(queue.sim, errorText(dev, status, failed));
}

/** The log tells of the empty write that asked for a flush, from which blk_insert_flush has taken the flag. */
const asWrite = (flags: number): Failed => ({
  sector: 0,
  op: REQ_OP.WRITE,
  flags: flags & ~REQ.PREFLUSH,
  segments: 0,
});

interface Failed {
  readonly sector: number;
  readonly op: ReqOp;
  readonly flags: number;
  readonly segments: number;
}

const errorText = (
  dev: BlockDevice,
  status: BlkStatus,
  { sector, op, flags, segments }: Failed,
): string =>
  `${blkStatusName(status)} error, dev ${dev.name}, sector ${sector} op 0x${op.toString(16)}:(${opName(op)}) ` +
  `flags 0x${(flags >>> 0).toString(16)} phys_seg ${segments} prio class 2`;

/** Logs a write to a disk that is being removed, and refuses all I/O. */
export function logRefusedWrite(dev: BlockDevice, write: Omit<Failed, 'op'>): void {
  const { layer } = dev;
  if (!mayPrint(layer, 'blk_print_req_error')) return;
  printk(layer.sim, errorText(dev, BLK_STS.OFFLINE, { ...write, op: REQ_OP.WRITE }));
}

/** Ends the request with `rq.status`; for drivers whose events do nothing else. */
export const completeRequest = (rq: Request): void => endRequest(rq, rq.status);
