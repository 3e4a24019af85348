// check-quiesce.ts — An invariant: what was made silent was made so by drained sections that are still open, and by nothing else.
import { assert } from '@dmsim/sim';

import type { BlockLayer } from './block-layer.ts';

/**
 * Every node is as silent as its own open sections and those of the nodes below it make it, and every backend as its node.
 * With no section open all counts are zero: a count that is lost is a guest whose requests wait for ever.
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
