// scsi-disk.ts — A SCSI disk behind virtio-scsi: sense, unit attention, requests that stay on the bus. Mirrors hw/scsi/scsi-disk.c, hw/scsi/scsi-bus.c.
import type { Errno, Nanos } from '@dmsim/sim';
import { assert, NotSupported } from '@dmsim/sim';

import { scheduleBh } from '../aio/aio-context.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { actOnError, errorActionFor, retrySucceeded } from '../block/backend-errors.ts';
import { blkDrain, blkSubmit, pauseIoHang } from '../block/backend-requests.ts';
import { diskName } from '../block/backend.ts';
import { drainAll, nodeLength } from '../block/node.ts';
import type { DeviceModel, DiskRequest, GuestDisk, Sense } from './guest-disk.ts';
import {
  accountRefused,
  accountRequest,
  isReadOp,
  isWithin,
  OK,
  toBlockRequest,
} from './guest-disk.ts';
import type { Kicks } from './kicks.ts';
import { beginKicks, kickDisk } from './kicks.ts';

/** A request that the bus holds; `retry` marks one that failed and will be sent again. */
interface ScsiRequest {
  readonly request: DiskRequest;
  retry: boolean;
  dropped: boolean;
}

interface ScsiDisk {
  requests: ScsiRequest[];
  /** The sense reported to the first command after power-on, a reset or a change of size. */
  unitAttention: Sense | null;
  restartScheduled: boolean;
  /** The size in bytes that the disk has told of, and checks requests against until it is reset. */
  capacity: number;
  readonly kicks: Kicks;
}

const POWER_ON: Sense = { key: 0x6, asc: 0x29, ascq: 0x00 };
const CAPACITY_CHANGED: Sense = { key: 0x6, asc: 0x2a, ascq: 0x09 };
const BEYOND_THE_END: Sense = { key: 0x5, asc: 0x21, ascq: 0x00 };
const SPACE_ALLOC_FAILED: Sense = { key: 0x7, asc: 0x27, ascq: 0x07 };
const IO_ERROR: Sense = { key: 0xb, asc: 0x00, ascq: 0x06 };
const NO_MEDIUM: Sense = { key: 0x2, asc: 0x3a, ascq: 0x00 };
const TARGET_FAILURE: Sense = { key: 0x4, asc: 0x44, ascq: 0x00 };

const READ_ERROR: Sense = { key: 0x3, asc: 0x11, ascq: 0x00 };
const INVALID_FIELD: Sense = { key: 0x5, asc: 0x24, ascq: 0x00 };

/** scsi_sense_from_errno. Two errors have a status of their own instead. */
const SENSES: Partial<Record<Errno, Sense>> = {
  ENOSPC: SPACE_ALLOC_FAILED,
  ENODEV: NO_MEDIUM,
  ENOMEDIUM: NO_MEDIUM,
  ENOMEM: TARGET_FAILURE,
  EREMOTEIO: TARGET_FAILURE,
  ENODATA: READ_ERROR,
  EINVAL: INVALID_FIELD,
};

function senseFor(errno: Errno): Sense {
  if (errno === 'EDOM' || errno === 'EBADE')
    throw new NotSupported('qemu', 0, `${errno} of a SCSI disk`);
  return SENSES[errno] ?? IO_ERROR;
}

const stateOf = (disk: GuestDisk): ScsiDisk => disk.state as ScsiDisk;

function submit(disk: GuestDisk, requests: readonly DiskRequest[]): void {
  const arrived = requests.map((request): ScsiRequest => ({
    request,
    retry: false,
    dropped: false,
  }));
  const { requests: held, kicks } = stateOf(disk);
  held.push(...arrived);
  kickDisk(disk.blk, kicks, () => {
    for (const req of arrived) if (!req.dropped) execute(disk, req);
  });
}

