// resize.ts — block_resize. Mirrors blockdev.c: qmp_block_resize.
import type { Blocking } from '../../aio/main-loop.ts';
import { lookupNode } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import { refuseBacking, refuseBusy } from '../../block/node.ts';
import { refuseUse } from '../../block/permissions.ts';
import { ALL_RIGHTS, RIGHT } from '../../block/rights.ts';
import { resizeNode } from '../../drivers/truncate-node.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, notSimulated, numberArg, stringArg, success } from '../command.ts';
import { optional, required } from '../qapi.ts';

export const blockResize: QmpCommand = {
  name: 'block_resize',
  args: [
    optional('device', 'string'),
    optional('node-name', 'string'),
    required('size', 'integer'),
  ],
  *run(vm, args): Blocking<CommandResult> {
    const device = stringArg(args, 'device') ?? '';
    const node = lookupNode(vm.layer, device, stringArg(args, 'node-name') ?? '');
    if (typeof node === 'string') return failure(node);
    const size = numberArg(args, 'size') ?? 0;
    if (size < 0) return failure("Parameter 'size' expects a >0 size");
    if ((refuseBusy(node) ?? refuseBacking(node)) !== null)
      return failure(`Device '${stringArg(args, 'device') ?? '(null)'}' is in use`);
    const conflict = refuseUse(node, { needs: RIGHT.resize, shares: ALL_RIGHTS });
    if (conflict !== null) return failure(conflict);
    // A guest's driver would have to be told.
    if (vm.disksAreFixed) return notSimulated('block_resize while a guest runs');
    return yield* resize(vm, node, size);
  },
};

function* resize(vm: Vm, node: BlockNode, size: number): Blocking<CommandResult> {
  const truncated = yield* resizeNode(node, size);
  switch (truncated.kind) {
    case 'done':
      for (const disk of vm.disks) if (disk.blk.node === node) disk.model.resized?.(disk);
      return success();
    case 'refused':
      return failure(truncated.why);
    case 'not simulated':
      return notSimulated(`block_resize: ${truncated.what}`);
  }
}
