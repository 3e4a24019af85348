// check-quiesce.ts — Checks an invariant: every quiesced node was quiesced by drained sections that are still open.
import { assert } from '@dmsim/sim';

import type { BlockLayer } from './block-layer.ts';

/**
 * Checks that each node is quiesced by exactly its own open sections and those of the nodes below, and each backend by its node's.
 * With no open section all counts are zero. A wrong count would leave a guest's requests waiting for ever.
 */
export function checkQuiesceCounts(layer: BlockLayer): void {
  for (const node of layer.nodes.values()) {
    const expected = node.children.reduce((sum, child) => sum + child.node.quiesceCounter, 0);
    assert(
      node.quiesceCounter === node.sections + expected,
      `node ${node.name} is silent ${node.quiesceCounter} times, for ${node.sections} sections of its own and ${expected} below`,
    );
  }
  for (const blk of layer.backends)
    assert(
      blk.quiesceCounter === blk.node.quiesceCounter,
      `backend '${blk.name}' is silent ${blk.quiesceCounter} times, its node ${blk.node.quiesceCounter} times`,
    );
}
