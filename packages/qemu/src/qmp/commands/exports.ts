// exports.ts — NBD exports as the monitor sees them: added, listed, removed. No client can connect. Mirrors block/export/export.c, blockdev-nbd.c.
import { strerror } from '@dmsim/sim';

import type { Blocking } from '../../aio/main-loop.ts';
import type { DirtyBitmap } from '../../block/dirty-bitmap.ts';
import { lookupNode } from '../../block/graph.ts';
import { findBitmap, refuseBusyBitmap } from '../../block/named-bitmap.ts';
import type { BlockNode } from '../../block/node.ts';
import { nodeBehind } from '../../block/node.ts';
import { createRawFile } from '../../block/raw-file.ts';
import { ALL_RIGHTS, RIGHT } from '../../block/rights.ts';
import { addRootUser, deleteRootUser } from '../../block/root-user.ts';
import { optionalFlag } from '../../drivers/options.ts';
import { closeExports, deleteExport } from '../../vm/block-export.ts';
import { isWellformed } from '../../vm/identifier.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, flagArg, notSimulated, outcome, stringArg, success } from '../command.ts';
import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { QapiUnion } from '../qapi.ts';
import { optional, required } from '../qapi.ts';
import { BITMAP_SOURCE as BITMAP } from './dirty-bitmap.ts';

const NOT_RUNNING = 'NBD server not running';

export const EXPORT: QapiUnion = {
  kind: 'union',
  tag: 'type',
  members: [
    required('type', ['nbd', 'vhost-user-blk', 'fuse', 'vduse-blk']),
    required('id', 'string'),
    optional('fixed-iothread', 'boolean'),
    optional('iothread', 'string'),
    required('node-name', 'string'),
    optional('writable', 'boolean'),
    optional('writethrough', 'boolean'),
  ],
  branches: {
    nbd: [
      optional('name', 'string'),
      optional('description', 'string'),
      optional('bitmaps', { kind: 'list', of: BITMAP }),
      optional('allocation-depth', 'boolean'),
    ],
  },
};

const blockExportAdd: QmpCommand = {
  name: 'block-export-add',
  args: EXPORT,
  *run(vm, args) {
    const result = yield* exportNode(vm, args);
    return typeof result === 'object' && result !== null ? result : outcome(result);
  },
};

/** Adds the export of these options, whose flags may be text. Returns the refusal, or null. */
export function* exportNode(vm: Vm, args: JsonObject): Blocking<string | CommandResult | null> {
  const node = stringArg(args, 'node-name') ?? '';
  const iothread = stringArg(args, 'iothread');
  if (iothread !== undefined && vm.layer.iothreads.has(iothread))
    return notSimulated('block-export-add: iothread');
  return yield* addExport(vm, {
    id: stringArg(args, 'id') ?? '',
    node,
    name: stringArg(args, 'name') ?? node,
    writable: optionalFlag(args['writable']) ?? false,
    iothread,
    bitmaps: Object.values(args['bitmaps'] ?? []),
  });
}

interface NewExport {
  readonly id: string;
  readonly node: string;
  readonly name: string;
  readonly writable: boolean;
  /** One that there is not. */
  readonly iothread?: string | undefined;
  readonly bitmaps?: readonly Json[];
}

/** Returns the refusal, or null. A refusal after the node is in use drains it, as the end of each backend does. */
function* addExport(vm: Vm, wanted: NewExport): Blocking<string | null> {
  const { id, name, writable, bitmaps = [] } = wanted;
  const node = nodeToExport(vm, wanted);
  if (typeof node === 'string') return node;
  const rights = {
    needs: RIGHT.consistentRead | (writable ? RIGHT.write : 0),
    shares: ALL_RIGHTS & ~RIGHT.resize,
  };
  const root = addRootUser(node, rights, 'follows');
  if (typeof root === 'string') return root;
  const shown = refuseServing(vm, name) ?? bitmapsOf(vm, node, { bitmaps, writable });
  if (typeof shown === 'string') {
    yield* deleteRootUser(root);
    return shown;
  }
  for (const bitmap of shown) bitmap.busy = true;
  vm.exports.push({ id, name, root, bitmaps: shown });
  return null;
}

