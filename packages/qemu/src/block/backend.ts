// backend.ts — Connects a guest device to the block graph: requests in flight, error policies, io-status. Mirrors block/block-backend.c.
import type { Errno, Nanos } from '@dmsim/sim';
import { assert, strerror } from '@dmsim/sim';

import type { AioContext } from '../aio/aio-context.ts';
import { handlerReady, scheduleBh } from '../aio/aio-context.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { kickMain, pollUntil } from '../aio/main-loop.ts';
import type { JsonObject } from '../qmp/json.ts';
import type { BlockStats } from './accounting.ts';
import { createStats } from './accounting.ts';
import type { BlockRequest, Complete } from './block-driver.ts';
import type { BlockLayer } from './block-layer.ts';
import type { ErrorAction, ErrorPolicy, IoStatus } from './error-action.ts';
import { actionFor, nextIoStatus } from './error-action.ts';
import type { BlockNode, NodeUser } from './node.ts';
import {
  addUser,
  drainedBegin,
  drainedEnd,
  nodeLength,
  removeUser,
  submitRequest,
} from './node.ts';
import { refuseRights, UNNAMED } from './permissions.ts';
import type { Rehandle } from './rehandle.ts';
import {
  armTimer,
  closeWindow,
  createRehandle,
  deleteRehandle,
  IO_HANG_INTERVAL,
  ioHangPolicy,
  judgeFailure,
  retryPolicy,
} from './rehandle.ts';
import type { Rights } from './rights.ts';
import { NO_NEEDS } from './rights.ts';
import type { ThrottleGroup, ThrottleMember } from './throttle-group.ts';
import { joinGroup, leaveGroup, releaseHeld, throttle } from './throttle-group.ts';

/** `recorded`: the series as it was posted. `reviewed`: with the four objections of its review fixed. */
export type RetryMode = 'recorded' | 'reviewed';

/**
 * Whose interval and time-out apply if a device sets none. `drive`, as in the posted series: the drive's.
 * `device`, as in a later fix: the device's defaults.
 */
export type RetrySettings = 'drive' | 'device';

export interface BlockBackend {
  readonly layer: BlockLayer;
  /** The drive's name; empty for a backend that a device created for itself, and once the drive has been deleted. */
  name: string;
  node: BlockNode;
  ctx: AioContext;
  onReadError: ErrorPolicy;
  onWriteError: ErrorPolicy;
  ioStatusEnabled: boolean;
  ioStatus: IoStatus;
  readonly retryMode: RetryMode;
  /** The attached device, as query-block names it; null if there is none. */
  qdev: string | null;
  writeCache: boolean;
  /** False for a drive without a medium: the node is then an empty one that no one else sees. */
  inserted: boolean;
  /** The tray of a device whose medium can be removed; null for other devices. */
  tray: 'open' | 'closed' | null;
  /** The rights that its device needs, and those that it leaves to others. */
  rights: Rights;
  /** The drive's own retry options; a null member was not given. */
  driveRetry: { readonly interval: Nanos | null; readonly timeout: Nanos | null } | null;
  inFlight: number;
  quiesceCounter: number;
  /** Requests that arrived during a drained section. */
  readonly queued: (() => void)[];
  /** The backend's own limits, applied before the request reaches the node. */
  throttled: ThrottleMember | null;
  retry: Rehandle | null;
  /**
   * A retry was kept during a drained section. In `recorded` mode nothing wakes it; in `reviewed` mode the end of the
   * section does.
   */
  keptWhileDrained: boolean;
  ioHang: IoHang | null;
  deleted: boolean;
  readonly user: NodeUser;
  /** Asks for the VM to be stopped with the run state io-error. */
  readonly requestVmStop: () => void;
  readonly stats: BlockStats;
}

interface IoHang {
  readonly rehandle: Rehandle;
  readonly kept: (() => void)[];
  /** True while a device reset waits for the list to drain; errors are then passed on. */
  paused: boolean;
}

export interface BackendOptions {
  readonly name: string;
  readonly node: BlockNode;
  readonly retryMode: RetryMode;
  readonly requestVmStop: () => void;
}

