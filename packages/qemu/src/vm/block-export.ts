// block-export.ts — The end of exports: one by one, or all when QEMU quits. Mirrors block/export/export.c.
import type { Blocking } from '../aio/main-loop.ts';
import type { DirtyBitmap } from '../block/dirty-bitmap.ts';
import { closeNode } from '../block/graph.ts';
import { drainTwice } from '../block/node.ts';
import type { RootUser } from '../block/root-user.ts';
import { removeRootUser } from '../block/root-user.ts';
import type { Vm } from './vm.ts';

/** A node that NBD clients could use. */
export interface BlockExport {
  readonly id: string;
  readonly name: string;
  readonly root: RootUser;
  /** Those that clients see, which nobody else may use. */
  readonly bitmaps: readonly DirtyBitmap[];
}

/** The end of the export's backend drains the node. */
export function* deleteExport(vm: Vm, deleted: BlockExport): Blocking<void> {
  vm.exports.splice(vm.exports.indexOf(deleted), 1);
  yield* drainTwice(deleted.root.node);
  for (const bitmap of deleted.bitmaps) bitmap.busy = false;
  removeRootUser(deleted.root);
  if (!deleted.root.node.monitorOwned) closeNode(deleted.root.node);
  vm.layer.emit('BLOCK_EXPORT_DELETED', { id: deleted.id });
}

/** blk_exp_close_all: the oldest first. */
export function* closeExports(vm: Vm): Blocking<void> {
  for (const each of vm.exports.slice()) yield* deleteExport(vm, each);
}
