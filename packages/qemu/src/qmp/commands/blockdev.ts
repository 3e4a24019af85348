// blockdev.ts — blockdev-add and -del. Mirrors blockdev.c.
import type { Blocking } from '../../aio/main-loop.ts';
import { closeNode, openNode } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import { drainTwice, refuseBacking, refuseBusy } from '../../block/node.ts';
import type { Vm } from '../../vm/vm.ts';
import { blockdevOptions } from '../blockdev-options.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { required } from '../qapi.ts';

const blockdevAdd: QmpCommand = {
  name: 'blockdev-add',
  args: blockdevOptions,
  *run(vm, args): Blocking<CommandResult> {
    if (stringArg(args, 'node-name') === undefined)
      return failure("'node-name' must be specified for the root node");
    const probed = probedNode(vm, args);
    if (probed !== null) yield* drainTwice(probed);
    const opened = openNode(vm.layer, args);
    if (opened.kind === 'failed') return failure(opened.why);
    opened.node.monitorOwned = true;
    return success();
  },
};

/** bdrv_open_inherit looks at the file of a format through a backend, whose deletion drains the file. */
function probedNode({ layer }: Vm, args: JsonObject): BlockNode | null {
  const driver = layer.drivers.get(stringArg(args, 'driver') ?? '');
  if (driver === undefined || driver.opensItsChild === true) return null;
  return layer.nodes.get(stringArg(args, 'file') ?? '') ?? null;
}

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
