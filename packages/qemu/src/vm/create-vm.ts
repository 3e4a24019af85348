// create-vm.ts — Creates a running machine from a command line. Mirrors softmmu/vl.c.
import type { Sim } from '@dmsim/sim';

import { runBlocking } from '../aio/main-loop.ts';
import { openNode } from '../block/graph.ts';
import type { CountHostIo, LocksOfDevice, OpenBlockDevice } from '../drivers/host-device.ts';
import { hostDevice } from '../drivers/host-device.ts';
import { exportNode, startServer } from '../qmp/commands/exports.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import { addDevice } from './add-device.ts';
import { addDiskOf, addDrive } from './add-drive.ts';
import { addIothread, addThrottleGroup } from './add-object.ts';
import type { CommandLine } from './command-line.ts';
import { parseCommandLine } from './command-line.ts';
import type { VmOptions } from './vm-options.ts';
import type { Vm } from './vm.ts';
import { closeVm, createBareVm, haltVm, powerOn } from './vm.ts';

export type CreatedVm =
  | { readonly kind: 'created'; readonly vm: Vm }
  | { readonly kind: 'refused'; readonly message: string };

export interface CreateVmOptions extends Omit<VmOptions, 'hasMachine' | 'rootBus'> {
  /** Opens the host's block device at a path. A path that is no block device is a file. */
  readonly openBlockDevice?: OpenBlockDevice;
  readonly countHostIo?: CountHostIo;
  readonly locksOfDevice?: LocksOfDevice;
}

/** Creates a machine. A refusal is the message that QEMU prints, or the name of what is not simulated. */
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
    drivers: [...drivers, hostDevice(openBlockDevice, options.countHostIo, options.locksOfDevice)],
    ...machineOf(line),
    isHeadless: line.isHeadless || options.isHeadless === true,
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

/** What the command line says of the machine itself. */
function machineOf({ machine, isStorageDaemon, ...line }: CommandLine): VmOptions {
  const isNone = machine === 'none';
  return {
    hasMachine: !isNone && !isStorageDaemon,
    isStorageDaemon,
    memory: isNone ? 0 : line.memory,
    cpus: isNone ? 0 : line.cpus,
    actions: { reboot: line.rebootAction, shutdown: line.shutdownAction },
    rootBus: machine.includes('q35') ? 'pcie.0' : 'pci.0',
  };
}

/** Adds nodes, drives and devices in QEMU's order. Returns the refusal, or null. */
function addAll(vm: Vm, line: CommandLine): string | null {
  for (const [i, { typed, options }] of line.blockdevs.entries()) {
    const early = addNbd(vm, line, i);
    if (early !== null) return early;
    if (options['node-name'] === undefined)
      return `${typed}: 'node-name' must be specified for the root node`;
    const opened = openNode(vm.layer, options);
    if (opened.kind === 'failed') return `${typed}: ${opened.why}`;
    opened.node.monitorOwned = true;
  }
  const late = addNbd(vm, line, line.blockdevs.length);
  if (late !== null) return late;
  const added: readonly (readonly [string, () => string | null])[] = [
    ...line.drives.map((drive) => [`-drive ${drive.text}: `, () => addDrive(vm, drive)] as const),
    // The machine itself makes these disks, and tells of no option.
    ...line.drives
      .filter((drive) => drive.interface === 'ide')
      .map((drive) => ['', () => addDiskOf(vm, drive)] as const),
    ...line.devices.map(
      (device) => [`-device ${device.text}: `, () => addDevice(vm, device)] as const,
    ),
  ];
  for (const [where, add] of added) {
    const why = add();
    if (why !== null) return `${where}${why}`;
  }
  return null;
}

/** Starts the server and adds the exports that follow so many nodes. Returns the refusal, or null. */
function addNbd(vm: Vm, { nbd }: CommandLine, nodes: number): string | null {
  for (const { typed, kind, options, after } of nbd) {
    if (after !== nodes) continue;
    const why = kind === 'server' ? startServer(vm, options) : exportAtStart(vm, options);
    if (why !== null) return `${typed}: ${typeof why === 'string' ? why : 'not simulated'}`;
  }
  return null;
}

/** No request is under way yet, so that there is nothing to wait for. */
function exportAtStart(vm: Vm, options: JsonObject): ReturnType<typeof startServer> {
  let why: ReturnType<typeof startServer> = null;
  runBlocking(vm.layer.main, exportNode(vm, options), (result) => {
    why = result;
  });
  return why;
}

/** Uses `host_device` where a file name on the command line leads to a block device. */
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
  for (const { id, config } of line.throttleGroups) addThrottleGroup(vm, id, config);
}
