// bio.ts — One block I/O, from its submitter to the driver and back. Mirrors include/linux/blk_types.h: struct bio.
import { assert, recordIo } from '@dmsim/sim';

import type { BlockDevice } from './block-device.ts';
import type { ReqOp } from './op.ts';
import { REQ_OP } from './op.ts';
import type { BlkStatus } from './status.ts';
import { BLK_STS } from './status.ts';
import { traceRead } from './trace-data.ts';
import { BLOCK_TRACE } from './trace-points.ts';

export const BIO = {
  /** It is an original, whose completion the trace records; not set for clones. */
  TRACE_COMPLETION: 1,
  /** It comes from a partition, where it has been checked (BIO_REMAPPED). */
  REMAPPED: 2,
} as const;

/** Created with all its fields, so that all bios have one object shape. Drivers reuse records from free lists. */
export interface Bio {
  /** Identifies the I/O in traces; a clone has its original's. 0 until the bio is submitted. */
  id: number;
  op: ReqOp;
  /** Bits of `REQ`. */
  flags: number;
  dev: BlockDevice;
  /** 512-byte sectors, always. */
  sector: number;
  nrSectors: number;
  status: BlkStatus;
  /** Bits of `BIO` (bi_flags). */
  biFlags: number;
  /** How many completions must still come before `endIo` is called (__bi_remaining). */
  remaining: number;
  endIo: (bio: Bio) => void;
  /** bi_private: the object that `endIo` belongs to. */
  owner: unknown;
  /** The payload: 512 · nrSectors bytes from `dataOffset`. Null if the data do not matter. */
  data: Uint8Array | null;
  dataOffset: number;
  /** The next bio in the list that holds this one. */
  next: Bio | null;
}

export interface BioSpec {
  readonly op: ReqOp;
  readonly sector: number;
  readonly nrSectors: number;
  readonly flags?: number;
  /** 512 · nrSectors bytes. */
  readonly data?: Uint8Array | null;
}

export function createBio(
  dev: BlockDevice,
  { op, sector, nrSectors, flags = 0, data = null }: BioSpec,
  endIo: (bio: Bio) => void,
): Bio {
  assert(data === null || data.length === nrSectors * 512, 'a bio has the data of its sectors');
  // Fields that completion reads come first, so that they share cache lines.
  return {
    op,
    flags,
    nrSectors,
    status: BLK_STS.OK,
    biFlags: BIO.TRACE_COMPLETION,
    remaining: 1,
    endIo,
    owner: null,
    data,
    dev,
    sector,
    id: 0,
    dataOffset: 0,
    next: null,
  };
}

/** Ends the bio, or one of the parts it waits for (bio_endio). The caller sets `status` first. */
export function bioEndio(bio: Bio): void {
  if (--bio.remaining > 0) return;
  if ((bio.biFlags & BIO.TRACE_COMPLETION) !== 0) endOriginal(bio);
  else bio.endIo(bio);
}

function endOriginal(bio: Bio): void {
  if (bio.dev.layer.sim.trace !== null) traceComplete(bio);
  bio.endIo(bio);
}

function traceComplete(bio: Bio): void {
  const { sim } = bio.dev.layer;
  if (sim.trace === null) return;
  const { op, status } = bio;
  const { placementOf } = bio.dev.layer;
  if (placementOf !== null && status === BLK_STS.OK && op === REQ_OP.READ) {
    traceRead(bio, placementOf(bio.dev));
  }
  recordIo(sim, BLOCK_TRACE.block_bio_complete.code, bio.dev.dev, bio, status);
}

/** bio_io_error */
export function bioIoError(bio: Bio): void {
  bio.status = BLK_STS.IOERR;
  bioEndio(bio);
}

/** False for a flush, which carries no sectors, and for a discard, which moves no data (bio_has_data). */
export const bioHasData = (bio: Bio): boolean =>
  bio.nrSectors > 0 && (bio.op === REQ_OP.READ || bio.op === REQ_OP.WRITE);

/** A singly linked list through `next`; the list owns the link. Mirrors struct bio_list. */
export interface BioList {
  head: Bio | null;
  tail: Bio | null;
  length: number;
}

export const createBioList = (): BioList => ({ head: null, tail: null, length: 0 });

export function bioListAdd(list: BioList, bio: Bio): void {
  bio.next = null;
  if (list.tail === null) list.head = bio;
  else list.tail.next = bio;
  list.tail = bio;
  list.length++;
}

export function bioListAddHead(list: BioList, bio: Bio): void {
  bio.next = list.head;
  list.head = bio;
  if (list.tail === null) list.tail = bio;
  list.length++;
}

export function bioListPop(list: BioList): Bio | null {
  const bio = list.head;
  if (bio === null) return null;
  list.head = bio.next;
  if (list.head === null) list.tail = null;
  list.length--;
  bio.next = null;
  return bio;
}

/** Moves all of `front` to the head of `list`, in order (bio_list_merge_head). */
export function bioListMergeHead(list: BioList, front: BioList): void {
  if (front.tail === null) return;
  front.tail.next = list.head;
  list.head = front.head;
  if (list.tail === null) list.tail = front.tail;
  list.length += front.length;
  front.head = null;
  front.tail = null;
  front.length = 0;
}

/** Empties the list and returns its first bio (bio_list_get). The caller follows `next`, and reads it before passing a bio on. */
export function bioListTakeAll(list: BioList): Bio | null {
  const head = list.head;
  list.head = null;
  list.tail = null;
  list.length = 0;
  return head;
}
