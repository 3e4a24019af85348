// block-export.ts — The end of exports: one by one, or all when QEMU quits. Mirrors block/export/export.c.
import type { DirtyBitmap } from '../block/dirty-bitmap.ts';
import { closeNode } from '../block/graph.ts';
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

export function deleteExport(vm: Vm, deleted: BlockExport): void {
  vm.exports.splice(vm.exports.indexOf(deleted), 1);
  for (const bitmap of deleted.bitmaps) bitmap.busy = false;
  removeRootUser(deleted.root);
  if (!deleted.root.node.monitorOwned) closeNode(deleted.root.node);
  vm.layer.emit('BLOCK_EXPORT_DELETED', { id: deleted.id });
}

/** blk_exp_close_all: the oldest first. */
export function closeExports(vm: Vm): void {
  for (const each of vm.exports.slice()) deleteExport(vm, each);
}
