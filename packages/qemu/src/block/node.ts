// node.ts — A node of the block graph: requests through it, drained sections, dirty bitmaps. Mirrors block/io.c.
import type { Errno } from '@dmsim/sim';
import { assert } from '@dmsim/sim';

import type { AioContext } from '../aio/aio-context.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { kickMain, pollUntil } from '../aio/main-loop.ts';
import type { JsonObject } from '../qmp/json.ts';
import type { BlockChild, BlockDriver, BlockRequest, Complete } from './block-driver.ts';
import type { BlockLayer } from './block-layer.ts';
import type { DirtyBitmap } from './dirty-bitmap.ts';
import { setDirty } from './dirty-bitmap.ts';
import type { Edge } from './permissions.ts';
import { RIGHT } from './rights.ts';

/** A user of a node that must submit nothing while the node is drained: a backend, a job, a node above. */
export interface NodeUser {
  readonly kind: 'backend' | 'job' | 'node';
  /** The node above, if the user is a node; else null. */
  readonly parent: BlockNode | null;
  /**
   * The reason why others may not use the node, such as "block device is in use by block job: mirror". Null if there is
   * none.
   */
  readonly blocker: string | null;
  /** Called when the node is replaced, so that the user moves to the new one. Null: the user stays, as a job does. */
  readonly follow: ((from: BlockNode, to: BlockNode) => void) | null;
  /** The user in messages, such as "node 'top'". */
  describe(): string;
  /** The user's uses of the node, with the rights of each. */
  edges(node: BlockNode): readonly Edge[];
  drainedBegin(): void;
  drainedEnd(): void;
  /** True if the user may still submit requests. */
  drainedPoll(): boolean;
}

export type DetectZeroes = 'off' | 'on' | 'unmap';

export interface BlockNode {
  readonly layer: BlockLayer;
  readonly name: string;
  readonly autoNamed: boolean;
  /** The roles that lead to the node from the one that a client added: `['file']` for its file. */
  readonly path: readonly string[];
  readonly driver: BlockDriver;
  /** As the node was opened, or reopened last. */
  options: JsonObject;
  /** How often a drive's node has become read-only or writable. QEMU copied its options each time, which changes their order. */
  reopens: number;
  state: unknown;
  readonly children: BlockChild[];
  readonly users: NodeUser[];
  /** The node as a user of its children: a drained child quiesces the node and everything above it. */
  readonly asUser: NodeUser;
  /** Opened by blockdev-add or -blockdev: the node stays until blockdev-del. */
  monitorOwned: boolean;
  /** True for discard=unmap. Other nodes answer a discard without doing anything. */
  unmaps: boolean;
  /** The treatment of a write of nothing but zeroes. */
  detectZeroes: DetectZeroes;
  /** The discards that the host carried out, or refused, for a file or a device. */
  readonly discarded: { ok: number; failed: number; bytes: number };
  /** True if others may do with the node what they like, whoever uses it here. */
  readonly forceShare: boolean;
  /** Not constant: a pivot gives the target the source's value, and a reopen may change it. */
  readOnly: boolean;
  /** A write beyond this offset raises an event, once; 0 if none does. */
  writeThreshold: number;
  ctx: AioContext;
  /** The number of drained sections that apply: the node's own and those of each node below. */
  quiesceCounter: number;
  /** The number of drained sections begun on this node. */
  sections: number;
  /** The number of drained sections of all nodes. A node above has each of them as its own. */
  allSections: number;
  inFlight: number;
  /** Counts writes. A flush with no write since the last flush is not passed down. */
  writeGen: number;
  flushedGen: number;
  /** The flush under way, and those that wait for it. */
  readonly flushes: (() => void)[];
  readonly dirtyBitmaps: DirtyBitmap[];
  /** The end of the furthest write so far. */
  highestWrite: number;
  /** True for a filter that a job inserted without a name: queries look through it. */
  readonly implicit: boolean;
}

export const nodeLength = (node: BlockNode): number => node.driver.length(node);

export const childNode = (node: BlockNode, role: string): BlockNode | undefined =>
  node.children.find((child) => child.role === role)?.node;

/** The main child of a filter or format node: `file`, or blkdebug's `image`. */
export const primaryChild = (node: BlockNode): BlockNode | undefined =>
  childNode(node, 'file') ?? childNode(node, 'image');

