// blockdev.ts — blockdev-add and -del. Mirrors blockdev.c.
import { closeNode, openNode } from '../../block/graph.ts';
import { refuseBacking, refuseBusy } from '../../block/node.ts';
import { blockdevOptions } from '../blockdev-options.ts';
import type { QmpCommand } from '../command.ts';
import { failure, stringArg, success } from '../command.ts';
import { required } from '../qapi.ts';

const blockdevAdd: QmpCommand = {
  name: 'blockdev-add',
  args: blockdevOptions,
  run(vm, args) {
    if (stringArg(args, 'node-name') === undefined)
      return failure("'node-name' must be specified for the root node");
    const opened = openNode(vm.layer, args);
    if (opened.kind === 'failed') return failure(opened.why);
    opened.node.monitorOwned = true;
    return success();
  },
};

const blockdevDel: QmpCommand = {
  name: 'blockdev-del',
  args: [required('node-name', 'string')],
  run(vm, args) {
    const name = stringArg(args, 'node-name') ?? '';
    const node = vm.layer.nodes.get(name);
    if (node === undefined) return failure(`Failed to find node with node-name='${name}'`);
    if (node.users.some(({ kind }) => kind === 'backend')) return failure(`Node ${name} is in use`);
    const busy = refuseBusy(node) ?? refuseBacking(node);
    if (busy !== null) return failure(busy);
    if (!node.monitorOwned) return failure(`Node ${name} is not owned by the monitor`);
    if (node.users.length > 0) return failure(`Block device ${name} is in use`);
    node.monitorOwned = false;
    closeNode(node);
    return success();
  },
};

export const blockdevCommands: readonly QmpCommand[] = [blockdevAdd, blockdevDel];
