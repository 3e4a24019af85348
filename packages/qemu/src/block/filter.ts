// filter.ts — Inserts and removes the filter nodes that jobs put above other nodes while they run. Mirrors block.c: bdrv_append, bdrv_insert_node.
import { assert } from '@dmsim/sim';

import type { Blocking } from '../aio/main-loop.ts';
import { refuseReplacing } from '../drivers/copy-on-read.ts';
import { jsonObject } from '../qmp/json.ts';
import type { BlockDriver } from './block-driver.ts';
import type { BlockLayer } from './block-layer.ts';
import { addNode, closeNode, refuseName, replaceNode } from './graph.ts';
import type { BlockNode } from './node.ts';
import { drainedBegin, drainedEnd, primaryChild, removeUser } from './node.ts';
import { refuseRights } from './permissions.ts';

export interface FilterOptions {
  readonly driver: BlockDriver;
  /** Undefined: QEMU names it `#block…`. */
  readonly name: string | undefined;
  /** True if queries look through the filter while it has no name of its user's. */
  readonly hidden: boolean;
  readonly readOnly?: boolean;
  readonly below: BlockNode;
  /** Another node that the filter writes to: the target of a backup. */
  readonly target?: BlockNode;
  readonly state: unknown;
}

/** Creates a filter that nobody uses before `insertFilter`. A string is the refusal. */
export function createFilter(layer: BlockLayer, options: FilterOptions): BlockNode | string {
  const { driver, name, hidden, readOnly = false, below, target, state } = options;
  const problem = refuseName(layer, name ?? null);
  if (problem !== null) return problem;
  const children = [{ role: 'file', node: below }];
  if (target !== undefined) children.push({ role: 'target', node: target });
  const filter = addNode(layer, {
    name: name ?? null,
    driver,
    options: readOnly ? { 'read-only': true } : jsonObject(),
    state,
    children,
    implicit: hidden && name === undefined,
  });
  const conflict = target === undefined ? null : refuseRights(target);
  if (conflict === null) return filter;
  removeFilter(filter);
  return conflict;
}

/** bdrv_replace_node: moves the users of the node below to the filter. The node is drained meanwhile. A refusal removes the filter; null means success. */
export function* insertFilter(filter: BlockNode): Blocking<string | null> {
  const below = belowFilter(filter);
  yield* drainedBegin(below);
  const frozen = refuseReplacing(below, filter);
  if (frozen === null) replaceNode(below, filter);
  const why = frozen ?? refuseRights(filter);
  drainedEnd(below);
  if (why !== null) removeFilter(filter);
  return why;
}

/** bdrv_drop_filter: the same while the filter is drained, which pauses the jobs above it. */
export function* dropFilter(filter: BlockNode): Blocking<void> {
  yield* drainedBegin(filter);
  removeFilter(filter);
  drainedEnd(filter);
}

/** Moves the filter's users back to the node below. */
export function removeFilter(filter: BlockNode): void {
  const below = belowFilter(filter);
  replaceNode(filter, below);
  filter.layer.nodes.delete(filter.name);
  for (const child of filter.children.splice(0)) removeUser(child.node, filter.asUser);
  // An image of a snapshot that was taken below the filter may have had no other user.
  if (!below.monitorOwned) closeNode(below);
}

function belowFilter(filter: BlockNode): BlockNode {
  const below = primaryChild(filter);
  assert(below !== undefined, 'a filter lies on a node');
  return below;
}