/** bdrv_filter_or_cow_bs: the node whose data a filter passes on, or which an image falls back to. */
export function nodeBehind(node: BlockNode): BlockNode | undefined {
  const { filters, isFilter } = node.driver;
  return filters === true || isFilter === true ? primaryChild(node) : childNode(node, 'backing');
}

/** bdrv_skip_filters */
export function skipFilters(node: BlockNode): BlockNode {
  const { isFilter, filters } = node.driver;
  const below = isFilter === true || filters === true ? nodeBehind(node) : undefined;
  return below === undefined ? node : skipFilters(below);
}

/** Adds a user, which is quiesced if the node is. */
export function addUser(node: BlockNode, user: NodeUser): void {
  node.users.push(user);
  for (let i = sectionsFor(node, user); i > 0; i--) user.drainedBegin();
}

/** Removes a user and ends for it the drained sections of the node. */
export function removeUser(node: BlockNode, user: NodeUser): void {
  const i = node.users.indexOf(user);
  if (i < 0) return;
  node.users.splice(i, 1);
  for (let k = sectionsFor(node, user); k > 0; k--) user.drainedEnd();
}

const sectionsFor = ({ quiesceCounter, allSections }: BlockNode, { kind }: NodeUser): number =>
  kind === 'node' ? quiesceCounter - allSections : quiesceCounter;

/** bdrv_op_is_blocked: why no job may use the node, or null. */
export function refuseBusy(node: BlockNode): string | null {
  const blocked = node.users.find((user) => user.blocker !== null);
  return blocked === undefined
    ? null
    : `Node '${deviceOrNodeName(node)}' is busy: ${String(blocked.blocker)}`;
}

export const READ_ONLY = 'Block node is read-only';

/** Why nobody may write to the node, or null: it is read-only, or one that it writes to is. */
export function refuseWriting(node: BlockNode): string | null {
  if (node.readOnly) return READ_ONLY;
  const below = primaryChild(node);
  return below === undefined ? null : refuseWriting(below);
}

/** The image that rests on the node. */
export const overlayOf = (node: BlockNode): BlockNode | undefined =>
  node.users.findLast(({ parent }) => parent !== null && childNode(parent, 'backing') === node)
    ?.parent ?? undefined;

/** Why a node on which an image rests may be neither deleted nor mirrored over, or null. */
export function refuseBacking(node: BlockNode): string | null {
  const overlay = overlayOf(node);
  return overlay === undefined
    ? null
    : `Node '${deviceOrNodeName(node)}' is busy: node is used as backing hd of '${deviceOrNodeName(overlay)}'`;
}

/** The name of the drive on the node; without a drive, the node's own name. */
export function deviceOrNodeName(node: BlockNode): string {
  const blk = node.layer.backends.find((backend) => backend.node === node && backend.name !== '');
  return blk?.name ?? node.name;
}

/** Skips unnamed filters of jobs and returns the node below. */
export function skipImplicit(node: BlockNode): BlockNode {
  const below = node.implicit ? primaryChild(node) : undefined;
  return below === undefined ? node : skipImplicit(below);
}

/** bdrv_co_preadv and its kin: counts the request, passes it to the driver, and records what was written. */
export function submitRequest(node: BlockNode, given: BlockRequest, complete: Complete): void {
  if (given.op === 'discard' && !passesDiscard(node, given)) {
    complete(null);
    return;
  }
  const request = node.detectZeroes === 'off' ? given : detectZeroes(node, given);
  node.inFlight++;
  const { op } = request;
  if (node.writeThreshold > 0 && (op === 'write' || op === 'write-zeroes'))
    checkWriteThreshold(node, request);
  const finish = (ret: Errno | null): void => {
    // Data that copy-on-read keeps is no write of anybody.
    if (request.op !== 'read' && request.op !== 'flush' && request.onlyNew !== true) {
      node.writeGen++;
      if (request.op !== 'discard')
        node.highestWrite = Math.max(node.highestWrite, request.offset + request.bytes);
      for (const bitmap of node.dirtyBitmaps)
        if (bitmap.recording) setDirty(bitmap, request.offset, request.bytes);
    }
    assert(node.inFlight > 0, 'a request ends once');
    node.inFlight--;
    kickMain(node.layer.main);
    complete(ret);
  };
  if (request.op === 'flush') flushNode(node, request, finish);
  else node.driver.submit(node, request, finish);
}