/** @param resent - true for a request that an error has stopped */
function execute(disk: GuestDisk, req: ScsiRequest, resent = false): void {
  const s = stateOf(disk);
  const { request } = req;
  // What is sent again was looked at before: neither a unit attention nor the capacity matters any more.
  if (!resent && s.unitAttention !== null) {
    const sense = s.unitAttention;
    s.unitAttention = null;
    finish(disk, req, sense);
    return;
  }
  if (request.op === 'test-unit-ready') {
    finish(disk, req, null);
    return;
  }
  if (!disk.blk.inserted) {
    if (resent) handleError(disk, { req, since: disk.layer.sim.now }, 'ENOMEDIUM');
    else finish(disk, req, NO_MEDIUM);
    return;
  }
  if (!resent && !isWithin(s.capacity, request)) {
    if (request.op === 'discard') accountRefused(disk, request);
    finish(disk, req, BEYOND_THE_END);
    return;
  }
  const since = disk.layer.sim.now;
  blkSubmit(disk.blk, toBlockRequest(request), (ret) => {
    const isTransfer = isReadOrWrite(request);
    // Transfers are counted as they end, whatever their policy or a reset says; others when they are answered.
    if (isTransfer) accountRequest(disk, { ...request, since }, ret !== null);
    if (req.dropped) {
      request.aborted?.();
      return;
    }
    if (ret !== null && !handleError(disk, { req, since }, ret)) return;
    retrySucceeded(disk.blk);
    if (!isTransfer) accountRequest(disk, { ...request, since }, false);
    finish(disk, req, null);
  });
}

const isReadOrWrite = ({ op }: DiskRequest): boolean => op === 'read' || op === 'write';

function finish(disk: GuestDisk, req: ScsiRequest, sense: Sense | null): void {
  const { requests } = stateOf(disk);
  const at = requests.indexOf(req);
  assert(at >= 0, 'the bus holds a request until it is finished');
  requests.splice(at, 1);
  req.request.done(sense === null ? OK : { kind: 'check-condition', sense });
}

/** Returns true if the error is ignored. Unlike for virtio-blk, the event comes before the answer to the guest. */
function handleError(
  disk: GuestDisk,
  { req, since }: { readonly req: ScsiRequest; readonly since: Nanos },
  errno: Errno,
): boolean {
  const isRead = isReadOp(req.request.op);
  const action = errorActionFor(disk.blk, isRead, errno);
  actOnError(disk.blk, { action, isRead, errno });
  switch (action) {
    case 'ignore':
      return true;
    case 'report':
      if (!isReadOrWrite(req.request)) accountRequest(disk, { ...req.request, since }, true);
      finish(disk, req, senseFor(errno));
      return false;
    case 'stop':
    case 'retry':
      req.retry = true;
      return false;
  }
}

function resubmit(disk: GuestDisk): void {
  for (const req of stateOf(disk).requests.slice()) {
    if (!req.retry) continue;
    req.retry = false;
    execute(disk, req, true);
  }
}

function vmStateChanged(disk: GuestDisk, running: boolean): Blocking<void> | null {
  const s = stateOf(disk);
  if (!running) return stopAdapter(disk);
  if (s.restartScheduled) return null;
  // The restart runs in a bottom half, after the reply to `cont`.
  s.restartScheduled = true;
  scheduleBh(disk.blk.ctx, `requests of ${diskName(disk.blk)} are sent again`, () => {
    s.restartScheduled = false;
    resubmit(disk);
  });
  return null;
}

/** The adapter stops its queues and waits for all requests of all nodes. */
function* stopAdapter(disk: GuestDisk): Blocking<void> {
  beginKicks(stateOf(disk).kicks);
  yield* drainAll(disk.layer);
}

/** scsi_device_purge_requests: those that wait to be sent again are answered at once, the others as they come back. */
function* reset(disk: GuestDisk): Blocking<void> {
  const s = stateOf(disk);
  beginKicks(s.kicks);
  for (const req of s.requests) {
    req.dropped = true;
    if (req.retry) req.request.aborted?.();
  }
  yield* pauseIoHang(disk.blk);
  yield* blkDrain(disk.blk);
  s.requests = [];
  s.unitAttention = POWER_ON;
  s.capacity = nodeLength(disk.blk.node);
}

/** scsi_device_set_ua: what a reset has to report comes before a new capacity. */
function resized(disk: GuestDisk): void {
  stateOf(disk).unitAttention ??= CAPACITY_CHANGED;
}

export const scsiHd: DeviceModel = {
  name: 'scsi-hd',
  canRetry: true,
  qdev: (id) => id,
  createState: ({ blk }): ScsiDisk => ({
    requests: [],
    unitAttention: POWER_ON,
    restartScheduled: false,
    capacity: nodeLength(blk.node),
    kicks: [],
  }),
  submit,
  // A guest's driver asks for the capacity.
  start: (disk) => {
    stateOf(disk).capacity = nodeLength(disk.blk.node);
  },
  reset,
  adapterResets: true,
  resized,
  vmStateChanged,
  resubmit,
  nrParked: (disk) => stateOf(disk).requests.filter((req) => req.retry).length,
};
