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

/** Who uses a node and must fall silent when it is drained: a backend, a job, a node above. */
export interface NodeUser {
  readonly kind: 'backend' | 'job' | 'node';
  /** The node above, where that is the user. */
  readonly parent: BlockNode | null;
  /** What a job forbids others to do here: "block device is in use by block job: mirror". Null: nothing. */
  readonly blocker: string | null;
  /** The node is replaced, and its user goes on with the other one. Null: a job stays where it is. */
  readonly follow: ((from: BlockNode, to: BlockNode) => void) | null;
  drainedBegin(): void;
  drainedEnd(): void;
  /** True: requests may still come from there. */
  drainedPoll(): boolean;
}

export interface BlockNode {
  readonly layer: BlockLayer;
  readonly name: string;
  readonly autoNamed: boolean;
  readonly driver: BlockDriver;
  readonly options: JsonObject;
  readonly state: unknown;
  readonly children: BlockChild[];
  readonly users: NodeUser[];
  /** Opened by blockdev-add or -blockdev: stays until blockdev-del. */
  monitorOwned: boolean;
  /** A pivot gives the target what the source was. */
  readOnly: boolean;
  ctx: AioContext;
  /** Drained sections: its own, and those of each node below. */
  quiesceCounter: number;
  /** Those that were begun here. */
  sections: number;
  inFlight: number;
  /** Counts writes; a flush that finds nothing written since the last one does not go down. */
  writeGen: number;
  flushedGen: number;
  readonly dirtyBitmaps: DirtyBitmap[];
  /** The end of the furthest write there was. */
  highestWrite: number;
  /** A job put it there and gave it no name: queries look through it. */
  readonly implicit: boolean;
}

export const nodeLength = (node: BlockNode): number => node.driver.length(node);

export const childNode = (node: BlockNode, role: string): BlockNode | undefined =>
  node.children.find((child) => child.role === role)?.node;

/** The child a filter or format node is about: `file`, or blkdebug's `image`. */
export const primaryChild = (node: BlockNode): BlockNode | undefined =>
  childNode(node, 'file') ?? childNode(node, 'image');

/** From now on it is a user, as silent as the node is. */
export function addUser(node: BlockNode, user: NodeUser): void {
  node.users.push(user);
  for (let i = 0; i < node.quiesceCounter; i++) user.drainedBegin();
}

/** No user any more: what the node's drained sections took from it, it gets back. */
export function removeUser(node: BlockNode, user: NodeUser): void {
  const i = node.users.indexOf(user);
  if (i < 0) return;
  node.users.splice(i, 1);
  for (let k = 0; k < node.quiesceCounter; k++) user.drainedEnd();
}

/** Why no job may use the node, or null: bdrv_op_is_blocked. */
export function refuseBusy(node: BlockNode): string | null {
  const blocked = node.users.find((user) => user.blocker !== null);
  return blocked === undefined
    ? null
    : `Node '${deviceOrNodeName(node)}' is busy: ${String(blocked.blocker)}`;
}

/** The name of the drive that lies on the node; without one, the node's own. */
export function deviceOrNodeName(node: BlockNode): string {
  const blk = node.layer.backends.find((backend) => backend.node === node && backend.name !== '');
  return blk?.name ?? node.name;
}

/** The node below filters that jobs put there without a name. */
export function skipImplicit(node: BlockNode): BlockNode {
  const below = node.implicit ? primaryChild(node) : undefined;
  return below === undefined ? node : skipImplicit(below);
}

/** bdrv_co_preadv and its kin: counts the request, passes it to the driver, notes what was written. */
export function submitRequest(node: BlockNode, request: BlockRequest, complete: Complete): void {
  node.inFlight++;
  const finish = (ret: Errno | null): void => {
    if (request.op !== 'read' && request.op !== 'flush') {
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

function flushNode(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const gen = node.writeGen;
  const flushChildren = (index: number): void => {
    const child = node.children[index];
    if (child === undefined) {
      node.flushedGen = gen;
      complete(null);
      return;
    }
    if (child.node.readOnly || child.role === 'backing') {
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
  if (gen === node.flushedGen) {
    flushChildren(0);
    return;
  }
  const primary = primaryChild(node);
  primary?.driver.debugEvent?.(primary, 'flush_to_disk');
  node.driver.submit(node, request, (ret) => (ret === null ? flushChildren(0) : complete(ret)));
}

export const flushRequest: BlockRequest = { op: 'flush', offset: 0, bytes: 0, data: null };

/** Asks all users for silence; does not wait. */
export function quiesceNode(node: BlockNode): void {
  if (node.quiesceCounter++ === 0) node.driver.drainBegin?.(node);
  for (const user of node.users) user.drainedBegin();
}

/** bdrv_drained_end */
export function drainedEnd(node: BlockNode): void {
  assert(node.sections > 0, 'a drained section ends once');
  node.sections--;
  unquiesceNode(node);
}

export function unquiesceNode(node: BlockNode): void {
  assert(node.quiesceCounter > 0, 'what was made silent may speak again');
  if (--node.quiesceCounter === 0) node.driver.drainEnd?.(node);
  // A user may leave, or come, while another is told.
  for (const user of node.users.slice()) user.drainedEnd();
}

/** True while something is under way there or may still come. */
export const drainPoll = (node: BlockNode): boolean =>
  node.users.some((user) => user.drainedPoll()) || node.inFlight > 0;

/** bdrv_drained_begin: from here to `drainedEnd` no user submits anything. What is below the node is not told. */
export function* drainedBegin(node: BlockNode): Blocking<void> {
  beginSection(node);
  yield* pollUntil(() => !drainPoll(node));
}

/** The same for code that can't wait, and that knows that nothing is under way. */
export function beginSection(node: BlockNode): void {
  node.sections++;
  quiesceNode(node);
}

/** bdrv_drain_all: every node at once, so that filters which hold requests back let them go. */
export function* drainAll(layer: BlockLayer): Blocking<void> {
  const nodes = yield* drainAllBegin(layer);
  for (const node of nodes) drainedEnd(node);
}

/** bdrv_drain_all_begin: the nodes whose sections are to be ended. */
export function* drainAllBegin(layer: BlockLayer): Blocking<readonly BlockNode[]> {
  const nodes = [...layer.nodes.values()];
  for (const node of nodes) beginSection(node);
  yield* pollUntil(() => !nodes.some(drainPoll));
  return nodes;
}

/** bdrv_flush_all. Its errors go nowhere: the VM is stopping anyway. */
export function* flushAll(layer: BlockLayer): Blocking<void> {
  for (const node of layer.nodes.values()) {
    let pending = true;
    submitRequest(node, flushRequest, () => {
      pending = false;
    });
    yield* pollUntil(() => !pending);
  }
}