/** A string is the refusal. */
function nodeToExport(
  vm: Vm,
  { id, node: nodeName, writable, iothread }: NewExport,
): BlockNode | string {
  if (!isWellformed(id)) return 'Invalid block export id';
  if (vm.exports.some((other) => other.id === id))
    return `Block export id '${id}' is already in use`;
  const node = lookupNode(vm.layer, '', nodeName);
  if (typeof node === 'string') return node;
  if (writable && node.readOnly) return 'Cannot export read-only node as writable';
  return iothread === undefined ? node : `iothread "${iothread}" not found`;
}

/** nbd_export_create: what is asked once the node is in use. Returns the refusal, or null. */
function refuseServing(vm: Vm, name: string): string | null {
  if (!vm.nbdRuns) return NOT_RUNNING;
  return vm.exports.some((other) => other.name === name)
    ? `NBD server already has export named '${name}'`
    : null;
}

/** Finds the bitmaps that clients could see. A string is the refusal. */
function bitmapsOf(
  vm: Vm,
  node: BlockNode,
  { bitmaps, writable }: { readonly bitmaps: readonly Json[]; readonly writable: boolean },
): DirtyBitmap[] | string {
  const found: DirtyBitmap[] = [];
  for (const wanted of bitmaps) {
    const bitmap = isJsonObject(wanted)
      ? lookUpBitmap(vm, wanted)
      : (inChain(node, wanted as string) ?? `Bitmap '${wanted as string}' is not found`);
    if (typeof bitmap === 'string') return bitmap;
    const busy = refuseBusyBitmap(bitmap);
    if (busy !== null) return busy;
    if (!writable && !node.readOnly && bitmap.recording)
      return `Enabled bitmap '${String(bitmap.name)}' incompatible with readonly export`;
    found.push(bitmap);
  }
  return found;
}

/** The bitmap of the node, or else of one behind it. */
function inChain(node: BlockNode, name: string): DirtyBitmap | undefined {
  for (let at: BlockNode | undefined = node; at !== undefined; at = nodeBehind(at)) {
    const bitmap = findBitmap(at, name);
    if (bitmap !== undefined) return bitmap;
  }
  return undefined;
}

function lookUpBitmap(vm: Vm, args: JsonObject): DirtyBitmap | string {
  const [nodeName = '', name = ''] = [stringArg(args, 'node'), stringArg(args, 'name')];
  const node = lookupNode(vm.layer, nodeName);
  if (typeof node === 'string') return `Node '${nodeName}' not found`;
  return findBitmap(node, name) ?? `Dirty bitmap '${name}' not found`;
}

function* deleteNamed(vm: Vm, id: string): Blocking<CommandResult> {
  const found = vm.exports.find((each) => each.id === id);
  if (found === undefined) return failure(`Export '${id}' is not found`);
  yield* deleteExport(vm, found);
  return success();
}

const blockExportDel: QmpCommand = {
  name: 'block-export-del',
  args: [required('id', 'string'), optional('mode', ['safe', 'hard'])],
  *run(vm, args) {
    return yield* deleteNamed(vm, stringArg(args, 'id') ?? '');
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
    inet: [
      required('data', {
        kind: 'struct',
        members: [
          required('host', 'string'),
          required('port', 'string'),
          optional('numeric', 'boolean'),
          optional('to', 'uint32'),
          optional('ipv4', 'boolean'),
          optional('ipv6', 'boolean'),
          optional('keep-alive', 'boolean'),
        ],
      }),
    ],
    unix: [required('data', { kind: 'struct', members: [required('path', 'string')] })],
    vsock: [
      required('data', {
        kind: 'struct',
        members: [required('cid', 'string'), required('port', 'string')],
      }),
    ],
    fd: [required('data', { kind: 'struct', members: [required('str', 'string')] })],
  },
};

const nbdServerStart: QmpCommand = {
  name: 'nbd-server-start',
  args: [
    required('addr', ADDRESS),
    optional('tls-creds', 'string'),
    optional('tls-authz', 'string'),
    optional('max-connections', 'uint32'),
  ],
  run(vm, args) {
    const result = startServer(vm, args);
    return typeof result === 'object' && result !== null ? result : outcome(result);
  },
};

