// drain-subtree.ts — Drains a node and all below it, whose other users pause too. Mirrors block/io.c: bdrv_subtree_drained_begin.
import type { Blocking } from '../aio/main-loop.ts';
import { pollUntil } from '../aio/main-loop.ts';
import type { BlockNode } from './node.ts';
import { beginSection, drainedEnd, drainPoll } from './node.ts';

/** Returns the nodes whose sections are to be ended. */
export function* drainSubtree(top: BlockNode): Blocking<readonly BlockNode[]> {
  const nodes = subtree(top);
  for (const node of nodes) beginSection(node);
  yield* pollUntil(() => !nodes.some(drainPoll));
  return nodes;
}

/** Drains what has come below the node meanwhile. Mirrors bdrv_apply_subtree_drain. */
export function* drainNew(
  top: BlockNode,
  known: ReadonlySet<BlockNode>,
): Blocking<readonly BlockNode[]> {
  const drained: BlockNode[] = [];
  for (const { node } of top.children) {
    const more = known.has(node) ? yield* drainNew(node, known) : yield* drainSubtree(node);
    drained.push(...more);
  }
  return drained;
}

const subtree = (node: BlockNode): BlockNode[] => [
  node,
  ...node.children.flatMap((child) => subtree(child.node)),
];

export function endSections(nodes: readonly BlockNode[]): void {
  for (const node of nodes) drainedEnd(node);
}
