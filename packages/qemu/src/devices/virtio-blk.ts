// virtio-blk.ts — A virtio disk: one queue, merging, parked requests. Mirrors hw/block/virtio-blk.c, hw/block/dataplane/virtio-blk.c.
import type { Errno, Nanos } from '@dmsim/sim';
import { assert } from '@dmsim/sim';

import type { AioContext } from '../aio/aio-context.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { letOthersRun } from '../aio/main-loop.ts';
import { actOnError, errorActionFor, retrySucceeded } from '../block/backend-errors.ts';
import { blkDrain, blkSubmit, pauseIoHang } from '../block/backend-requests.ts';
import { setBackendContext } from '../block/backend.ts';
import type { BlockRequest } from '../block/block-driver.ts';
import { moveTimer } from '../block/rehandle.ts';
import type { DeviceModel, DiskRequest, GuestDisk } from './guest-disk.ts';
import {
  accountRefused,
  accountRequest,
  IOERR,
  isOnDisk,
  isReadOp,
  isWithinLimits,
  OK,
  toBlockRequest,
} from './guest-disk.ts';
import type { Kicks } from './kicks.ts';
import { beginKicks, kickDisk } from './kicks.ts';

const MAX_MERGE = 32;

interface VirtioBlk {
  /** Failed requests kept for later, newest first, as in the device's list. */
  parked: DiskRequest[];
  /** True while the queue's notifier is polled: kicks then go to the disk's thread. Starting it resubmits parked requests. */
  started: boolean;
  /** The driver has set the device up. */
  driverOk: boolean;
  readonly thread: AioContext;
  readonly kicks: Kicks;
  /** Counts resets. */
  epoch: number;
}

const stateOf = (disk: GuestDisk): VirtioBlk => disk.state as VirtioBlk;

function submit(disk: GuestDisk, requests: readonly DiskRequest[]): void {
  const s = stateOf(disk);
  if (!s.started) {
    // Only a test gets here, since no vCPU runs while the VM is stopped. The notifier then starts now, and not with `cont`.
    startNotifier(disk);
    handleQueue(disk, requests);
    return;
  }
  kickDisk(disk.blk, s.kicks, () => handleQueue(disk, requests));
}

function handleQueue(disk: GuestDisk, requests: readonly DiskRequest[]): void {
  for (const send of planQueue(disk, requests)) send();
}

type Send = () => void;

/** Plans what to submit for a queue, in order: adjacent reads or writes are merged, others go one by one. */
function planQueue(disk: GuestDisk, requests: readonly DiskRequest[]): Send[] {
  const plan: Send[] = [];
  const batch: DiskRequest[] = [];
  const flushBatch = (): void => {
    plan.push(...planBatch(disk, batch.splice(0)));
  };
  const one = (request: DiskRequest): void => {
    plan.push(() => submitMerged(disk, [request], toBlockRequest(request)));
  };
  for (const request of requests) {
    if (!isOnDisk(disk, request) || !isWithinLimits(disk, request)) {
      plan.push(() => refuse(disk, request));
      continue;
    }
    switch (request.op) {
      case 'read':
      case 'write':
        if (!joins(batch, request)) flushBatch();
        batch.push(request);
        break;
      case 'flush':
        if (batch[0]?.op === 'write') flushBatch();
        one(request);
        break;
      case 'discard':
      case 'write-zeroes':
        one(request);
        break;
      case 'test-unit-ready':
        plan.push(() => request.done({ kind: 'unsupported' }));
    }
  }
  flushBatch();
  return plan;
}

function refuse(disk: GuestDisk, request: DiskRequest): void {
  if (request.op !== 'discard') accountRefused(disk, request);
  request.done(IOERR);
}

/** True if a request may join the batch, which has one direction and a limited size. */
const joins = ([first, ...rest]: readonly DiskRequest[], { op }: DiskRequest): boolean =>
  first === undefined || (first.op === op && rest.length < MAX_MERGE - 1);

/** Sorts a batch by sector and merges adjacent requests into one request to the block layer. */
function planBatch(disk: GuestDisk, batch: readonly DiskRequest[]): Send[] {
  const runs: DiskRequest[][] = [];
  for (const request of batch.toSorted((a, b) => a.sector - b.sector)) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && last.sector * 512 + last.bytes === request.sector * 512)
      runs.at(-1)?.push(request);
    else runs.push([request]);
  }
  return runs.map((run) => () => submitMerged(disk, run, mergeRequests(run)));
}

function mergeRequests(run: readonly DiskRequest[]): BlockRequest {
  const [first] = run;
  assert(first !== undefined, 'a run has a first request');
  if (run.length === 1) return toBlockRequest(first);
  const bytes = run.reduce((sum, request) => sum + request.bytes, 0);
  return {
    op: first.op as 'read' | 'write',
    offset: first.sector * 512,
    bytes,
    data: joinData(run, bytes),
  };
}

function joinData(run: readonly DiskRequest[], bytes: number): Uint8Array | null {
  if (run.every((request) => request.data === null)) return null;
  const joined = new Uint8Array(bytes);
  let at = 0;
  for (const request of run) {
    if (request.op === 'write' && request.data !== null) joined.set(request.data, at);
    at += request.bytes;
  }
  return joined;
}