/** Returns the refusal, or null. The address stands by itself, as on a command line, or in the `data` of a legacy union. */
export function startServer(vm: Vm, args: JsonObject): string | CommandResult | null {
  if (vm.nbdRuns) return 'NBD server already running';
  const credentials = stringArg(args, 'tls-creds');
  // There are no objects of that kind.
  if (credentials !== undefined) return `No TLS credentials with id '${credentials}'`;
  const address = isJsonObject(args['addr']) ? args['addr'] : {};
  const { data = address } = address;
  const why = isJsonObject(data) ? listen(vm, stringArg(address, 'type') ?? '', data) : null;
  if (why === null) vm.nbdRuns = true;
  return why;
}

/** The longest path that an address of a Unix socket has room for. */
const MAX_SOCKET_PATH = 107;

function listen(vm: Vm, type: string, data: JsonObject): string | CommandResult | null {
  switch (type) {
    case 'unix':
      return bindSocket(vm, stringArg(data, 'path') ?? '');
    case 'inet':
      return listenOn(data);
    case 'fd':
      return `File descriptor named '${stringArg(data, 'str') ?? ''}' has not been found`;
    default:
      return notSimulated(`nbd-server-start: ${type}`);
  }
}

/** unix_listen_saddr: what is in the place of the socket goes. */
function bindSocket(vm: Vm, path: string): string | null {
  const { files } = vm.layer;
  // QEMU finds a name in /tmp by itself.
  if (path === '') return null;
  if (path.length > MAX_SOCKET_PATH) return `UNIX socket path '${path}' is too long`;
  files.set(path, createRawFile(path, new Uint8Array(0)));
  if (!files.has(path)) return `Failed to bind socket to ${path}: ${strerror('ENOENT')}`;
  vm.nbdSocket = path;
  return null;
}

/** Ports are free here; names of hosts and of services are not known. */
function listenOn(data: JsonObject): CommandResult | null {
  const host = stringArg(data, 'host') ?? '';
  const isNumeric = /^(?:|localhost|[\d.]+|[\da-f:]*:[\da-f:.]*)$/iu.test(host);
  return isNumeric && /^\d+$/.test(stringArg(data, 'port') ?? '')
    ? null
    : notSimulated('nbd-server-start: names of hosts and services');
}

const nbdServerAdd: QmpCommand = {
  name: 'nbd-server-add',
  args: [
    optional('name', 'string'),
    optional('description', 'string'),
    required('device', 'string'),
    optional('writable', 'boolean'),
    optional('bitmap', 'string'),
  ],
  *run(vm, args): Blocking<CommandResult> {
    const device = stringArg(args, 'device') ?? '';
    const name = stringArg(args, 'name') ?? device;
    const node = lookupNode(vm.layer, device);
    if (typeof node === 'string') return failure(node);
    const writable = flagArg(args, 'writable') ?? false;
    const bitmap = stringArg(args, 'bitmap');
    const bitmaps = bitmap === undefined ? [] : [bitmap];
    return outcome(yield* addExport(vm, { id: name, node: node.name, name, writable, bitmaps }));
  },
};

const nbdServerRemove: QmpCommand = {
  name: 'nbd-server-remove',
  args: [required('name', 'string'), optional('mode', ['safe', 'hard'])],
  *run(vm, args) {
    return yield* deleteNamed(vm, stringArg(args, 'name') ?? '');
  },
};

const nbdServerStop: QmpCommand = {
  name: 'nbd-server-stop',
  args: [],
  *run(vm) {
    if (!vm.nbdRuns) return failure(NOT_RUNNING);
    yield* stopServer(vm);
    return success();
  },
};

function* stopServer(vm: Vm): Blocking<void> {
  yield* closeExports(vm);
  vm.nbdRuns = false;
  if (vm.nbdSocket !== null) vm.layer.files.delete(vm.nbdSocket);
  vm.nbdSocket = null;
}

export const exportCommands: readonly QmpCommand[] = [
  blockExportAdd,
  blockExportDel,
  queryBlockExports,
  nbdServerStart,
  nbdServerAdd,
  nbdServerRemove,
  nbdServerStop,
];

/** Exports all drives that have a medium, by their names; or none, and ends the server. */
export function* exportAll(vm: Vm, writable: boolean): Blocking<CommandResult> {
  for (const { name, node, inserted } of vm.layer.backends) {
    if (!inserted) continue;
    const why = yield* addExport(vm, { id: name, node: node.name, name, writable });
    if (why === null) continue;
    yield* stopServer(vm);
    return failure(why);
  }
  return success();
}
