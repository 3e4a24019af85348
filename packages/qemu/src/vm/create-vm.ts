// create-vm.ts — From a command line to a machine that runs. Mirrors blockdev.c: blockdev_init, hw/block/block.c, hw/core/qdev-properties.c.
import type { Errno, Nanos, Sim } from '@dmsim/sim';
import { millis, seconds } from '@dmsim/sim';

import type { BlockBackend } from '../block/backend.ts';
import { blkSubmit, createBackend, enableIoHang, setRetryCallback } from '../block/backend.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import { openNode } from '../block/graph.ts';
import { DEFAULT_RETRY_INTERVAL } from '../block/rehandle.ts';
import { createThrottleGroup } from '../block/throttle-group.ts';
import type { DeviceModel, GuestDisk } from '../devices/guest-disk.ts';
import { deviceModels } from '../devices/registry.ts';
import type { CountHostIo, OpenBlockDevice } from '../drivers/host-device.ts';
import { hostDevice } from '../drivers/host-device.ts';
import { optionalString } from '../drivers/options.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import type { CommandLine, DeviceArg, DriveArg } from './command-line.ts';
import { parseCommandLine } from './command-line.ts';
import type { Vm, VmOptions } from './vm.ts';
import { addIothread, closeVm, createBareVm, haltVm, powerOn, requestVmStop } from './vm.ts';

export type CreatedVm =
  | { readonly kind: 'created'; readonly vm: Vm }
  | { readonly kind: 'refused'; readonly message: string };

export interface CreateVmOptions extends Omit<VmOptions, 'hasMachine'> {
  /** The host's block devices, by path; what is none is a file. */
  readonly openBlockDevice?: OpenBlockDevice;
  readonly countHostIo?: CountHostIo;
}

/** Refuses with what QEMU prints; what is not simulated is refused by its name. */
export function createVm(
  sim: Sim,
  argv: readonly string[],
  options: CreateVmOptions = {},
): CreatedVm {
  const parsed = parseCommandLine(argv);
  if (parsed.kind === 'refused') return parsed;
  const { line } = parsed;
  const { openBlockDevice = () => undefined, drivers = [] } = options;
  const vm = createBareVm(sim, {
    ...options,
    drivers: [...drivers, hostDevice(openBlockDevice, options.countHostIo)],
    hasMachine: line.machine !== 'none' && !line.isStorageDaemon,
    isStorageDaemon: line.isStorageDaemon,
  });
  for (const { options: node } of line.drives) probeDevices(node, openBlockDevice);
  addObjects(vm, line);
  const refusal = addAll(vm, line);
  if (refusal !== null) {
    haltVm(vm);
    closeVm(vm);
    return { kind: 'refused', message: `${line.program}: ${refusal}` };
  }
  if (!line.startStopped) powerOn(vm);
  return { kind: 'created', vm };
}

/** Nodes, drives and devices, in QEMU's order; the refusal, or null. */
function addAll(vm: Vm, line: CommandLine): string | null {
  for (const { text, options } of line.blockdevs) {
    const opened = openNode(vm.layer, options);
    if (opened.kind === 'failed') return `-blockdev ${text}: ${opened.why}`;
    opened.node.monitorOwned = true;
  }
  const added: readonly (readonly [string, string, () => string | null])[] = [
    ...line.drives.map((drive) => ['-drive', drive.text, () => addDrive(vm, drive)] as const),
    ...line.devices.map((device) => ['-device', device.text, () => addDevice(vm, device)] as const),
  ];
  for (const [option, text, add] of added) {
    const why = add();
    if (why !== null) return `${option} ${text}: ${why}`;
  }
  return null;
}

/** A file name on the command line may well name a block device. */
function probeDevices(options: JsonObject, openBlockDevice: OpenBlockDevice): void {
  const driver = options['driver'];
  const filename = options['filename'];
  if (driver === 'file' && typeof filename === 'string' && openBlockDevice(filename) !== undefined)
    options['driver'] = 'host_device';
  for (const child of Object.values(options)) {
    if (isJsonObject(child)) probeDevices(child, openBlockDevice);
  }
}

function addObjects(vm: Vm, line: CommandLine): void {
  for (const id of line.iothreads) addIothread(vm, id);
  for (const { id, limits } of line.throttleGroups) {
    vm.layer.throttleGroups.set(id, createThrottleGroup(vm.sim, id, limits));
  }
}

const DRIVE_POLICIES: Readonly<Record<'read' | 'write', readonly ErrorPolicy[]>> = {
  read: ['report', 'ignore', 'stop'],
  write: ['report', 'ignore', 'stop', 'enospc'],
};
const NO_POLICY_INTERFACES = new Set(['floppy', 'sd', 'pflash']);

interface DriveTimers {
  readonly interval: string | null;
  readonly timeout: string | null;
}

const driveTimers = new WeakMap<BlockBackend, DriveTimers>();

