// copy-before-write.ts — A filter that copies the old data before a write replaces it: of a backup, or of a user, who reads what the disk was through a snapshot-access node. Mirrors block/copy-before-write.c.
import type { Errno, Nanos, SimEvent } from '@dmsim/sim';
import { after, assert, cancel, seconds } from '@dmsim/sim';

import { handlerReady } from '../aio/aio-context.ts';
import type { BlockDriver, BlockRequest, Complete, OpenResult } from '../block/block-driver.ts';
import type { DirtyBitmap } from '../block/dirty-bitmap.ts';
import {
  addBitmap,
  clearDirty,
  createDirtyBitmap,
  mergeDirty,
  removeBitmap,
  setDirty,
} from '../block/dirty-bitmap.ts';
import { findBitmap } from '../block/named-bitmap.ts';
import type { BlockNode } from '../block/node.ts';
import { childNode, nodeLength, passDown, submitRequest } from '../block/node.ts';
import { ALL_RIGHTS, RIGHT, SHARED_BY_READERS } from '../block/rights.ts';
import { passThrough } from '../drivers/job-filters.ts';
import { optionalSize, optionalString } from '../drivers/options.ts';
import { clusterSizeOf, fileOf } from '../drivers/raw.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import type { BlockCopy, CopyCall } from './block-copy.ts';
import { cancelCopy, createBlockCopy, startCopy } from './block-copy.ts';
import { createRateLimit } from './rate-limit.ts';

const CLUSTER: number = 64 << 10;

/** block_copy_calculate_cluster_size: whole clusters of the target are copied. */
export const copySize = (target: BlockNode): number => Math.max(CLUSTER, clusterSizeOf(target));

/** A read of the old data from the source, which writes to that place wait for. */
interface FrozenRead {
  readonly offset: number;
  readonly end: number;
  readonly waiting: (() => void)[];
}

export interface CopyBeforeWrite {
  readonly copy: BlockCopy;
  /** The parts of the snapshot that may be read. */
  readonly access: DirtyBitmap;
  /** `break-guest-write`: a write whose old data can't be kept fails. `break-snapshot`: it goes on, and the snapshot is lost. */
  readonly onError: 'break-guest-write' | 'break-snapshot';
  /** How long a write waits for its copy, in ns; 0: as long as it takes. */
  readonly timeout: Nanos;
  /** True once old data could not be kept, under `break-snapshot`. */
  broken: boolean;
  readonly reads: Set<FrozenRead>;
}

/** The state of a filter. `access` begins as what is to be copied. */
export function createCopyBeforeWrite(
  copy: BlockCopy,
  { onError, timeout }: Pick<CopyBeforeWrite, 'onError' | 'timeout'>,
): CopyBeforeWrite {
  const { length, granularity } = copy.toCopy;
  const access = createDirtyBitmap(length, granularity, false);
  mergeDirty(access, copy.toCopy);
  return { copy, access, onError, timeout, broken: false, reads: new Set() };
}

const stateOf = (node: BlockNode): CopyBeforeWrite => node.state as CopyBeforeWrite;

/** Adds the bitmaps that a query shows: what is to be copied, what may be read, what a write has had copied. */
export function showBitmaps(filter: BlockNode): void {
  const { copy, access } = stateOf(filter);
  addBitmap(copy.source, copy.toCopy);
  addBitmap(filter, copy.saved);
  addBitmap(filter, access);
}

export const copyBeforeWrite: BlockDriver = {
  ...passThrough('copy-before-write'),
  passesDiscards: true,
  open: (options, opener): OpenResult => {
    const file = opener.child(options, 'file');
    if (typeof file === 'string') return { kind: 'failed', why: file };
    const target = opener.child(options, 'target');
    if (typeof target === 'string') return { kind: 'failed', why: target };
    const bitmap = chosenBitmap(opener.layer.nodes, options);
    if (typeof bitmap === 'string') return { kind: 'failed', why: bitmap };
    const length = nodeLength(file.node);
    const toCopy = createDirtyBitmap(length, copySize(target.node), false);
    if (bitmap === null) setDirty(toCopy, 0, length);
    else mergeDirty(toCopy, bitmap);
    const copy = createBlockCopy({
      sim: opener.layer.sim,
      source: file.node,
      target: target.node,
      toCopy,
      limit: createRateLimit(),
    });
    const state = createCopyBeforeWrite(copy, {
      onError:
        options['on-cbw-error'] === 'break-snapshot' ? 'break-snapshot' : 'break-guest-write',
      timeout: seconds(optionalSize(options['cbw-timeout']) ?? 0),
    });
    return { kind: 'opened', state, children: [file, target] };
  },
  activate: (node) => {
    if (node.dirtyBitmaps.length === 0) showBitmaps(node);
  },
  close: (node) => {
    const { copy } = stateOf(node);
    removeBitmap(copy.source, copy.toCopy);
  },
  childRights: (parent, role, { needs, shares }) => {
    // The guest may write to the image on which the target rests. The size is looked at only once.
    if (role === 'target') return { needs: RIGHT.write, shares: ALL_RIGHTS & ~RIGHT.resize };
    if (parent.users.length === 0) return { needs, shares };
    const reads = (needs & RIGHT.write) === 0 ? 0 : RIGHT.consistentRead;
    return { needs: needs | reads, shares: shares & SHARED_BY_READERS };
  },
  submit: (node, request, complete) => {
    const below = fileOf(node);
    if (request.op === 'read' || request.op === 'flush') {
      submitRequest(below, request, complete);
      return;
    }
    copyFirst(node, request, (ret) => {
      if (ret === null) passDown(below, request, complete);
      else complete(ret);
    });
  },
};

