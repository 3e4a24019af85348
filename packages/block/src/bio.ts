// bio.ts — One block I/O, from whoever submits it to whoever serves it. Mirrors include/linux/blk_types.h: struct bio.
import { record } from '@dmsim/sim';

import type { BlockDevice } from './block-device.ts';
import type { ReqOp } from './op.ts';
import { REQ_OP } from './op.ts';
import type { BlkStatus } from './status.ts';
import { BLK_STS } from './status.ts';
import { traceRead } from './trace-data.ts';
import { BLOCK_TRACE } from './trace-points.ts';

export const BIO = {
  /** Someone asked for it, and the trace tells when it is done: not set for a clone made on the way. */
  TRACE_COMPLETION: 1,
} as const;

/** Born with all its fields, so that all bios have one shape; records are reused from free lists, never per I/O allocated. */
export interface Bio {
  /** Names the I/O in traces; a clone has that of its original. 0 until it is submitted. */
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
  /** Completions that are still to come before `endIo` (__bi_remaining). */
  remaining: number;
  endIo: (bio: Bio) => void;
  /** bi_private: whose `endIo` it is. */
  owner: unknown;
  /** Payload, from `dataOffset`, 512 · nrSectors bytes; null where no one looks at data. */
  data: Uint8Array | null;
  dataOffset: number;
  /** Link of whatever list it stands in. */
  next: Bio | null;
}

export interface BioSpec {
  readonly op: ReqOp;
  readonly sector: number;
  readonly nrSectors: number;
  readonly flags?: number;
  readonly data?: Uint8Array | null;
}

export function createBio(
  dev: BlockDevice,
  { op, sector, nrSectors, flags = 0, data = null }: BioSpec,
  endIo: (bio: Bio) => void,
): Bio {
  // What its end looks at comes first: fewer lines of the processor's cache.
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

/** The bio is done, or one of the parts it waits for is (bio_endio). `status` is set before. */
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
  const { id, op, sector, nrSectors, status } = bio;
  const { mediumOf } = bio.dev.layer;
  if (mediumOf !== null && status === BLK_STS.OK && op === REQ_OP.READ) {
    traceRead(bio, mediumOf(bio.dev));
  }
  record(
    sim.trace,
    sim.now,
    BLOCK_TRACE.block_bio_complete.code,
    bio.dev.dev,
    id,
    op,
    sector,
    nrSectors,
    status,
  );
}

/** bio_io_error */
export function bioIoError(bio: Bio): void {
  bio.status = BLK_STS.IOERR;
  bioEndio(bio);
}

/** Sectors of data it carries: none for a flush, none moves for a discard (bio_has_data). */
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

/** Moves all of `front` before what `list` holds, order kept (bio_list_merge_head). */
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

/** Takes all out at once, in order (bio_list_get). The caller walks `next`, reading it before it hands a bio on. */
export function bioListTakeAll(list: BioList): Bio | null {
  const head = list.head;
  list.head = null;
  list.tail = null;
  list.length = 0;
  return head;
}
