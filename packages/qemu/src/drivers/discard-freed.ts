// discard-freed.ts — An image discards what it no longer needs in its file. Errors are nobody's. Mirrors block/qcow2-refcount.c: qcow2_process_discards.
import type { Blocking } from '../aio/main-loop.ts';
import { pollUntil } from '../aio/main-loop.ts';
import type { BlockNode } from '../block/node.ts';
import { submitRequest } from '../block/node.ts';
import type { FreedRun } from '../block/qcow2-freed.ts';
import { optionalFlag } from './options.ts';
import { fileOf } from './raw.ts';

/** True if discards of the image's users reach its file. */
export const passesRequests = ({ options, unmaps }: BlockNode): boolean =>
  optionalFlag(options['pass-discard-request']) ?? unmaps;

/** True if what only a snapshot used is discarded. */
export const passesSnapshots = ({ options }: BlockNode): boolean =>
  optionalFlag(options['pass-discard-snapshot']) ?? true;

/** Discards one run after the other, and waits for them. */
export function* discardFreed(node: BlockNode, runs: readonly FreedRun[]): Blocking<void> {
  let pending = true;
  submitDiscards(node, runs, () => {
    pending = false;
  });
  yield* pollUntil(() => !pending);
}

/** Discards one run after the other; `done` is called at the end. */
export function submitDiscards(
  node: BlockNode,
  [run, ...rest]: readonly FreedRun[],
  done: () => void = () => undefined,
): void {
  if (run === undefined) {
    done();
    return;
  }
  const { offset, bytes } = run;
  submitRequest(fileOf(node), { op: 'discard', offset, bytes, data: null }, () =>
    submitDiscards(node, rest, done),
  );
}