/** The bitmap that says what is to be copied; null if all is. A string is the refusal. */
function chosenBitmap(
  nodes: ReadonlyMap<string, BlockNode>,
  { bitmap }: JsonObject,
): DirtyBitmap | string | null {
  if (!isJsonObject(bitmap)) return null;
  const name = optionalString(bitmap['name']) ?? '';
  const node = nodes.get(optionalString(bitmap['node']) ?? '');
  if (node === undefined) return `Node '${optionalString(bitmap['node']) ?? ''}' not found`;
  return findBitmap(node, name) ?? `Dirty bitmap '${name}' not found`;
}

/** cbw_do_copy_before_write */
function copyFirst(node: BlockNode, request: BlockRequest, goOn: Complete): void {
  const state = stateOf(node);
  if (state.broken || request.onlyNew === true) {
    goOn(null);
    return;
  }
  const { granularity, length } = state.copy.toCopy;
  const { offset, bytes } = request;
  const start = Math.floor(offset / granularity) * granularity;
  const end = Math.min(Math.ceil((offset + bytes) / granularity) * granularity, length);
  copyInTime(node, { offset: start, end }, (ret) => {
    // If the old data can't be kept, the guest gets the error, or the snapshot is lost.
    if (ret !== null && state.onError === 'break-guest-write') {
      goOn(ret);
      return;
    }
    if (ret === null) setDirty(state.copy.saved, start, end - start);
    else state.broken = true;
    awaitReads(state, { offset: start, end }, () => goOn(null));
  });
}

type Range = Pick<FrozenRead, 'offset' | 'end'>;

/** block_copy: a copy that takes too long goes on in the background, but no longer for the request. */
function copyInTime(node: BlockNode, range: Range, done: Complete): void {
  const { copy, timeout } = stateOf(node);
  let timer: SimEvent | null = null;
  let isOver = false;
  const end = (ret: Errno | null): void => {
    if (isOver) return;
    isOver = true;
    if (timer !== null) cancel(copy.sim, timer);
    done(ret);
  };
  node.inFlight++;
  const call: CopyCall = startCopy(copy, range, {
    limited: false,
    onEnd: ({ failure }) => {
      node.inFlight--;
      end(failure?.errno ?? null);
    },
  });
  if (call.finished || timeout === 0) return;
  timer = after(copy.sim, timeout, `timeout of ${node.name}`, () => {
    timer = null;
    handlerReady(node.ctx, `${node.name} gives up a copy`, () => {
      cancelCopy(call);
      end('ETIMEDOUT');
    });
  });
}

const meets = (a: Range, b: Range): boolean => a.offset < b.end && b.offset < a.end;

function awaitReads(state: CopyBeforeWrite, range: Range, goOn: () => void): void {
  const read = [...state.reads].find((each) => meets(each, range));
  if (read === undefined) goOn();
  else read.waiting.push(() => awaitReads(state, range, goOn));
}

/** Where the snapshot's data is: in the target or still in the source, for so many bytes; null if it may not be read. */
export function snapshotPart(
  filter: BlockNode,
  offset: number,
  bytes: number,
): { readonly node: BlockNode; readonly bytes: number } | null {
  const { broken, access, copy } = stateOf(filter);
  if (broken || runOf(access, offset, bytes, 1) < bytes) return null;
  const { saved } = copy;
  const inTarget = runOf(saved, offset, bytes, 1);
  if (inTarget > 0) return { node: copy.target, bytes: inTarget };
  return { node: fileOf(filter), bytes: runOf(saved, offset, bytes, 0) };
}

/** How many bytes from `offset` on have that bit. */
function runOf(
  { dirty, granularity }: DirtyBitmap,
  offset: number,
  bytes: number,
  bit: 0 | 1,
): number {
  let at = offset;
  while (at < offset + bytes && dirty[Math.floor(at / granularity)] === bit)
    at = (Math.floor(at / granularity) + 1) * granularity;
  return Math.min(at, offset + bytes) - offset;
}

/** cbw_co_preadv_snapshot */
export function readSnapshot(filter: BlockNode, request: BlockRequest, complete: Complete): void {
  const { offset, bytes, data } = request;
  const part = snapshotPart(filter, offset, bytes);
  if (part === null) {
    complete('EACCES');
    return;
  }
  const { reads, copy } = stateOf(filter);
  const frozen: FrozenRead = { offset, end: offset + bytes, waiting: [] };
  if (part.node !== copy.target) reads.add(frozen);
  const first = { ...request, bytes: part.bytes, data: data?.subarray(0, part.bytes) ?? null };
  submitRequest(part.node, first, (ret) => {
    reads.delete(frozen);
    for (const goOn of frozen.waiting) goOn();
    const rest = bytes - part.bytes;
    if (ret !== null || rest === 0) complete(ret);
    else
      readSnapshot(
        filter,
        {
          ...request,
          offset: offset + part.bytes,
          bytes: rest,
          data: data?.subarray(part.bytes) ?? null,
        },
        complete,
      );
  });
}

/** cbw_co_pdiscard_snapshot: whole clusters of the snapshot are given up, and need not be kept any more. */
export function discardSnapshot(
  filter: BlockNode,
  request: BlockRequest,
  complete: Complete,
): void {
  const { access, copy } = stateOf(filter);
  const { granularity } = copy.toCopy;
  const offset = Math.ceil(request.offset / granularity) * granularity;
  const end = Math.floor((request.offset + request.bytes) / granularity) * granularity;
  if (end <= offset) {
    complete(null);
    return;
  }
  const bytes = end - offset;
  clearDirty(access, offset, bytes);
  clearDirty(copy.toCopy, offset, bytes);
  assert(childNode(filter, 'target') === copy.target, 'a filter keeps its target');
  submitRequest(copy.target, { op: 'discard', offset, bytes, data: null }, complete);
}
