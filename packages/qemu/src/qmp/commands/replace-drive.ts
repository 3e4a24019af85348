// replace-drive.ts — qom-set of the drive of a disk: it goes on with another node. Mirrors hw/core/qdev-properties-system.c: set_drive_helper.
import type { Blocking } from '../../aio/main-loop.ts';
import type { BlockBackend } from '../../block/backend.ts';
import { closeNode } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import { addUser, drainedBegin, drainedEnd, removeUser } from '../../block/node.ts';
import { refuseRights } from '../../block/permissions.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult } from '../command.ts';
import { failure, notSimulated, outcome } from '../command.ts';
import type { Json } from '../json.ts';

/** Puts the disk on the node of that name, which must be on the same thread. */
export function* replaceDrive(
  { layer }: Vm,
  blk: BlockBackend,
  value: Json,
): Blocking<CommandResult> {
  if (typeof value !== 'string')
    return failure("Invalid parameter type for 'drive', expected: string");
  const node = layer.nodes.get(value);
  if (node === undefined) return failure(`Cannot find device='' nor node-name='${value}'`);
  if (node.ctx !== blk.ctx) return failure('Different aio context is not supported for new node');
  // QEMU 7.2 aborts.
  if (node === blk.node)
    return notSimulated(`qom-set of the node '${value}', which the disk has already`);
  return outcome(yield* replaceNodeOf(blk, node));
}

/** blk_replace_bs. Returns the refusal, or null. */
function* replaceNodeOf(blk: BlockBackend, to: BlockNode): Blocking<string | null> {
  const from = blk.node;
  yield* drainedBegin(from);
  yield* drainedBegin(to);
  move(blk, to);
  const why = refuseRights(from) ?? refuseRights(to);
  if (why !== null) move(blk, from);
  drainedEnd(from);
  drainedEnd(to);
  // The node of a drive goes with it.
  if (why === null && !from.monitorOwned) closeNode(from);
  return why;
}

/** The backend stays drained, as both nodes are. */
function move(blk: BlockBackend, to: BlockNode): void {
  const from = blk.node;
  addUser(to, blk.user);
  blk.node = to;
  removeUser(from, blk.user);
}
