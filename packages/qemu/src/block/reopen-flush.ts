// reopen-flush.ts — A reopen flushes the nodes first, and fails if one can't be flushed. Mirrors block.c: bdrv_reopen_multiple, bdrv_reopen_set_read_only.
import type { Errno } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import type { Blocking } from '../aio/main-loop.ts';
import { pollUntil } from '../aio/main-loop.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import { drainSubtree, endSections } from './drain-subtree.ts';
import { setReadOnly } from './graph.ts';
import type { BlockNode } from './node.ts';
import { flushRequest, submitRequest } from './node.ts';

/** Flushes a node, and waits for it. */
export function* flushAndWait(node: BlockNode): Blocking<Errno | null> {
  let pending = true;
  let errno: Errno | null = null;
  submitRequest(node, flushRequest, (ret) => {
    errno = ret;
    pending = false;
  });
  yield* pollUntil(() => !pending);
  return errno;
}

/**
 * Flushes a node and those that were opened for it, without a child whose place another node takes by the new options, if there are any.
 * Returns the refusal, or null.
 */
export function* flushForReopen(
  node: BlockNode,
  options: JsonObject = {},
): Blocking<string | null> {
  const errno = yield* flushAndWait(node);
  if (errno !== null) return `Error flushing drive: ${strerror(errno)}`;
  for (const { role, node: child } of node.children) {
    const given = options[role];
    const isReplaced = given === null || (typeof given === 'string' && given !== child.name);
    if (child.monitorOwned || isReplaced) continue;
    const why = yield* flushForReopen(child, isJsonObject(given) ? given : {});
    if (why !== null) return why;
  }
  return null;
}

/** Makes a node read-only or writable at the end of a command or a job. It stays as it is if it can't be flushed. */
export function* reopenReadOnly(node: BlockNode, value: boolean): Blocking<void> {
  const drained = yield* drainSubtree(node);
  if ((yield* flushForReopen(node)) === null) setReadOnly(node, value);
  endSections(drained);
}
