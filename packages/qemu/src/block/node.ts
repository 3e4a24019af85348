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
  /** As a refusal names it: "block device is in use by block job: mirror". */
  readonly use: string | null;
  /** Counts as the node's root (a job's own filter does not). */
  readonly isRoot: boolean;
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
  readonly readOnly: boolean;
  ctx: AioContext;
  quiesceCounter: number;
  inFlight: number;
  /** Counts writes; a flush that finds nothing written since the last one does not go down. */
  writeGen: number;
  flushedGen: number;
  readonly dirtyBitmaps: DirtyBitmap[];
  /** The source of a running mirror or commit: no second job may start here. */
  jobFilter: string | null;
}

export const nodeLength = (node: BlockNode): number => node.driver.length(node);

export const childNode = (node: BlockNode, role: string): BlockNode | undefined =>
  node.children.find((child) => child.role === role)?.node;

/** The child a filter or format node is about: `file`, or blkdebug's `image`. */
export const primaryChild = (node: BlockNode): BlockNode | undefined =>
  childNode(node, 'file') ?? childNode(node, 'image');

/** bdrv_co_preadv and its kin: counts the request, passes it to the driver, notes what was written. */
export function submitRequest(node: BlockNode, request: BlockRequest, complete: Complete): void {
  node.inFlight++;
  const finish = (ret: Errno | null): void => {
    if (request.op !== 'read' && request.op !== 'flush') {
      node.writeGen++;
      for (const bitmap of node.dirtyBitmaps) setDirty(bitmap, request.offset, request.bytes);
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
function quiesceNode(node: BlockNode): void {
  if (node.quiesceCounter++ === 0) node.driver.drainBegin?.(node);
  for (const user of node.users) user.drainedBegin();
}

export function drainedEnd(node: BlockNode): void {
  assert(node.quiesceCounter > 0, 'a drained section ends once');
  if (--node.quiesceCounter === 0) node.driver.drainEnd?.(node);
  // A user may leave, or come, while another is told.
  for (const user of node.users.slice()) user.drainedEnd();
}

/** True while something is under way there or may still come. */
export const drainPoll = (node: BlockNode): boolean =>
  node.users.some((user) => user.drainedPoll()) || node.inFlight > 0;

/** bdrv_drained_begin: from here to `drainedEnd` no user submits anything. What is below the node is not told. */
export function* drainedBegin(node: BlockNode): Blocking<void> {
  quiesceNode(node);
  yield* pollUntil(() => !drainPoll(node));
}

/** bdrv_drain_all: every node at once, so that filters which hold requests back let them go. */
export function* drainAll(layer: BlockLayer): Blocking<void> {
  const nodes = [...layer.nodes.values()];
  for (const node of nodes) quiesceNode(node);
  yield* pollUntil(() => !nodes.some(drainPoll));
  for (const node of nodes) drainedEnd(node);
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
