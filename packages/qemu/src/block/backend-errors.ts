// backend-errors.ts — Errors of a guest's device: the policy, the io-status, the event, and the timer of a retry. Mirrors block/block-backend.c: blk_get_error_action, blk_error_action.
import type { Errno, Nanos } from '@dmsim/sim';
import { assert, strerror } from '@dmsim/sim';

import type { JsonObject } from '../qmp/json.ts';
import type { BlockBackend } from './backend.ts';
import type { ErrorAction } from './error-action.ts';
import { actionFor, nextIoStatus } from './error-action.ts';
import { armTimer, closeWindow, createRehandle, judgeFailure, retryPolicy } from './rehandle.ts';

/** Whether query-block and BLOCK_IO_ERROR show the io-status. Neither rerror=enospc nor `retry` makes it visible. */
export const ioStatusIsPublished = (blk: BlockBackend): boolean =>
  blk.ioStatusEnabled &&
  (blk.onWriteError === 'enospc' || blk.onWriteError === 'stop' || blk.onReadError === 'stop');

export function resetIoStatus(blk: BlockBackend): void {
  blk.ioStatus = 'ok';
}

/** Sets the function that resubmits what the device parked; with a retry policy, the backend also gets its timer. */
export function setRetryCallback(
  blk: BlockBackend,
  { interval, timeout, resubmit }: { interval: Nanos; timeout: Nanos; resubmit: () => void },
): void {
  if (blk.onReadError !== 'retry' && blk.onWriteError !== 'retry') return;
  blk.retry = createRehandle(blk.ctx, { policy: retryPolicy, interval, timeout, resubmit });
}

export function errorActionFor(blk: BlockBackend, isRead: boolean, errno: Errno): ErrorAction {
  const action = actionFor(isRead ? blk.onReadError : blk.onWriteError, errno);
  if (action !== 'retry') return action;
  return blk.retry !== null && judgeFailure(blk.retry, errno) === 'keep' ? 'retry' : 'report';
}

/** Restarts the window when a request of the device got through. A request whose error was ignored counts too. */
export function retrySucceeded(blk: BlockBackend): void {
  if (blk.retry !== null) closeWindow(blk.retry);
}

/**
 * blk_error_action. Sets the io-status, then sends the event, then asks for the stop, so that a client that sees the event
 * can rely on the io-status.
 */
export function actOnError(
  blk: BlockBackend,
  { action, isRead, errno }: { action: ErrorAction; isRead: boolean; errno: Errno },
): void {
  switch (action) {
    case 'stop':
      if (ioStatusIsPublished(blk)) blk.ioStatus = nextIoStatus(blk.ioStatus, errno, 'merged');
      emitIoError(blk, action, isRead, errno);
      blk.requestVmStop();
      return;
    case 'retry':
      if (blk.quiesceCounter > 0) {
        blk.keptWhileDrained = true;
        return;
      }
      assert(blk.retry !== null, 'retry is chosen only where there is a timer');
      armTimer(blk.retry);
      emitIoError(blk, action, isRead, errno);
      return;
    case 'report':
    case 'ignore':
      emitIoError(blk, action, isRead, errno);
  }
}

function emitIoError(blk: BlockBackend, action: ErrorAction, isRead: boolean, errno: Errno): void {
  const data: JsonObject = {
    device: blk.name,
    ...(blk.node.name === '' ? {} : { 'node-name': blk.node.name }),
    operation: isRead ? 'read' : 'write',
    action,
    reason: strerror(errno),
  };
  if (ioStatusIsPublished(blk)) data['nospace'] = errno === 'ENOSPC';
  blk.layer.emit('BLOCK_IO_ERROR', data);
}
