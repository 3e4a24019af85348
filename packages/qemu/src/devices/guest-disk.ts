// guest-disk.ts — The interface of a guest's disk, for the VM and for the code that plays the guest. Each device model has its own file.
import type { Nanos } from '@dmsim/sim';

import type { Blocking } from '../aio/main-loop.ts';
import type { AccountedOp } from '../block/accounting.ts';
import { account, accountInvalid } from '../block/accounting.ts';
import type { BlockBackend } from '../block/backend.ts';
import type { BlockRequest } from '../block/block-driver.ts';
import type { BlockLayer } from '../block/block-layer.ts';
import { nodeLength } from '../block/node.ts';

export type DiskOp = 'read' | 'write' | 'flush' | 'discard' | 'write-zeroes' | 'test-unit-ready';

/** One request of the guest, as its driver put it on a queue. */
export interface DiskRequest {
  readonly op: DiskOp;
  /** In sectors of 512 bytes. */
  readonly sector: number;
  readonly bytes: number;
  readonly data: Uint8Array | null;
  /** Called once when the device puts the request on the used ring; never for a request that a reset dropped. */
  readonly done: (result: DiskResult) => void;
  /** Called when a reset or an unplug drops the request of a SCSI disk: the adapter answers it all the same. */
  readonly aborted?: () => void;
}

export interface Sense {
  readonly key: number;
  readonly asc: number;
  readonly ascq: number;
}

export type DiskResult =
  | { readonly kind: 'ok' | 'ioerr' | 'unsupported' }
  | { readonly kind: 'check-condition'; readonly sense: Sense };

export const OK: DiskResult = { kind: 'ok' };
export const IOERR: DiskResult = { kind: 'ioerr' };

export interface GuestDisk {
  readonly model: DeviceModel;
  readonly id: string;
  readonly layer: BlockLayer;
  readonly blk: BlockBackend;
  readonly unmap: UnmapLimits;
  /** The model's own state. */
  readonly state: unknown;
}

/** The limits for discards and writes of zeroes that the device reports to its driver. */
export interface UnmapLimits {
  /** False: the driver learns that there are none, though the device would take them. */
  readonly discards: boolean;
  readonly writesZeroes: boolean;
  /** Sectors that a discard may have; the device refuses more. */
  readonly maxDiscard: number;
  /** Sectors that a write of zeroes may have. */
  readonly maxZeroes: number;
}

export interface DeviceModel {
  readonly name: string;
  /** True if the model can resubmit for `retry`. IDE can't, and reports the error instead. */
  readonly canRetry: boolean;
  /** The name that query-block gives the device. */
  qdev(id: string): string;
  createState(disk: Omit<GuestDisk, 'state'>): unknown;
  /** Takes requests from one kick of the queue. */
  submit(disk: GuestDisk, requests: readonly DiskRequest[]): void;
  /** Called when the guest's driver has set up the device, with or without the flush feature. */
  start(disk: GuestDisk, features: { readonly flush: boolean }): void;
  /** A reset by the guest or with the machine. Requests are dropped without an answer. */
  reset(disk: GuestDisk): Blocking<void>;
  /** True if the adapter resets the disk once more when the machine is reset. */
  readonly adapterResets?: boolean;
  /** Called when the VM stops or starts. Returns null if there is nothing to wait for. */
  vmStateChanged(disk: GuestDisk, running: boolean): Blocking<void> | null;
  /** Called when block_resize has changed the size of the disk's node. */
  resized?(disk: GuestDisk): void;
  /** Resubmits the requests that were kept. */
  resubmit(disk: GuestDisk): void;
  /** The number of requests kept because of an error. */
  nrParked(disk: GuestDisk): number;
}

const ACCOUNTED: Readonly<Record<DiskOp, AccountedOp>> = {
  read: 'rd',
  write: 'wr',
  flush: 'flush',
  discard: 'unmap',
  'write-zeroes': 'wr',
  'test-unit-ready': 'flush',
};

/** Accounts a request of the guest that has succeeded, or failed with an error reported to the guest. */
export function accountRequest(
  { blk }: GuestDisk,
  { op, bytes, since }: { readonly op: DiskOp; readonly bytes: number; readonly since: Nanos },
  failed: boolean,
): void {
  account(blk.stats, { op: ACCOUNTED[op], bytes: op === 'flush' ? 0 : bytes, since }, failed);
}

/** True if the request begins and ends on the disk. A device answers others itself, without asking the block layer. */
export const isOnDisk = ({ blk }: GuestDisk, request: DiskRequest): boolean =>
  isWithin(nodeLength(blk.node), request);

/** True if the request needs no more than so many bytes of the disk. */
export const isWithin = (length: number, { op, sector, bytes }: DiskRequest): boolean =>
  op === 'flush' || op === 'test-unit-ready' || sector * 512 + bytes <= length;

/** True if the device takes as much at once. */
export const isWithinLimits = ({ unmap }: GuestDisk, { op, bytes }: DiskRequest): boolean => {
  if (op === 'discard') return bytes <= unmap.maxDiscard * 512;
  return op !== 'write-zeroes' || bytes <= unmap.maxZeroes * 512;
};

export const accountRefused = ({ blk }: GuestDisk, { op }: DiskRequest): void =>
  accountInvalid(blk.stats, ACCOUNTED[op]);

export const isReadOp = (op: DiskOp): boolean => op === 'read';

/** Converts the request for the block layer. */
export function toBlockRequest(request: DiskRequest): BlockRequest {
  const { op, sector, bytes, data } = request;
  const blockOp = op === 'test-unit-ready' ? 'flush' : op;
  return { op: blockOp, offset: sector * 512, bytes: op === 'flush' ? 0 : bytes, data };
}
