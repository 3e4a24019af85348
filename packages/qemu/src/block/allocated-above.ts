// allocated-above.ts — Finds the image of a chain that holds a piece of data. Mirrors block/io.c: bdrv_is_allocated_above.
import type { Allocation } from './block-driver.ts';
import type { BlockNode } from './node.ts';
import { childNode, nodeLength, primaryChild } from './node.ts';

/** Whether the data at `offset` is allocated in `node` or in an image below it, above `base`. */
export function allocatedAbove(
  node: BlockNode,
  base: BlockNode | null,
  { offset, bytes }: { readonly offset: number; readonly bytes: number },
): Allocation {
  let run = bytes;
  for (let at: BlockNode | undefined = node; at !== undefined && at !== base;) {
    const left = nodeLength(at) - offset;
    // Zeroes that an image reads because the one below is too short count as held by the latter.
    if (left <= 0 && at !== node) return { allocated: true, zero: true, bytes: run };
    if (at !== node) run = Math.min(run, left);
    if (at.driver.isFilter === true) {
      at = primaryChild(at);
      continue;
    }
    const here: Allocation = at.driver.allocation?.(at, offset, run) ?? {
      allocated: true,
      bytes: run,
    };
    if (here.allocated) return here;
    run = here.bytes;
    at = childNode(at, 'backing');
  }
  return { allocated: false, bytes: run };
}
