// flush-table.ts — Flushes of an image's file that are no requests here, because its tables are not written by requests. Mirrors block/qcow2-cache.c: qcow2_cache_flush.
import type { Errno } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import type { BlockNode } from './node.ts';
import { primaryChild } from './node.ts';

/** An image flushes its file because of a table, which is no request here. Returns the error that this meets, or null. */
export function flushTable(node: BlockNode): Errno | null {
  const errno =
    node.flushedGen === node.writeGen ? null : (node.driver.tableFlushed?.(node) ?? null);
  if (errno !== null) return errno;
  node.flushedGen = node.writeGen;
  const below = primaryChild(node);
  return below === undefined ? null : flushTable(below);
}

/** The same where it is not simulated what becomes of an error. */
export function flushTableForGood(node: BlockNode): void {
  if (flushTable(node) !== null)
    throw new NotSupported('qemu', 0, 'an error of blkdebug when an image flushes its tables');
}