/** What a drive is plugged into when no `-device` takes it. */
const DEFAULT_DEVICES: Readonly<Record<string, string>> = {
  virtio: 'virtio-blk-pci',
  ide: 'ide-hd',
  scsi: 'scsi-hd',
};

/** A drive with an interface brings its device along. */
function addDrive(vm: Vm, drive: DriveArg): string | null {
  const policy = (['werror', 'rerror'] as const).find((which) => drive[which] !== null);
  if (policy !== undefined && NO_POLICY_INTERFACES.has(drive.interface))
    return `${policy} is not supported by this bus type`;
  const why = addBackend(vm, drive);
  if (why !== null || drive.interface === 'none') return why;
  const driver = DEFAULT_DEVICES[drive.interface];
  if (driver === undefined) return `if=${drive.interface}: not simulated`;
  return addDevice(vm, { text: drive.text, driver, properties: new Map([['drive', drive.id]]) });
}

function addBackend(vm: Vm, drive: DriveArg): string | null {
  const write = drivePolicy(vm, drive.werror, 'write');
  if (write.kind === 'refused') return write.why;
  const read = drivePolicy(vm, drive.rerror, 'read');
  if (read.kind === 'refused') return read.why;
  const retries = write.policy === 'retry' || read.policy === 'retry';
  const foreign = refuseSeriesOptions(vm, drive, retries);
  if (foreign !== null) return foreign;
  const opened = openNode(vm.layer, drive.options);
  if (opened.kind === 'failed') return opened.why;
  const blk = newBackend(vm, drive.id, opened.node.name);
  if (write.policy !== null) blk.onWriteError = write.policy;
  if (read.policy !== null) blk.onReadError = read.policy;
  driveTimers.set(blk, { interval: drive.retryInterval, timeout: drive.retryTimeout });
  const hang = Number(drive.ioHangTimeout ?? 0);
  if (hang > 0) enableIoHang(blk, seconds(hang));
  return null;
}

function newBackend(vm: Vm, name: string, nodeName: string): BlockBackend {
  const node = vm.layer.nodes.get(nodeName);
  if (node === undefined) throw new Error(`node ${nodeName} was just opened`);
  return createBackend(vm.layer, {
    name,
    node,
    retryMode: vm.retryMode,
    requestVmStop: () => requestVmStop(vm, 'io-error'),
  });
}

/** QEMU 7.2 takes these for options of the node. */
function refuseSeriesOptions(vm: Vm, drive: DriveArg, retries: boolean): string | null {
  const given: readonly [string, string | null][] = [
    ['retry_interval', drive.retryInterval],
    ['retry_timeout', drive.retryTimeout],
    ['iohang-timeout', drive.ioHangTimeout],
  ];
  for (const [name, value] of given) {
    if (value === null) continue;
    if (vm.build === '7.2') {
      const driver = optionalString(drive.options['driver']) ?? '';
      return `Block protocol '${driver}' doesn't support the option '${name}'`;
    }
    if (name.startsWith('retry') && !retries)
      return `${name} is only supported by werror/rerror=retry`;
    // QEMU's own parser of numbers takes a sign, and turns -5 into a number of 20 digits: nobody can have meant that.
    if (!isNumber(value)) return `Parameter '${name}' expects a number`;
  }
  return null;
}

const isNumber = (text: string): boolean =>
  /^\d+$/u.test(text) && Number(text) <= Number.MAX_SAFE_INTEGER / 1e9;

type DrivePolicy =
  | { readonly kind: 'accepted'; readonly policy: ErrorPolicy | null }
  | { readonly kind: 'refused'; readonly why: string };

function drivePolicy(vm: Vm, value: string | null, which: 'read' | 'write'): DrivePolicy {
  if (value === null) return { kind: 'accepted', policy: null };
  const known = DRIVE_POLICIES[which].find((policy) => policy === value);
  if (known !== undefined) return { kind: 'accepted', policy: known };
  if (value === 'retry' && vm.build === 'series') return { kind: 'accepted', policy: 'retry' };
  return { kind: 'refused', why: `'${value}' invalid ${which} error action` };
}

/** Controllers and devices that are there and have nothing to simulate. */
const WITHOUT_POLICY = new Set(['nvme', 'floppy']);
const CONTROLLERS = new Set(['virtio-scsi-pci', 'qemu-xhci', 'isa-fdc', 'ahci', 'pcie-root-port']);

function addDevice(vm: Vm, device: DeviceArg): string | null {
  const { driver, properties } = device;
  if (CONTROLLERS.has(driver)) return null;
  if (WITHOUT_POLICY.has(driver)) {
    const policy = ['werror', 'rerror'].find((name) => properties.has(name));
    return policy === undefined
      ? `${driver}: not simulated`
      : `Property '${driver}.${policy}' not found`;
  }
  const model = deviceModels.get(driver);
  if (model === undefined) return `'${driver}' is not a valid device model name, or not simulated`;
  for (const name of ['werror', 'rerror'] as const) {
    const value = properties.get(name);
    if (value !== undefined && devicePolicy(vm, value) === null)
      return `Parameter '${name}' does not accept value '${value}'`;
  }
  const retry = ['retry_interval', 'retry_timeout'].find((name) => properties.has(name));
  if (retry !== undefined && vm.build === '7.2') return `Property '${driver}.${retry}' not found`;
  const timers = retryTimers(properties);
  if (typeof timers === 'string') return timers;
  const blk = backendFor(vm, properties.get('drive'));
  if (typeof blk === 'string') return blk;
  realize(vm, { model, device, blk, timers });
  return null;
}

