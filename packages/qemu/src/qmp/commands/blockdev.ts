// blockdev.ts — blockdev-add and -del, and the one human command that recordings use. Mirrors blockdev.c, block/monitor/block-hmp-cmds.c.
import type { Blocking } from '../../aio/main-loop.ts';
import { pollUntil } from '../../aio/main-loop.ts';
import { closeNode, findNode, openNode } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import {
  drainedBegin,
  drainedEnd,
  refuseBacking,
  refuseBusy,
  submitRequest,
} from '../../block/node.ts';
import { optionalSize } from '../../drivers/options.ts';
import { blockdevOptions } from '../blockdev-options.ts';
import type { QmpCommand } from '../command.ts';
import { failure, notSimulated, stringArg, success } from '../command.ts';
import { unknownCommand } from '../human-names.ts';
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

const humanMonitorCommand: QmpCommand = {
  name: 'human-monitor-command',
  needsMachine: true,
  args: [required('command-line', 'string')],
  *run(vm, args) {
    const line = stringArg(args, 'command-line') ?? '';
    const [command, ...words] = line.trim().split(/\s+/u);
    const unknown = unknownCommand([command ?? '', ...words]);
    if (unknown !== null) return success(unknown);
    const info = command === 'info' ? humanInfo(vm, words) : null;
    if (info !== null) return success(info);
    const io = parseQemuIo(line);
    if (io === null) return notSimulated(`human-monitor-command ${line.split(' ')[0] ?? ''}`);
    const node = findNode(vm.layer, io.target);
    if (node === undefined)
      return success(`Error: Cannot find device='' nor node-name='${io.target}'\r\n`);
    yield* qemuIo(node, io);
    return success('');
  },
};

interface QemuIo {
  readonly target: string;
  readonly op: 'read' | 'write';
  readonly pattern: number;
  readonly offset: number;
  readonly bytes: number;
}

/** `qemu-io TARGET "read|write [-q] [-P PATTERN] OFFSET BYTES"`; null for other commands. */
function parseQemuIo(line: string): QemuIo | null {
  const match = /^qemu-io (\S+) "(read|write) (?:-q )?(?:-P (\S+) )?(\S+) (\S+)"$/u.exec(line);
  if (match === null) return null;
  const [, target = '', op, pattern = '0xcd', offset = '0', bytes = '0'] = match;
  return {
    target,
    op: op === 'read' ? 'read' : 'write',
    pattern: Number(pattern),
    offset: optionalSize(offset.toUpperCase()) ?? 0,
    bytes: optionalSize(bytes.toUpperCase()) ?? 0,
  };
}

/**
 * Reads or writes as if through a backend of its own, whose deletion drains the node twice: once for its requests, once to detach from
 * it. What it says of the data goes to QEMU's standard output, not to the monitor.
 */
function* qemuIo(node: BlockNode, { op, pattern, offset, bytes }: QemuIo): Blocking<void> {
  const data = new Uint8Array(bytes).fill(op === 'write' ? pattern : 0);
  let pending = true;
  submitRequest(node, { op, offset, bytes, data }, () => {
    pending = false;
  });
  yield* pollUntil(() => !pending);
  for (let i = 0; i < 2; i++) {
    yield* drainedBegin(node);
    drainedEnd(node);
  }
}

export const blockdevCommands: readonly QmpCommand[] = [
  blockdevAdd,
  blockdevDel,
  humanMonitorCommand,
];
