// backend-requests.ts — The requests of a guest's device: sent, held back, counted, and kept while its disk hangs. Mirrors block/block-backend.c: blk_aio_prwv, blk_drain.
import type { Errno, Nanos } from '@dmsim/sim';
import { assert } from '@dmsim/sim';

import { handlerReady, scheduleBh } from '../aio/aio-context.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { kickMain, pollUntil } from '../aio/main-loop.ts';
import type { BlockBackend } from './backend.ts';
import { diskName } from './backend.ts';
import type { BlockRequest, Complete } from './block-driver.ts';
import type { BlockNode } from './node.ts';
import { drainedBegin, drainedEnd, nodeLength, submitRequest } from './node.ts';
import {
  armTimer,
  closeWindow,
  createRehandle,
  IO_HANG_INTERVAL,
  ioHangPolicy,
  judgeFailure,
} from './rehandle.ts';
import type { ThrottleGroup } from './throttle-group.ts';
import { joinGroup, leaveGroup, releaseHeld, throttle } from './throttle-group.ts';

/** blk_aio_*: submits a request. `complete` is never called before this function returns. */
export function blkSubmit(blk: BlockBackend, request: BlockRequest, complete: Complete): void {
  assert(!blk.deleted, 'a deleted backend takes no requests');
  let inCall = true;
  const end = (ret: Errno | null): void => {
    const finish = (): void => completeAio(blk, { request, ret, complete });
    if (inCall) scheduleBh(blk.ctx, `${request.op} of ${diskName(blk)} ends`, finish);
    else finish();
  };
  const start = (): void => {
    if (blk.quiesceCounter > 0) {
      blk.queued.push(start);
      return;
    }
    blk.inFlight++;
    if (isBeyond(blk.node, request)) {
      end('EIO');
      return;
    }
    const send = (): void => submitRequest(blk.node, request, end);
    const { throttled } = blk;
    if (throttled === null || !isLimited(request)) send();
    else {
      const letGo = `throttle lets a request of ${diskName(blk)} go`;
      throttle(throttled, {
        kind: request.op === 'read' ? 'read' : 'write',
        bytes: request.bytes,
        go: () => (inCall ? send() : handlerReady(blk.ctx, letGo, send)),
      });
    }
  };
  start();
  inCall = false;
}

/** blk_check_byte_request: a disk that has shrunk may not know it yet. */
const isBeyond = (node: BlockNode, { op, offset, bytes }: BlockRequest): boolean =>
  op !== 'flush' && offset + bytes > nodeLength(node);

/** Limits are for data: neither a flush nor a discard waits for them. */
const isLimited = ({ op }: BlockRequest): boolean => op !== 'flush' && op !== 'discard';

interface Ended {
  readonly request: BlockRequest;
  readonly ret: Errno | null;
  readonly complete: Complete;
}

function completeAio(blk: BlockBackend, { request, ret, complete }: Ended): void {
  const hang = blk.ioHang;
  if (ret !== null && hang !== null && !hang.paused) {
    if (judgeFailure(hang.rehandle, ret) === 'keep') {
      hang.kept.push(() => blkSubmit(blk, request, complete));
      armTimer(hang.rehandle);
      endInFlight(blk);
      return;
    }
  }
  complete(ret);
  if (hang !== null && (ret !== 'EIO' || hang.paused)) closeWindow(hang.rehandle);
  endInFlight(blk);
}

function endInFlight(blk: BlockBackend): void {
  assert(blk.inFlight > 0, 'a request ends once');
  blk.inFlight--;
  kickMain(blk.layer.main);
}

/** blk_drain: waits until nothing of this backend is under way. */
export function* blkDrain(blk: BlockBackend): Blocking<void> {
  // A job that ends meanwhile may give the backend another node.
  const { node } = blk;
  yield* drainedBegin(node);
  yield* pollUntil(() => blk.inFlight === 0);
  drainedEnd(node);
}

/** blk_io_limits_enable, _disable: sets other limits, or none. Requests held back so far go down at once. */
export function throttleBackend(blk: BlockBackend, group: ThrottleGroup | null): void {
  const before = blk.throttled;
  blk.throttled = null;
  if (before !== null) {
    releaseHeld(before);
    leaveGroup(before);
  }
  if (group === null) return;
  blk.throttled = joinGroup(group);
  blk.throttled.disabled = blk.quiesceCounter;
}

export function enableIoHang(blk: BlockBackend, timeout: Nanos): void {
  const { emit } = blk.layer;
  const kept: (() => void)[] = [];
  const rehandle = createRehandle(blk.ctx, {
    policy: ioHangPolicy,
    interval: IO_HANG_INTERVAL,
    timeout,
    resubmit: () => {
      for (const go of kept.splice(0)) go();
    },
    onWindow: (change) => {
      if (change === 'expired') emit('BLOCK_IO_HANG_TIMEOUT', { set: true });
      else emit('BLOCK_IO_HANG', { set: change === 'opened' });
    },
  });
  blk.ioHang = { rehandle, kept, paused: false };
}

/** Waits until the timer has resubmitted all requests, since a device reset must leave none behind. */
export function* pauseIoHang(blk: BlockBackend): Blocking<void> {
  const hang = blk.ioHang;
  if (hang === null) return;
  hang.paused = true;
  yield* pollUntil(() => hang.kept.length === 0 && blk.inFlight === 0);
  hang.paused = false;
}
