// exports.ts — NBD exports as the monitor sees them: added, listed, removed. No client can connect. Mirrors block/export/export.c, blockdev-nbd.c.
import { lookupNode } from '../../block/graph.ts';
import { ALL_RIGHTS, RIGHT } from '../../block/rights.ts';
import { addRootUser } from '../../block/root-user.ts';
import { deleteExport } from '../../vm/block-export.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, flagArg, outcome, stringArg, success } from '../command.ts';
import { jsonObject } from '../json.ts';
import type { QapiUnion } from '../qapi.ts';
import { foreign, optional, required } from '../qapi.ts';

const NOT_RUNNING = 'NBD server not running';

const EXPORT: QapiUnion = {
  kind: 'union',
  tag: 'type',
  members: [
    required('type', ['nbd', 'vhost-user-blk', 'fuse', 'vduse-blk']),
    required('id', 'string'),
    ...foreign('fixed-iothread', 'iothread'),
    required('node-name', 'string'),
    optional('writable', 'boolean'),
    optional('writethrough', 'boolean'),
  ],
  branches: {
    nbd: [
      optional('name', 'string'),
      optional('description', 'string'),
      ...foreign('bitmaps', 'allocation-depth'),
    ],
  },
};

const blockExportAdd: QmpCommand = {
  name: 'block-export-add',
  args: EXPORT,
  run(vm, args) {
    const node = stringArg(args, 'node-name') ?? '';
    const writable = flagArg(args, 'writable') ?? false;
    const name = stringArg(args, 'name') ?? node;
    return outcome(addExport(vm, { id: stringArg(args, 'id') ?? '', node, name, writable }));
  },
};

interface NewExport {
  readonly id: string;
  readonly node: string;
  readonly name: string;
  readonly writable: boolean;
}

/** Returns the refusal, or null. */
function addExport(vm: Vm, { id, node: nodeName, name, writable }: NewExport): string | null {
  if (!/^[A-Za-z][A-Za-z0-9._-]*$/u.test(id)) return 'Invalid block export id';
  if (vm.exports.some((other) => other.id === id))
    return `Block export id '${id}' is already in use`;
  const node = lookupNode(vm.layer, '', nodeName);
  if (typeof node === 'string') return node;
  if (writable && node.readOnly) return 'Cannot export read-only node as writable';
  if (!vm.nbdRuns) return NOT_RUNNING;
  if (vm.exports.some((other) => other.name === name))
    return `NBD server already has export named '${name}'`;
  const rights = {
    needs: RIGHT.consistentRead | (writable ? RIGHT.write : 0),
    shares: ALL_RIGHTS & ~RIGHT.resize,
  };
  const root = addRootUser(node, rights, 'follows');
  if (typeof root === 'string') return root;
  vm.exports.push({ id, name, root });
  return null;
}

function deleteNamed(vm: Vm, id: string): CommandResult {
  const found = vm.exports.find((each) => each.id === id);
  if (found === undefined) return failure(`Export '${id}' is not found`);
  deleteExport(vm, found);
  return success();
}

const blockExportDel: QmpCommand = {
  name: 'block-export-del',
  args: [required('id', 'string'), optional('mode', ['safe', 'hard'])],
  run(vm, args) {
    return deleteNamed(vm, stringArg(args, 'id') ?? '');
  },
};

const queryBlockExports: QmpCommand = {
  name: 'query-block-exports',
  args: [],
  run(vm) {
    return success(
      vm.exports.toReversed().map(({ id, root }) => ({
        id,
        type: 'nbd',
        'node-name': root.node.name,
        'shutting-down': false,
      })),
    );
  },
};

const ADDRESS: QapiUnion = {
  kind: 'union',
  tag: 'type',
  members: [required('type', ['inet', 'unix', 'vsock', 'fd'])],
  branches: {
    inet: [required('data', 'object')],
    unix: [required('data', { kind: 'struct', members: [required('path', 'string')] })],
    vsock: [required('data', 'object')],
    fd: [required('data', 'object')],
  },
};

const nbdServerStart: QmpCommand = {
  name: 'nbd-server-start',
  args: [
    required('addr', ADDRESS),
    ...foreign('tls-creds', 'tls-authz'),
    optional('max-connections', 'uint32'),
  ],
  run(vm) {
    if (vm.nbdRuns) return failure('NBD server already running');
    vm.nbdRuns = true;
    return success(jsonObject());
  },
};

const nbdServerAdd: QmpCommand = {
  name: 'nbd-server-add',
  args: [
    optional('name', 'string'),
    optional('description', 'string'),
    required('device', 'string'),
    optional('writable', 'boolean'),
    ...foreign('bitmap'),
  ],
  run(vm, args) {
    const device = stringArg(args, 'device') ?? '';
    const name = stringArg(args, 'name') ?? device;
    const node = lookupNode(vm.layer, device);
    if (typeof node === 'string') return failure(node);
    const writable = flagArg(args, 'writable') ?? false;
    return outcome(addExport(vm, { id: name, node: node.name, name, writable }));
  },
};

const nbdServerRemove: QmpCommand = {
  name: 'nbd-server-remove',
  args: [required('name', 'string'), optional('mode', ['safe', 'hard'])],
  run(vm, args) {
    return deleteNamed(vm, stringArg(args, 'name') ?? '');
  },
};

const nbdServerStop: QmpCommand = {
  name: 'nbd-server-stop',
  args: [],
  run(vm) {
    if (!vm.nbdRuns) return failure(NOT_RUNNING);
    for (const each of vm.exports.slice()) deleteExport(vm, each);
    vm.nbdRuns = false;
    return success();
  },
};

export const exportCommands: readonly QmpCommand[] = [
  blockExportAdd,
  blockExportDel,
  queryBlockExports,
  nbdServerStart,
  nbdServerAdd,
  nbdServerRemove,
  nbdServerStop,
];