function submitMerged(disk: GuestDisk, run: readonly DiskRequest[], merged: BlockRequest): void {
  const { epoch } = stateOf(disk);
  const since = disk.layer.sim.now;
  if (run.length > 1)
    disk.blk.stats.ops[merged.op === 'read' ? 'rd' : 'wr'].merged += run.length - 1;
  blkSubmit(disk.blk, merged, (ret) => {
    // A reset has dropped the request: the timer had resubmitted it while the reset was draining.
    if (stateOf(disk).epoch !== epoch) return;
    if (ret === null && run.length > 1) splitData(run, merged);
    for (const request of run) completeOne(disk, { request, since }, ret);
  });
}

function splitData(run: readonly DiskRequest[], { op, data }: BlockRequest): void {
  if (op !== 'read' || data === null) return;
  let at = 0;
  for (const request of run) {
    request.data?.set(data.subarray(at, at + request.bytes));
    at += request.bytes;
  }
}

/** Completes one request of the guest. If a merged request fails, each request merged into it sends its own event. */
function completeOne(disk: GuestDisk, begun: Begun, errno: Errno | null): void {
  if (errno !== null && !handleError(disk, begun, errno)) return;
  const { request } = begun;
  retrySucceeded(disk.blk);
  request.done(OK);
  accountDone(disk, begun, false);
}

interface Begun {
  readonly request: DiskRequest;
  readonly since: Nanos;
}

/** This device counts all requests but discards. */
function accountDone(disk: GuestDisk, { request, since }: Begun, failed: boolean): void {
  if (request.op !== 'discard') accountRequest(disk, { ...request, since }, failed);
}

/** Returns true if the error is ignored, and the request counts as successful. */
function handleError(disk: GuestDisk, begun: Begun, errno: Errno): boolean {
  const { blk } = disk;
  const { request } = begun;
  const isRead = isReadOp(request.op);
  const action = errorActionFor(blk, isRead, errno);
  if (action === 'stop' || action === 'retry') stateOf(disk).parked.unshift(request);
  else if (action === 'report') {
    request.done(IOERR);
    accountDone(disk, begun, true);
  }
  actOnError(blk, { action, isRead, errno });
  return action === 'ignore';
}

function resubmit(disk: GuestDisk): void {
  const s = stateOf(disk);
  const { parked } = s;
  s.parked = [];
  handleQueue(disk, parked);
}

function startNotifier(disk: GuestDisk): void {
  const s = stateOf(disk);
  if (s.started) return;
  s.started = true;
  moveTo(disk, s.thread);
  resubmit(disk);
}

function* stopNotifier(disk: GuestDisk): Blocking<void> {
  const s = stateOf(disk);
  if (!s.started) return;
  beginKicks(s.kicks);
  s.started = false;
  if (disk.blk.ctx === disk.layer.main.aio) return;
  // Moves the disk back to the main thread, after its own thread has finished the requests under way.
  yield* blkDrain(disk.blk);
  moveTo(disk, disk.layer.main.aio);
}

function moveTo(disk: GuestDisk, thread: AioContext): void {
  const { blk } = disk;
  if (blk.ctx === thread) return;
  setBackendContext(blk, thread);
  if (blk.retryMode === 'reviewed' && blk.retry !== null) moveTimer(blk.retry, thread);
}

function start(disk: GuestDisk, { flush }: { readonly flush: boolean }): void {
  stateOf(disk).driverOk = true;
  disk.blk.writeCache = flush;
  startNotifier(disk);
}

function* reset(disk: GuestDisk): Blocking<void> {
  const s = stateOf(disk);
  yield* stopNotifier(disk);
  yield* pauseIoHang(disk.blk);
  yield* blkDrain(disk.blk);
  s.epoch++;
  s.parked = [];
  s.driverOk = false;
  disk.blk.writeCache = true;
}

function* vmStateChanged(disk: GuestDisk, running: boolean): Blocking<void> {
  const s = stateOf(disk);
  const { main } = disk.layer;
  if (!running) yield* stopNotifier(disk);
  else if (!s.driverOk || s.started) return;
  else if (s.thread === main.aio) startNotifier(disk);
  else {
    // The main thread resubmits parked requests while the disk's own thread already serves the queue.
    s.started = true;
    moveTo(disk, s.thread);
    for (const send of planQueue(disk, s.parked.splice(0))) {
      send();
      yield* letOthersRun(main);
    }
  }
}

export const virtioBlk: DeviceModel = {
  name: 'virtio-blk-pci',
  canRetry: true,
  qdev: (id) => `${id.startsWith('/') ? id : `/machine/peripheral/${id}`}/virtio-backend`,
  createState: (disk): VirtioBlk => ({
    parked: [],
    started: false,
    driverOk: false,
    thread: disk.blk.ctx,
    kicks: [],
    epoch: 0,
  }),
  submit,
  start,
  reset,
  vmStateChanged,
  resubmit,
  nrParked: (disk) => stateOf(disk).parked.length,
};
