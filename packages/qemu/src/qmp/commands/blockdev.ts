// blockdev.ts — blockdev-add and -del, and the one human command that recordings use. Mirrors blockdev.c, block/monitor/block-hmp-cmds.c.
import type { Blocking } from '../../aio/main-loop.ts';
import { pollUntil } from '../../aio/main-loop.ts';
import { closeNode, findNode, openNode } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import {
  childNode,
  drainedBegin,
  drainedEnd,
  refuseBusy,
  submitRequest,
} from '../../block/node.ts';
import { optionalSize } from '../../drivers/options.ts';
import type { Vm } from '../../vm/vm.ts';
import { blockdevOptions } from '../blockdev-options.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, notSimulated, stringArg, success } from '../command.ts';
import { required } from '../qapi.ts';
import { humanInfo } from './info.ts';

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

function refuseBacking(node: BlockNode): string | null {
  const overlay = node.users.find(
    ({ parent }) => parent !== null && childNode(parent, 'backing') === node,
  )?.parent;
  return overlay === undefined || overlay === null
    ? null
    : `Node '${node.name}' is busy: node is used as backing hd of '${overlay.name}'`;
}

const humanMonitorCommand: QmpCommand = {
  name: 'human-monitor-command',
  needsMachine: true,
  args: [required('command-line', 'string')],
  *run(vm, args) {
    const line = stringArg(args, 'command-line') ?? '';
    const match = /^qemu-io (\S+) "write (?:-q )?(?:-P (\S+) )?(\S+) (\S+)"$/u.exec(line);
    const [command, ...words] = line.split(/\s+/u);
    const info = command === 'info' ? humanInfo(vm, words) : null;
    if (info !== null) return success(info);
    if (match === null) return notSimulated(`human-monitor-command ${line.split(' ')[0] ?? ''}`);
    const [, target = '', pattern = '0xcd', offset = '0', bytes = '0'] = match;
    return yield* qemuIoWrite(vm, target, {
      pattern: Number(pattern),
      offset: optionalSize(offset.toUpperCase()) ?? 0,
      bytes: optionalSize(bytes.toUpperCase()) ?? 0,
    });
  },
};

interface PatternWrite {
  readonly pattern: number;
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Writes as if through a backend of its own, whose deletion drains the node twice: once for its requests, once to detach
 * from it.
 */
function* qemuIoWrite(vm: Vm, target: string, write: PatternWrite): Blocking<CommandResult> {
  const node = findNode(vm.layer, target);
  if (node === undefined)
    return success(`Error: Cannot find device='' nor node-name='${target}'\r\n`);
  const { pattern, offset, bytes } = write;
  const data = new Uint8Array(bytes).fill(pattern);
  let pending = true;
  submitRequest(node, { op: 'write', offset, bytes, data }, () => {
    pending = false;
  });
  yield* pollUntil(() => !pending);
  for (let i = 0; i < 2; i++) {
    yield* drainedBegin(node);
    drainedEnd(node);
  }
  return success('');
}

export const blockdevCommands: readonly QmpCommand[] = [
  blockdevAdd,
  blockdevDel,
  humanMonitorCommand,
];
