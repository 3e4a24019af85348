// human-lines.ts — The human monitor's lines that are commands of QMP in another form. Mirrors block/monitor/block-hmp-cmds.c, hmp-commands.hx.
import type { Blocking } from '../../aio/main-loop.ts';
import type { BlockBackend } from '../../block/backend.ts';
import { deleteBackend } from '../../block/backend.ts';
import { closeNode, openNode } from '../../block/graph.ts';
import { removeMedium } from '../../block/medium.ts';
import { drainTwice, refuseBusy } from '../../block/node.ts';
import { addDrive } from '../../vm/add-drive.ts';
import { parseDrive } from '../../vm/drive-arg.ts';
import { nestOptions, splitOptions } from '../../vm/key-value.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, notSimulated, refuseArgs, runCommand, success } from '../command.ts';
import type { HumanArgs } from '../human-arguments.ts';
import { parseArguments } from '../human-arguments.ts';
import type { Json, JsonObject } from '../json.ts';
import { words } from '../qapi.ts';
import { blockCommit } from './block-commit.ts';
import { blockStream } from './block-stream.ts';
import { blockdevCommands } from './blockdev.ts';
import { deviceCommands } from './device.ts';
import { driveCommands } from './drive-target.ts';
import { exportAll, exportCommands } from './exports.ts';
import { internalSnapshotCommands } from './internal-snapshot.ts';
import { blockSetIoThrottle } from './io-throttle.ts';
import { jobControlCommands } from './job-control.ts';
import { machineCommands } from './machine.ts';
import { mediumCommands, READ_ONLY_MODES } from './medium.ts';
import { objectCommands } from './objects.ts';
import { blockResize } from './resize.ts';
import { transactionCommands } from './transaction.ts';

const COMMANDS: ReadonlyMap<string, QmpCommand> = new Map(
  [
    ...blockdevCommands,
    blockStream,
    blockCommit,
    ...deviceCommands,
    ...driveCommands,
    ...exportCommands,
    ...internalSnapshotCommands,
    blockSetIoThrottle,
    ...jobControlCommands,
    ...machineCommands,
    ...mediumCommands,
    ...objectCommands,
    blockResize,
    ...transactionCommands,
  ].map((command) => [command.name, command]),
);

interface HumanLine {
  readonly params: string;
  readonly qmp: string;
  /** The arguments of the command of QMP; those of the line, if there is nothing to change. */
  readonly args?: (given: HumanArgs) => Readonly<Record<string, Json | undefined>>;
  /** Why the monitor itself refuses the arguments, or null. */
  readonly refuse?: (given: HumanArgs) => string | null;
  /** The monitor's work once the command has succeeded. */
  readonly afterwards?: (vm: Vm, given: HumanArgs) => Blocking<CommandResult>;
}

const ofJob = (verb: string, params = 'device:B'): HumanLine => ({
  params,
  qmp: `block-job-${verb}`,
});

/** drive_mirror and drive_backup: `-n` takes a file that is there, `-f` copies the whole chain. */
const toFile = (qmp: string, flags: string): HumanLine => ({
  params: `reuse:-n,full:-f,${flags}device:B,target:s,format:s?`,
  qmp,
  args: ({ reuse, full, ...rest }) => ({
    ...rest,
    sync: full === true ? 'full' : 'top',
    mode: reuse === true ? 'existing' : 'absolute-paths',
  }),
});

