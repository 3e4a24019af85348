// discard-freed.ts — An image discards what it no longer needs in its file. Errors are nobody's. Mirrors block/qcow2-refcount.c: qcow2_process_discards.
import type { Blocking } from '../aio/main-loop.ts';
import { pollUntil } from '../aio/main-loop.ts';
import type { BlockNode } from '../block/node.ts';
import { submitRequest } from '../block/node.ts';
import type { FreedRun } from '../block/qcow2-freed.ts';
import { fileOf } from './raw.ts';

/** Discards one run after the other, and waits for them. */
export function* discardFreed(node: BlockNode, runs: readonly FreedRun[]): Blocking<void> {
  for (const run of runs) {
    let pending = true;
    submitDiscards(node, [run], () => {
      pending = false;
    });
    yield* pollUntil(() => !pending);
  }
}

/** Discards the runs; `done` is called at the end of each. */
export function submitDiscards(
  node: BlockNode,
  runs: readonly FreedRun[],
  done: () => void = () => undefined,
): void {
  for (const { offset, bytes } of runs)
    submitRequest(fileOf(node), { op: 'discard', offset, bytes, data: null }, done);
}
