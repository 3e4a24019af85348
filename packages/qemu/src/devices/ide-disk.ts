// ide-disk.ts — An IDE disk (AHCI of q35): each failed command is handled by itself, and `retry` is not possible. Mirrors hw/ide/core.c.
import type { Errno, Nanos } from '@dmsim/sim';

import { scheduleBh } from '../aio/aio-context.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { actOnError, errorActionFor } from '../block/backend-errors.ts';
import { blkDrain, blkSubmit, pauseIoHang } from '../block/backend-requests.ts';
import { diskName } from '../block/backend.ts';
import type { DeviceModel, DiskRequest, GuestDisk } from './guest-disk.ts';
import {
  accountRefused,
  accountRequest,
  IOERR,
  isOnDisk,
  isReadOp,
  OK,
  toBlockRequest,
} from './guest-disk.ts';
import type { Kicks } from './kicks.ts';
import { beginKicks, kickDisk } from './kicks.ts';

interface IdeDisk {
  readonly kicks: Kicks;
  parked: DiskRequest[];
  /** Counts resets. A request from before a reset gets no answer. */
  epoch: number;
}

const stateOf = (disk: GuestDisk): IdeDisk => disk.state as IdeDisk;

function submit(disk: GuestDisk, requests: readonly DiskRequest[]): void {
  kickDisk(disk.blk, stateOf(disk).kicks, () => {
    for (const request of requests) execute(disk, request);
  });
}

function execute(disk: GuestDisk, request: DiskRequest): void {
  if (request.op === 'test-unit-ready' || request.op === 'write-zeroes') {
    request.done({ kind: 'unsupported' });
    return;
  }
  if (!isOnDisk(disk, request)) {
    accountRefused(disk, request);
    request.done(IOERR);
    return;
  }
  const { epoch } = stateOf(disk);
  const since = disk.layer.sim.now;
  blkSubmit(disk.blk, toBlockRequest(request), (ret) => {
    if (stateOf(disk).epoch !== epoch) return;
    if (ret !== null && !handleError(disk, { request, since }, ret)) return;
    request.done(OK);
    accountRequest(disk, { ...request, since }, false);
  });
}

/** Returns true if the error is ignored. */
function handleError(
  disk: GuestDisk,
  { request, since }: { readonly request: DiskRequest; readonly since: Nanos },
  errno: Errno,
): boolean {
  const isRead = isReadOp(request.op);
  const action = errorActionFor(disk.blk, isRead, errno);
  if (action === 'stop' || action === 'retry') stateOf(disk).parked.push(request);
  else if (action === 'report') {
    request.done(IOERR);
    accountRequest(disk, { ...request, since }, true);
  }
  actOnError(disk.blk, { action, isRead, errno });
  return action === 'ignore';
}

function resubmit(disk: GuestDisk): void {
  for (const request of stateOf(disk).parked.splice(0)) execute(disk, request);
}

function vmStateChanged(disk: GuestDisk, running: boolean): null {
  if (running) {
    const what = `requests of ${diskName(disk.blk)} are sent again`;
    scheduleBh(disk.blk.ctx, what, () => resubmit(disk));
  } else beginKicks(stateOf(disk).kicks);
  return null;
}

function* reset(disk: GuestDisk): Blocking<void> {
  const s = stateOf(disk);
  beginKicks(s.kicks);
  s.epoch++;
  yield* pauseIoHang(disk.blk);
  yield* blkDrain(disk.blk);
  s.parked = [];
}

export const ideHd: DeviceModel = {
  name: 'ide-hd',
  canRetry: false,
  qdev: (id) => id,
  createState: (): IdeDisk => ({ kicks: [], parked: [], epoch: 0 }),
  submit,
  start: () => undefined,
  reset,
  vmStateChanged,
  resubmit,
  nrParked: (disk) => stateOf(disk).parked.length,
};