const LINES: Readonly<Record<string, HumanLine>> = {
  block_resize: { params: 'device:B,size:o', qmp: 'block_resize' },
  block_stream: {
    params: 'device:B,speed:o?,base:s?',
    qmp: 'block-stream',
    args: (given) => ({ ...given, 'job-id': given['device'] }),
  },
  block_job_set_speed: ofJob('set-speed', 'device:B,speed:o'),
  block_job_cancel: ofJob('cancel', 'force:-f,device:B'),
  block_job_complete: ofJob('complete'),
  block_job_pause: ofJob('pause'),
  block_job_resume: ofJob('resume'),
  block_set_io_throttle: {
    params: 'device:B,bps:l,bps_rd:l,bps_wr:l,iops:l,iops_rd:l,iops_wr:l',
    qmp: 'block_set_io_throttle',
    args: ({ device, ...rest }) => ({ ...rest, either: device }),
  },
  change: {
    params: 'device:B,target:F,format:s?,mode:s?',
    qmp: 'blockdev-change-medium',
    refuse: ({ mode }) =>
      mode === undefined || READ_ONLY_MODES.includes(String(mode))
        ? null
        : `invalid parameter value: ${mode}`,
    args: ({ device, target, format, mode }) => ({
      device,
      filename: target,
      format,
      'read-only-mode': mode,
    }),
  },
  device_add: {
    params: 'options:s?',
    qmp: 'device_add',
    args: ({ options }) => optionsOf(options, 'driver'),
  },
  device_del: { params: 'id:s', qmp: 'device_del' },
  drive_backup: toFile('drive-backup', 'compress:-c,'),
  drive_mirror: toFile('drive-mirror', ''),
  eject: { params: 'force:-f,device:B', qmp: 'eject' },
  nbd_server_add: { params: 'writable:-w,device:B,name:s?', qmp: 'nbd-server-add' },
  nbd_server_remove: {
    params: 'force:-f,name:s',
    qmp: 'nbd-server-remove',
    args: ({ name }) => ({ name }),
  },
  nbd_server_start: {
    params: 'all:-a,writable:-w,uri:s',
    qmp: 'nbd-server-start',
    refuse: ({ all, writable }) =>
      writable === true && all !== true ? '-w only valid together with -a' : null,
    *afterwards(vm, { all, writable }) {
      return all === true ? yield* exportAll(vm, writable === true) : success();
    },
    args: ({ uri }) => ({
      addr: { type: 'unix', data: { path: String(uri).replace(/^unix:/u, '') } },
    }),
  },
  nbd_server_stop: { params: '', qmp: 'nbd-server-stop' },
  object_add: {
    params: 'options:S',
    qmp: 'object-add',
    refuse: ({ options }) => refuseLimits(String(options)),
    args: ({ options }) => optionsOf(options, 'qom-type'),
  },
  object_del: { params: 'id:s', qmp: 'object-del' },
  snapshot_blkdev: {
    params: 'reuse:-n,device:B,file:s?,format:s?',
    qmp: 'blockdev-snapshot-sync',
    args: ({ reuse, file, ...rest }) => ({
      ...rest,
      'snapshot-file': file,
      mode: reuse === true ? 'existing' : 'absolute-paths',
    }),
  },
  snapshot_blkdev_internal: {
    params: 'device:B,name:s',
    qmp: 'blockdev-snapshot-internal-sync',
  },
  snapshot_delete_blkdev_internal: {
    params: 'device:B,name:s,id:s?',
    qmp: 'blockdev-snapshot-delete-internal-sync',
  },
  system_powerdown: { params: '', qmp: 'system_powerdown' },
  system_wakeup: { params: '', qmp: 'system_wakeup' },
};

/** The limits of a throttle group are numbers, without a unit. Returns the refusal, or null. */
function refuseLimits(text: string): string | null {
  for (const { key, value } of splitOptions(text, 'qom-type')) {
    if (!/^x-(?:bps|iops)/u.test(key)) continue;
    if (/^-\d+$/u.test(value)) return 'Property values cannot be negative';
    if (!/^\d+$/u.test(value)) return `Parameter '${key}' expects integer`;
  }
  return null;
}

/** `driver,a=1`: numbers stay numbers, as the commands expect them. */
function optionsOf(text: string | number | boolean | undefined, first: string): JsonObject {
  const nested = nestOptions(splitOptions(String(text ?? ''), first));
  for (const [name, value] of Object.entries(nested))
    if (typeof value === 'string' && /^\d+$/u.test(value)) nested[name] = Number(value);
  return nested;
}

/** Runs a line. Null: it is none of these. */
export function* runHumanLine(
  vm: Vm,
  command: string,
  rest: string,
): Blocking<CommandResult | null> {
  if (command === 'drive_add' || command === 'drive_del')
    return yield* changeDrives(vm, command, rest);
  const line = LINES[command];
  const qmp = COMMANDS.get(line?.qmp ?? '');
  if (line === undefined || qmp === undefined) return null;
  const given = parseArguments(command, line.params, rest);
  if (typeof given === 'string') return success(given);
  return said(yield* runAsQmp(vm, { line, qmp, given }));
}

interface Translated {
  readonly line: HumanLine;
  readonly qmp: QmpCommand;
  readonly given: HumanArgs;
}