const DEVICE_POLICIES: readonly ErrorPolicy[] = ['report', 'ignore', 'stop', 'enospc', 'auto'];

function devicePolicy(vm: Vm, value: string): ErrorPolicy | null {
  if (value === 'retry') return vm.build === 'series' ? 'retry' : null;
  return DEVICE_POLICIES.find((policy) => policy === value) ?? null;
}

/** The drive of that name, or a nameless backend on the node of that name. */
function backendFor(vm: Vm, drive: string | undefined): BlockBackend | string {
  if (drive === undefined) return 'drive property not set';
  const named = vm.layer.backends.find((blk) => blk.name === drive);
  if (named !== undefined) {
    if (named.qdev !== null) return `Drive '${drive}' is already in use by another block device`;
    return named;
  }
  if (!vm.layer.nodes.has(drive)) return `Property can't find value '${drive}'`;
  return newBackend(vm, '', drive);
}

interface Timers {
  readonly interval: Nanos | null;
  readonly timeout: Nanos | null;
}

const LONG_MAX = '9223372036854775807';

function retryTimers(properties: ReadonlyMap<string, string>): Timers | string {
  const values: Nanos[] = [];
  for (const name of ['retry_interval', 'retry_timeout']) {
    const text = properties.get(name);
    if (text === undefined) {
      values.push(-1);
      continue;
    }
    if (!/^[+-]?\d+$/u.test(text)) return `Parameter '${name}' expects an int64 value or range`;
    if (Number(text) < 0)
      return `Property .${name} doesn't take value ${text} (minimum: 0, maximum: ${LONG_MAX})`;
    values.push(millis(Number(text)));
  }
  const [interval = -1, timeout = -1] = values;
  return { interval: interval < 0 ? null : interval, timeout: timeout < 0 ? null : timeout };
}

interface Realization {
  readonly model: DeviceModel;
  readonly device: DeviceArg;
  readonly blk: BlockBackend;
  readonly timers: Timers;
}

function realize(vm: Vm, { model, device, blk, timers }: Realization): void {
  const { properties } = device;
  const id = properties.get('id') ?? `${model.name}-${vm.disks.length}`;
  takePolicies(blk, properties);
  blk.qdev = model.qdev(id);
  blk.ioStatusEnabled = true;
  blk.ioStatus = 'ok';
  const thread = vm.layer.iothreads.get(properties.get('iothread') ?? '');
  const bare = { model, id, layer: vm.layer, blk };
  const disk: GuestDisk = { ...bare, state: createDiskState(bare, thread) };
  vm.disks.push(disk);
  guessGeometry(blk);
  if (!model.canRetry) return;
  const drive = vm.retrySettings === 'drive' ? driveTimers.get(blk) : undefined;
  setRetryCallback(blk, {
    interval: timers.interval ?? fromDrive(drive?.interval) ?? DEFAULT_RETRY_INTERVAL,
    timeout: timers.timeout ?? fromDrive(drive?.timeout) ?? 0,
    resubmit: () => model.resubmit(disk),
  });
}

/** `auto`, the default, leaves what the drive says. */
function takePolicies(blk: BlockBackend, properties: ReadonlyMap<string, string>): void {
  const write = properties.get('werror') ?? 'auto';
  const read = properties.get('rerror') ?? 'auto';
  if (write !== 'auto') blk.onWriteError = write as ErrorPolicy;
  if (read !== 'auto') blk.onReadError = read as ErrorPolicy;
}

const fromDrive = (text: string | null | undefined): Nanos | null =>
  text === null || text === undefined ? null : millis(Number(text));

/** The device model is told its thread by the backend's context at creation; it starts out on the main loop. */
function createDiskState(
  bare: Omit<GuestDisk, 'state'>,
  thread: Vm['layer']['main']['aio'] | undefined,
): unknown {
  const { blk, model } = bare;
  const main = blk.ctx;
  if (thread !== undefined) blk.ctx = thread;
  const state = model.createState(bare);
  blk.ctx = main;
  return state;
}

const ignoreResult = (_ret: Errno | null): void => undefined;

/** QEMU reads sector 0 of each new disk to guess its geometry: it uses up a fault rule, and a token of a throttle group. */
function guessGeometry(blk: BlockBackend): void {
  blkSubmit(blk, { op: 'read', offset: 0, bytes: 512, data: null }, ignoreResult);
}
