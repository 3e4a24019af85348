// check-quiesce.ts — Checks an invariant: every quiesced node was quiesced by drained sections that are still open.
import { assert } from '@dmsim/sim';

import type { BlockLayer } from './block-layer.ts';

/**
 * Checks that each node is quiesced by exactly its own open sections and those of the nodes below, and each backend by its node's.
 * With no open section all counts are zero. A wrong count would leave a guest's requests waiting for ever.
 */
export function checkQuiesceCounts(layer: BlockLayer): void {
  const wrong = wrongQuiesceCount(layer);
  assert(wrong === null, wrong ?? '');
}

/** The first wrong count in words, or null. */
export function wrongQuiesceCount(layer: BlockLayer): string | null {
  for (const node of layer.nodes.values()) {
    const expected = node.children.reduce(
      (sum, child) => sum + child.node.quiesceCounter - child.node.allSections,
      0,
    );
    const own = node.sections + node.allSections;
    if (node.quiesceCounter !== own + expected)
      return `node ${node.name} is silent ${node.quiesceCounter} times, for ${own} sections of its own and ${expected} below`;
  }
  const blk = layer.backends.find((each) => each.quiesceCounter !== each.node.quiesceCounter);
  return blk === undefined
    ? null
    : `backend '${blk.name}' is silent ${blk.quiesceCounter} times, its node ${blk.node.quiesceCounter} times`;
}

/** A drained section that nobody will end, in words: nothing in the main thread waits, and no job runs. Or null. */
export function forgottenSection({ main, nodes }: BlockLayer): string | null {
  if (main.frames.length > 0) return null;
  const drained = [...nodes.values()].find(
    ({ sections, allSections }) => sections + allSections > 0,
  );
  return drained === undefined ? null : `node ${drained.name} is drained for ever`;
}