export function createBackend(layer: BlockLayer, options: BackendOptions): BlockBackend {
  const { name, node, retryMode, requestVmStop } = options;
  const blk: BlockBackend = {
    layer,
    name,
    node,
    ctx: node.ctx,
    onReadError: 'report',
    onWriteError: 'enospc',
    ioStatusEnabled: false,
    ioStatus: 'ok',
    retryMode,
    qdev: null,
    writeCache: true,
    inserted: true,
    tray: null,
    rights: NO_NEEDS,
    driveRetry: null,
    inFlight: 0,
    quiesceCounter: 0,
    queued: [],
    throttled: null,
    retry: null,
    keptWhileDrained: false,
    ioHang: null,
    deleted: false,
    user: {
      kind: 'backend',
      parent: null,
      blocker: null,
      follow: (_from, to) => {
        blk.node = to;
      },
      describe: () => describe(blk),
      edges: () => [{ name: 'root', ...blk.rights }],
      drainedBegin: () => {
        blk.quiesceCounter++;
        const { throttled } = blk;
        if (throttled !== null && throttled.disabled++ === 0) releaseHeld(throttled);
      },
      drainedEnd: () => backendDrainedEnd(blk),
      drainedPoll: () => blk.inFlight > 0,
    },
    requestVmStop,
    stats: createStats(layer.sim),
  };
  addUser(node, blk.user);
  layer.backends.push(blk);
  layer.roots.push(blk);
  return blk;
}

/** blk_root_get_parent_desc */
function describe({ name, qdev }: BlockBackend): string {
  const shown = name === '' ? (qdev ?? '') : name;
  return shown === '' ? UNNAMED : `block device '${shown}'`;
}

function backendDrainedEnd(blk: BlockBackend): void {
  assert(blk.quiesceCounter > 0, 'a drained section ends once');
  if (blk.throttled !== null) blk.throttled.disabled--;
  if (--blk.quiesceCounter > 0) return;
  for (const go of blk.queued.splice(0)) go();
  if (blk.keptWhileDrained && blk.retryMode === 'reviewed' && blk.retry !== null)
    armTimer(blk.retry);
  blk.keptWhileDrained = false;
}

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

/** The name of the disk in lists of choices. */
export const diskName = ({ name, node }: BlockBackend): string => name || node.name;

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
    'node-name': blk.node.name,
    operation: isRead ? 'read' : 'write',
    action,
    reason: strerror(errno),
  };
  if (ioStatusIsPublished(blk)) data['nospace'] = errno === 'ENOSPC';
  blk.layer.emit('BLOCK_IO_ERROR', data);
}

/** blk_set_perm: gives the backend other rights, unless they conflict with those of others. Returns the refusal, or null. */
export function setRights(blk: BlockBackend, rights: Rights): string | null {
  const before = blk.rights;
  blk.rights = rights;
  const why = refuseRights(blk.node);
  if (why !== null) blk.rights = before;
  return why;
}

/** Deletes the backend and its timers when the device is gone. */
export function deleteBackend(blk: BlockBackend): void {
  blk.deleted = true;
  if (blk.retry !== null) deleteRehandle(blk.retry);
  if (blk.ioHang !== null) {
    deleteRehandle(blk.ioHang.rehandle);
    blk.ioHang.kept.length = 0;
  }
  blk.queued.length = 0;
  removeUser(blk.node, blk.user);
  const { backends, roots } = blk.layer;
  backends.splice(backends.indexOf(blk), 1);
  roots.splice(roots.indexOf(blk), 1);
}

/** Lets another thread serve the disk. In `recorded` mode the retry timer stays with the old thread. */
export function setBackendContext(blk: BlockBackend, ctx: AioContext): void {
  blk.ctx = ctx;
  setNodeContext(blk.node, ctx);
}

/** Moves a node, and those below it, to another thread. */
export function setNodeContext(node: BlockNode, ctx: AioContext): void {
  node.ctx = ctx;
  for (const child of node.children) setNodeContext(child.node, ctx);
}