function* runAsQmp(vm: Vm, { line, qmp, given }: Translated): Blocking<CommandResult> {
  const why = line.refuse?.(given) ?? null;
  if (why !== null) return failure(why);
  const wanted = argumentsOf(vm, line.args?.(given) ?? given);
  const result = refuseArgs(qmp, wanted) ?? (yield* runCommand(qmp, vm, wanted));
  return result.kind === 'return' && line.afterwards !== undefined
    ? yield* line.afterwards(vm, given)
    : result;
}

/** Leaves out what was not given. `either` is the name of a drive, or else the id of a device. */
function argumentsOf({ layer }: Vm, given: Readonly<Record<string, Json | undefined>>): JsonObject {
  const args: JsonObject = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const isDrive = layer.backends.some((blk) => blk.name === value);
    args[name === 'either' ? (isDrive ? 'device' : 'id') : name] = value;
  }
  return args;
}

const said = (result: CommandResult): CommandResult => {
  if (result.kind === 'error') return success(`Error: ${result.desc.replaceAll('\n', '\r\n')}\r\n`);
  return result.kind === 'return' ? success('') : result;
};

function* changeDrives(vm: Vm, command: string, rest: string): Blocking<CommandResult> {
  const params = command === 'drive_add' ? 'node:-n,address:s,options:s' : 'id:B';
  const given = parseArguments(command, params, rest);
  if (typeof given === 'string') return success(given);
  return command === 'drive_add'
    ? addByText(vm, given)
    : yield* deleteDrive(vm, String(given['id']));
}

function addByText(vm: Vm, { node, options }: HumanArgs): CommandResult {
  if (node === true) return addNodeByText(vm, String(options));
  const usual = vm.hasMachine ? 'ide' : 'none';
  const drive = parseDrive(String(options), { nrDrives: vm.layer.backends.length, usual });
  const type = INTERFACE_TYPES.indexOf(drive.interface);
  const why = addDrive(vm, type < 0 ? drive : { ...drive, interface: 'none' });
  if (why?.includes('not simulated') === true)
    return notSimulated(`human-monitor-command drive_add ${String(options)}`);
  if (why !== null || type <= 0) return success(why === null ? 'OK\r\n' : `${why}\r\n`);
  const blk = vm.layer.backends.find(({ name }) => name === drive.id);
  if (blk !== undefined) deleteWithNode(blk);
  return success(`Can't hot-add drive to type ${type}\r\n`);
}

/** The interfaces of drives, by the numbers that the monitor has for them. */
const INTERFACE_TYPES: readonly string[] = words('none ide scsi floppy pflash mtd sd virtio xen');

/** drive_add -n: a node, as blockdev-add makes it. */
function addNodeByText(vm: Vm, text: string): CommandResult {
  const options = nestOptions(splitOptions(text, 'file'));
  if (options['node-name'] === undefined) return success("'node-name' needs to be specified\r\n");
  const opened = openNode(vm.layer, options);
  if (opened.kind === 'opened') opened.node.monitorOwned = true;
  if (opened.kind === 'failed' && opened.why.includes('not simulated'))
    return notSimulated(`human-monitor-command drive_add -n ${text}`);
  return success(opened.kind === 'failed' ? `${opened.why}\r\n` : '');
}

/** Deletes a node, or a drive: a device that has it is left without a medium. */
function* deleteDrive(vm: Vm, id: string): Blocking<CommandResult> {
  const deletion = COMMANDS.get('blockdev-del');
  if (vm.layer.nodes.has(id) && deletion !== undefined) {
    const result = yield* runCommand(deletion, vm, { 'node-name': id });
    if (result.kind === 'return') return success('');
    return result.kind === 'error' ? success(`${result.desc}\r\n`) : result;
  }
  const blk = vm.layer.backends.find(({ name }) => name === id);
  if (blk === undefined || id === '') return success(`Device '${id}' not found\r\n`);
  const busy = refuseBusy(blk.node);
  if (busy !== null) return success(`${busy}\r\n`);
  if (blk.qdev !== null) {
    if (vm.disksAreFixed) return notSimulated('human-monitor-command drive_del while a guest runs');
    yield* takeFromDevice(blk);
    return success('');
  }
  deleteWithNode(blk);
  return success('');
}

function deleteWithNode(blk: BlockBackend): void {
  deleteBackend(blk);
  if (!blk.node.monitorOwned) closeNode(blk.node);
}

/** Requests of the device must not stop the machine from now on. */
function* takeFromDevice(blk: BlockBackend): Blocking<void> {
  yield* drainTwice(blk.node);
  removeMedium(blk);
  blk.name = '';
  blk.onReadError = 'report';
  blk.onWriteError = 'report';
}
