// host-device.ts — A block device of the host: /dev/mapper/mpatha below a virtual machine. Mirrors block/file-posix.c: bdrv_host_device.
//
// Works as with cache=none: the guest's writes go straight to the device, so an error comes back with the request that met
// it. (Through the host's page cache, a write would succeed and the next flush would fail.)
import type { Bio, BlockDevice, BlkStatus, ReqOp } from '@dmsim/block';
import {
  blkStatusToErrno,
  closeDevice,
  createBio,
  openDevice,
  REQ,
  REQ_OP,
  submitBio,
} from '@dmsim/block';
import { strerror } from '@dmsim/sim';

import { handlerReady } from '../aio/aio-context.ts';
import type { BlockDriver, BlockOp, BlockRequest, Complete } from '../block/block-driver.ts';
import type { ImageLocks } from '../block/image-locks.ts';
import { refuseLocks } from '../block/image-locks.ts';
import type { BlockNode } from '../block/node.ts';
import { countDiscard } from '../block/node.ts';
import { cumulativeRights } from '../block/permissions.ts';
import { holdsLocks } from './file.ts';

/** Finds the block device that the host has at that path; undefined if there is none. */
export type OpenBlockDevice = (path: string) => BlockDevice | undefined;

/**
 * Called with 1 when a request goes down to a device and with -1 when it comes back. A killed process waits for these
 * requests.
 */
export type CountHostIo = (change: 1 | -1) => void;

/** The locks that the processes of the host hold on a device. */
export type LocksOfDevice = (device: BlockDevice) => ImageLocks;

const SECTOR = 512;

const OPS: Readonly<Record<BlockOp, ReqOp>> = {
  read: REQ_OP.READ,
  write: REQ_OP.WRITE,
  flush: REQ_OP.FLUSH,
  discard: REQ_OP.DISCARD,
  'write-zeroes': REQ_OP.WRITE_ZEROES,
};

interface HostDevice {
  readonly path: string;
  readonly device: BlockDevice;
  readonly count: CountHostIo;
  readonly locks: ImageLocks;
}

const stateOf = (node: BlockNode): HostDevice => node.state as HostDevice;

/** A request that the device has not answered yet. */
interface Flight {
  readonly node: BlockNode;
  readonly complete: Complete;
  readonly op: BlockOp;
}

export function hostDevice(
  lookUp: OpenBlockDevice,
  count: CountHostIo = () => undefined,
  locksOf: LocksOfDevice = () => new Map(),
): BlockDriver {
  return {
    name: 'host_device',
    passesDiscards: true,
    strongOptions: ['filename'],
    isDevice: (path) => lookUp(path) !== undefined,
    open: (options, { layer }) => {
      const path = options['filename'];
      if (typeof path !== 'string' || path === '')
        return { kind: 'failed', why: "The 'host_device' block driver requires a file name" };
      const device = lookUp(path);
      if (device === undefined && layer.files.has(path))
        return {
          kind: 'failed',
          why: `'host_device' driver requires '${path}' to be either a character or block device`,
        };
      const errno = device === undefined ? 'ENOENT' : openDevice(device);
      if (device === undefined || errno !== undefined)
        return { kind: 'failed', why: `Could not open '${path}': ${strerror(errno ?? 'ENOENT')}` };
      return {
        kind: 'opened',
        state: { path, device, count, locks: locksOf(device) } satisfies HostDevice,
        children: [],
      };
    },
    activate: (node) => {
      if (holdsLocks(node)) stateOf(node).locks.set(node, () => cumulativeRights(node));
    },
    refuseLocks: (node, rights) => {
      const { locks, path } = stateOf(node);
      return holdsLocks(node) ? refuseLocks(locks, rights, { self: node, path }) : null;
    },
    releaseLocks,
    length: (node) => stateOf(node).device.capacity * SECTOR,
    submit,
    filename: (node) => stateOf(node).path,
    readsZeroes: () => false,
    hasInfo: () => true,
    // stat reports 0 blocks for a block device.
    allocatedSize: () => 0,
    close: (node) => {
      releaseLocks(node);
      closeDevice(stateOf(node).device);
    },
  };
}

function releaseLocks(node: BlockNode): void {
  stateOf(node).locks.delete(node);
}

/**
 * A device that can't discard keeps the data, and no one hears of it; one that can't write zeroes is given zeroes as data. Mirrors
 * handle_aiocb_discard, blkdev_issue_zeroout.
 */
function submit(node: BlockNode, request: BlockRequest, complete: Complete): void {
  if (request.op !== 'discard' && request.op !== 'write-zeroes') {
    send(node, request, complete);
    return;
  }
  send(node, request, (ret) => {
    const unsupported = ret === 'EOPNOTSUPP';
    if (request.op === 'discard') {
      countDiscard(node, request.bytes, ret);
      complete(unsupported ? null : ret);
    } else if (unsupported)
      send(node, { ...request, op: 'write', data: new Uint8Array(request.bytes) }, complete);
    else complete(ret);
  });
}

function send(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const { op, offset, bytes, data } = request;
  const isFlush = op === 'flush';
  const bio = createBio(
    stateOf(node).device,
    {
      op: OPS[op],
      sector: isFlush ? 0 : Math.floor(offset / SECTOR),
      nrSectors: isFlush ? 0 : Math.ceil(bytes / SECTOR),
      flags: isFlush ? REQ.PREFLUSH | REQ.SYNC : REQ.SYNC,
      data,
    },
    endIo,
  );
  bio.owner = { node, complete, op } satisfies Flight;
  stateOf(node).count(1);
  submitBio(bio);
}

/** The device's answer wakes the thread that serves the disk. */
function endIo(bio: Bio): void {
  const { node, complete, op } = bio.owner as Flight;
  const status: BlkStatus = bio.status;
  stateOf(node).count(-1);
  const errno = blkStatusToErrno(status) ?? null;
  const end = (): void => complete(errno);
  handlerReady(node.ctx, `${op} of ${stateOf(node).path} ends`, end);
}