/** The request of a node to the one below: it unmaps only if that one may. Mirrors bdrv_co_pwrite_zeroes, which jobs do not go through. */
export function passDown(below: BlockNode, request: BlockRequest, complete: Complete): void {
  const keeps = request.mayUnmap === true && !below.unmaps;
  submitRequest(below, keeps ? { ...request, mayUnmap: false } : request, complete);
}

/** BLKDBG_EVENT: tells blkdebug what a request is about to do; it goes on at once unless a breakpoint holds it. */
export function debugEvent(node: BlockNode | undefined, event: string, goOn: () => void): void {
  if (node?.driver.debugEvent === undefined) goOn();
  else node.driver.debugEvent(node, event, goOn);
}

/** Notes that an image has written a table to its file, which is no request here. */
export function noteWrite(node: BlockNode, offset: number, bytes: number): void {
  node.driver.tableWritten?.(node, offset, bytes);
  node.writeGen++;
  node.highestWrite = Math.max(node.highestWrite, offset + bytes);
  if (node.writeThreshold > 0) checkWriteThreshold(node, { offset, bytes });
  const below = primaryChild(node);
  if (below !== undefined) noteWrite(below, offset, bytes);
}

/** bdrv_write_threshold_check_write */
function checkWriteThreshold(
  node: BlockNode,
  { offset, bytes }: Pick<BlockRequest, 'offset' | 'bytes'>,
): void {
  const threshold = node.writeThreshold;
  const exceeded = offset + bytes - threshold;
  if (exceeded <= 0) return;
  node.writeThreshold = 0;
  node.layer.emit('BLOCK_WRITE_THRESHOLD', {
    'node-name': node.name,
    'amount-exceeded': exceeded,
    'write-threshold': threshold,
  });
}

const passesDiscard = ({ unmaps, driver }: BlockNode, { bytes }: BlockRequest): boolean =>
  unmaps && driver.passesDiscards === true && bytes > 0;

/** Makes a write of nothing but zeroes a `write-zeroes`, if the driver knows that. Mirrors bdrv_aligned_pwritev. */
function detectZeroes(node: BlockNode, request: BlockRequest): BlockRequest {
  const { op, data } = request;
  if (op !== 'write' || data === null || node.driver.writesZeroes === false) return request;
  if (data.some((byte) => byte !== 0)) return request;
  const mayUnmap = node.detectZeroes === 'unmap' || request.mayUnmap === true;
  return { ...request, op: 'write-zeroes', data: null, mayUnmap };
}

/** bdrv_co_flush: one at a time, and no further than what was written by the time it was asked for. */
function flushNode(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const gen = node.writeGen;
  node.flushes.push(() => {
    flushNow(node, { request, gen }, (ret) => {
      complete(ret);
      node.flushes.shift();
      node.flushes[0]?.();
    });
  });
  if (node.flushes.length === 1) node.flushes[0]?.();
}

function flushNow(
  node: BlockNode,
  { request, gen }: { readonly request: BlockRequest; readonly gen: number },
  complete: Complete,
): void {
  const flushChildren = (index: number): void => {
    const child = node.children[index];
    if (child === undefined) {
      node.flushedGen = gen;
      complete(null);
      return;
    }
    if (!mayWrite(node, child.node)) {
      flushChildren(index + 1);
      return;
    }
    submitRequest(child.node, request, (ret) =>
      ret === null ? flushChildren(index + 1) : complete(ret),
    );
  };
  const below = primaryChild(node);
  if (node.driver.isFilter === true && below !== undefined) {
    submitRequest(below, request, complete);
    return;
  }
  debugEvent(below, 'flush_to_os', () => {
    if (gen === node.flushedGen) flushChildren(0);
    else
      debugEvent(below, 'flush_to_disk', () =>
        node.driver.submit(node, request, (ret) =>
          ret === null ? flushChildren(0) : complete(ret),
        ),
      );
  });
}

