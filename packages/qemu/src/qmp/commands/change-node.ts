// change-node.ts — x-blockdev-change, x-blockdev-set-iothread and x-debug-query-block-graph. Mirrors blockdev.c.
import { setNodeContext } from '../../block/backend.ts';
import { blockGraph } from '../../block/block-graph.ts';
import { lookupNode } from '../../block/graph.ts';
import type { QmpCommand } from '../command.ts';
import { failure, flagArg, notSimulated, stringArg, success } from '../command.ts';
import type { QapiAlternate } from '../qapi.ts';
import { optional, required } from '../qapi.ts';

/** Only a quorum, which is not simulated, takes other children. */
const change: QmpCommand = {
  name: 'x-blockdev-change',
  args: [required('parent', 'string'), optional('child', 'string'), optional('node', 'string')],
  run({ layer }, args) {
    const parent = lookupNode(layer, stringArg(args, 'parent') ?? '');
    if (typeof parent === 'string') return failure(parent);
    const [child, node] = [stringArg(args, 'child'), stringArg(args, 'node')];
    if (child !== undefined && node !== undefined)
      return failure('The parameters child and node are in conflict');
    if (child !== undefined)
      return failure(
        parent.children.some(({ role }) => role === child)
          ? `The node ${parent.name} does not support removing a child`
          : `Node '${parent.name}' does not have child '${child}'`,
      );
    if (node === undefined) return failure('Either child or node must be specified');
    return failure(
      layer.nodes.has(node)
        ? `The node ${parent.name} does not support adding a child`
        : `Node '${node}' not found`,
    );
  },
};

const THREAD: QapiAlternate = {
  kind: 'alternate',
  name: 'StrOrNull',
  of: () => ['string', 'null'],
};

const setIothread: QmpCommand = {
  name: 'x-blockdev-set-iothread',
  args: [
    required('node-name', 'string'),
    required('iothread', THREAD),
    optional('force', 'boolean'),
  ],
  run({ layer }, args) {
    const name = stringArg(args, 'node-name') ?? '';
    const node = layer.nodes.get(name);
    if (node === undefined) return failure(`Failed to find node with node-name='${name}'`);
    if (flagArg(args, 'force') === true) return notSimulated('x-blockdev-set-iothread force');
    if (node.users.some(({ kind }) => kind === 'backend'))
      return failure(
        `Node ${name} is associated with a BlockBackend and could be in use (use force=true to override this check)`,
      );
    const id = stringArg(args, 'iothread');
    const thread = id === undefined ? layer.main.aio : layer.iothreads.get(id);
    if (thread === undefined) return failure(`Cannot find iothread ${id}`);
    setNodeContext(node, thread);
    return success();
  },
};

const queryGraph: QmpCommand = {
  name: 'x-debug-query-block-graph',
  args: [],
  run: (vm) => success(blockGraph(vm.layer, vm.jobs)),
};

export const changeNodeCommands: readonly QmpCommand[] = [change, queryGraph, setIothread];