/** True if the node may write to the one below: only then it can hold something that a flush must write. */
const mayWrite = (node: BlockNode, below: BlockNode): boolean =>
  below.users.some(
    (user) =>
      user.parent === node &&
      user.edges(below).some(({ needs }) => (needs & (RIGHT.write | RIGHT.writeUnchanged)) !== 0),
  );

/** Counts a discard that the host has answered. Mirrors block/file-posix.c: raw_account_discard. */
export function countDiscard({ discarded }: BlockNode, bytes: number, errno: Errno | null): void {
  if (errno === null) {
    discarded.ok++;
    discarded.bytes += bytes;
  } else discarded.failed++;
}

export const flushRequest: BlockRequest = { op: 'flush', offset: 0, bytes: 0, data: null };

/** Asks all users to stop submitting, the newest first; does not wait. */
export function quiesceNode(node: BlockNode): void {
  if (node.quiesceCounter++ === 0) node.driver.drainBegin?.(node);
  for (let i = node.users.length - 1; i >= 0; i--) node.users[i]?.drainedBegin();
}

/** bdrv_drained_end: ends a drained section. */
export function drainedEnd(node: BlockNode): void {
  assert(node.sections > 0, 'a drained section ends once');
  node.sections--;
  unquiesceNode(node);
}

export function unquiesceNode(node: BlockNode): void {
  assert(node.quiesceCounter > 0, 'what was made silent may speak again');
  if (--node.quiesceCounter === 0) node.driver.drainEnd?.(node);
  // A copy, because users may be removed or added in the loop.
  for (const user of node.users.toReversed()) user.drainedEnd();
}

/** True while requests are under way at the node or may still arrive. */
export const drainPoll = (node: BlockNode): boolean =>
  node.users.some((user) => user.drainedPoll()) || node.inFlight > 0;

/** bdrv_drained_begin: from here to `drainedEnd` no user submits anything. Nodes below are not affected. */
export function* drainedBegin(node: BlockNode): Blocking<void> {
  beginSection(node);
  yield* pollUntil(() => !drainPoll(node));
}

/** The deletion of a backend drains its node twice: once for its requests, once to detach from it. */
export function* drainTwice(node: BlockNode): Blocking<void> {
  for (let i = 0; i < 2; i++) {
    yield* drainedBegin(node);
    drainedEnd(node);
  }
}

/** Begins a drained section in code that can't wait and knows that nothing is under way. */
export function beginSection(node: BlockNode): void {
  node.sections++;
  quiesceNode(node);
}

/** bdrv_drain_all: drains every node at once, so that filters release the requests they hold back. */
export function* drainAll(layer: BlockLayer): Blocking<void> {
  const nodes = yield* drainAllBegin(layer);
  for (const node of nodes) {
    assert(node.allSections > 0, 'a drained section ends once');
    node.allSections--;
    if (--node.quiesceCounter === 0) node.driver.drainEnd?.(node);
    for (const user of node.users.toReversed()) if (user.kind !== 'node') user.drainedEnd();
  }
}

/** bdrv_drain_all_begin: returns the nodes whose sections are to be ended. Each node quiesces only backends and jobs. */
export function* drainAllBegin(layer: BlockLayer): Blocking<readonly BlockNode[]> {
  const nodes = [...layer.nodes.values()];
  for (const node of nodes) {
    node.allSections++;
    if (node.quiesceCounter++ === 0) node.driver.drainBegin?.(node);
    for (const user of node.users.toReversed()) if (user.kind !== 'node') user.drainedBegin();
  }
  yield* pollUntil(() => !nodes.some(drainPoll));
  return nodes;
}

/** bdrv_next: the nodes of backends, then those that were added by name; what is below them is reached through them. */
function topNodes({ backends, nodes }: BlockLayer): Set<BlockNode> {
  const added = [...nodes.values()].filter(({ monitorOwned }) => monitorOwned);
  return new Set([...backends.map(({ node }) => node), ...added]);
}

/** bdrv_flush_all. Errors are dropped, because the VM is stopping anyway. */
export function* flushAll(layer: BlockLayer): Blocking<void> {
  for (const node of topNodes(layer)) {
    let pending = true;
    submitRequest(node, flushRequest, () => {
      pending = false;
    });
    yield* pollUntil(() => !pending);
  }
}
