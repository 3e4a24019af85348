// add-device.ts — -device and device_add: adds a guest's disk with its properties. Mirrors softmmu/qdev-monitor.c, hw/block/block.c.
import type { Errno, Nanos } from '@dmsim/sim';
import { millis } from '@dmsim/sim';

import { setRetryCallback } from '../block/backend-errors.ts';
import { blkSubmit } from '../block/backend-requests.ts';
import type { BlockBackend } from '../block/backend.ts';
import { createBackend, deleteBackend, setBackendContext, setRights } from '../block/backend.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import { createEmptyNode } from '../block/medium.ts';
import type { BlockNode } from '../block/node.ts';
import { refuseBacking, refuseBusy } from '../block/node.ts';
import { DEFAULT_RETRY_INTERVAL } from '../block/rehandle.ts';
import type { Rights } from '../block/rights.ts';
import { RIGHT, SHARED_BY_READERS } from '../block/rights.ts';
import type { DeviceModel, GuestDisk, UnmapLimits } from '../devices/guest-disk.ts';
import { deviceModels } from '../devices/registry.ts';
import type { DeviceArg } from './command-line.ts';
import { notePlace, refusePlace } from './device-place.ts';
import { refuseProperty } from './device-properties.ts';
import { adapterOf, chooseAddress } from './scsi-address.ts';
import type { Vm } from './vm.ts';
import { requestVmStop } from './vm.ts';

/** Controllers: they exist, but only the disks plugged into them are simulated. */
const CONTROLLERS = new Set([
  'virtio-scsi-pci',
  'qemu-xhci',
  'isa-fdc',
  'ahci',
  'pcie-root-port',
  'pci-bridge',
]);
const WITHOUT_POLICY = new Set(['nvme', 'floppy']);

export interface AddOptions {
  /** True for device_add: the machine is already running, and not every bus accepts a device then. */
  readonly isHotplug?: boolean;
  /** Called when a backend that was made for the device goes with it. Its deletion drains the node. */
  readonly onRelease?: (node: BlockNode) => void;
}

/** Other names of devices. */
const ALIASES: Readonly<Record<string, string>> = {
  'virtio-blk': 'virtio-blk-pci',
  'virtio-scsi': 'virtio-scsi-pci',
};

/** Adds a device. Returns the refusal, or null. */
export function addDevice(vm: Vm, given: DeviceArg, options: AddOptions = {}): string | null {
  const driver = ALIASES[given.driver] ?? given.driver;
  const device = { ...given, driver };
  const { properties } = device;
  const model = deviceModels.get(driver);
  const unknown = refuseDriver(driver);
  if (unknown !== null) return unknown;
  const id = properties.get('id');
  const { isHotplug = false } = options;
  const refusal = refusePlace(vm, device, { isHotplug });
  if (refusal !== null) return refusal;
  // A device that is refused from here on has taken its number.
  const name = id ?? `/machine/peripheral-anon/device[${vm.nrAnonymous++}]`;
  const wrong = refuseProperties(vm, device);
  if (wrong !== null) return wrong;
  notePlace(vm, device);
  if (model !== undefined) return addDisk(vm, { device, name, model }, options);
  if (WITHOUT_POLICY.has(driver)) return `${driver}: not simulated`;
  return addController(vm, device);
}

function refuseDriver(driver: string): string | null {
  if (CONTROLLERS.has(driver) || WITHOUT_POLICY.has(driver) || deviceModels.has(driver))
    return null;
  return isDeviceName(driver)
    ? `${driver}: not simulated`
    : `'${driver}' is not a valid device model name`;
}

/** True for a name in one of the families of QEMU's many other devices, which are refused as not simulated. */
const isDeviceName = (driver: string): boolean =>
  /^(?:virtio|vhost|usb|e1000|rtl8139|VGA|vfio|ich9|intel|nec|pcie?|ide|scsi|lsi|mega|mpt|nvme|isa|hda|i6300|tpm|sd)/u.test(
    driver,
  );

function refuseProperties(vm: Vm, { driver, properties }: DeviceArg): string | null {
  for (const [name, value] of properties) {
    if (name === 'id' || name === 'bus') continue;
    if (WITHOUT_POLICY.has(driver) && (name === 'werror' || name === 'rerror'))
      return `Property '${driver}.${name}' not found`;
    const refusal = refuseProperty({
      driver,
      name,
      value,
      hasRetry: vm.build === 'series' && deviceModels.has(driver),
      hasIothread: (id) => vm.layer.iothreads.has(id),
    });
    if (refusal !== null) return refusal;
  }
  return null;
}

function addController(vm: Vm, { driver, properties }: DeviceArg): string | null {
  const iothread = properties.get('iothread');
  const thread = vm.layer.iothreads.get(iothread ?? '') ?? null;
  vm.controllers.push({ driver, id: properties.get('id') ?? null, thread });
  return null;
}

interface NewDisk {
  readonly device: DeviceArg;
  /** The id that was given, or the path of a device without one. */
  readonly name: string;
  readonly model: DeviceModel;
}

function addDisk(
  vm: Vm,
  { device, name, model }: NewDisk,
  { onRelease }: AddOptions,
): string | null {
  const { driver, properties } = device;
  const timers = retryTimers(properties);
  if (typeof timers === 'string') return timers;
  const source = diskSource(vm, driver, properties.get('drive'));
  if (typeof source === 'string') return source;
  const address = driver.startsWith('scsi-') ? chooseAddress(vm, device) : null;
  if (typeof address === 'string') return address;
  const blk = 'node' in source ? newBackend(vm, '', source.node) : source.blk;
  blk.qdev = model.qdev(name);
  const denied = setRights(blk, deviceRights(blk, device));
  const why = denied ?? refuseDataplane(blk, device);
  if (why !== null) {
    for (const node of giveBack(source, blk, denied === null)) onRelease?.(node);
    return why;
  }
  if (address !== null) vm.scsiAddresses.set(name, address);
  realize(vm, { model, device, blk, timers, id: name });
  return null;
}

/**
 * Takes the device from its drive, or deletes the backend that was made for it; returns the node of the latter for each time that it
 * is released. A disk that is there already is reset before it goes.
 */
function giveBack(source: DiskSource, blk: BlockBackend, isThere: boolean): BlockNode[] {
  if ('blk' in source) {
    blk.qdev = null;
    return [];
  }
  deleteBackend(blk);
  return isThere ? [source.node, source.node] : [source.node];
}

type DiskSource = { readonly blk: BlockBackend } | { readonly node: BlockNode };

/** Drives whose medium can be removed. */
const REMOVABLE: ReadonlySet<string> = new Set(['scsi-cd', 'ide-cd']);

/** Finds the drive or the node of that name. A string is the refusal. */
function diskSource(vm: Vm, driver: string, drive: string | undefined): DiskSource | string {
  if (drive === undefined)
    return REMOVABLE.has(driver) ? { node: createEmptyNode(vm.layer) } : 'drive property not set';
  const named = vm.layer.backends.find((blk) => blk.name === drive);
  if (named !== undefined)
    return named.qdev === null
      ? { blk: named }
      : `Drive '${drive}' is already in use by another block device`;
  const node = vm.layer.nodes.get(drive);
  const type = driver.startsWith('virtio-blk') ? 'virtio-blk-device' : driver;
  return node === undefined ? `Property '${type}.drive' can't find value '${drive}'` : { node };
}

/** Disks that may be read-only. */
const READS: ReadonlySet<string> = new Set(['scsi-hd', 'virtio-blk-pci']);

/** blkconf_apply_backend_options: what the device does with the node, and lets others do. */
function deviceRights({ node }: BlockBackend, { driver, properties }: DeviceArg): Rights {
  const isCd = driver.endsWith('-cd');
  const reads = isCd || (READS.has(driver) && node.readOnly);
  const writes = ON.has(properties.get('share-rw')) ? RIGHT.write : 0;
  return {
    needs: RIGHT.consistentRead | (reads ? 0 : RIGHT.write),
    shares: SHARED_BY_READERS | (isCd ? 0 : RIGHT.resize) | writes,
  };
}

/** Devices with a thread of their own, as those of virtio-scsi always are, take no node that a job or an image blocks. */
function refuseDataplane({ node }: BlockBackend, { driver, properties }: DeviceArg): string | null {
  const hasThread = properties.get('iothread') !== undefined;
  if (!driver.startsWith('scsi-') && !hasThread) return null;
  const busy = refuseBusy(node) ?? refuseBacking(node);
  if (busy === null || !hasThread) return busy;
  return `cannot start virtio-blk dataplane: ${busy}`;
}

export function newBackend(vm: Vm, name: string, node: BlockNode): BlockBackend {
  return createBackend(vm.layer, {
    name,
    node,
    retryMode: vm.retryMode,
    requestVmStop: () => requestVmStop(vm, 'io-error'),
  });
}

interface Timers {
  readonly interval: Nanos | null;
  readonly timeout: Nanos | null;
}

const LONG_MAX = '9223372036854775807';

function retryTimers(properties: ReadonlyMap<string, string>): Timers | string {
  const values: (Nanos | null)[] = [];
  for (const name of ['retry_interval', 'retry_timeout']) {
    const text = properties.get(name);
    if (text !== undefined && Number(text) < 0)
      return `Property .${name} doesn't take value ${text} (minimum: 0, maximum: ${LONG_MAX})`;
    values.push(text === undefined ? null : millis(Number(text)));
  }
  const [interval = null, timeout = null] = values;
  return { interval, timeout };
}

interface Realization {
  readonly model: DeviceModel;
  readonly device: DeviceArg;
  readonly blk: BlockBackend;
  readonly timers: Timers;
  readonly id: string;
}

function realize(vm: Vm, { model, device, blk, timers, id }: Realization): void {
  const { properties } = device;
  attach(blk, device);
  const thread = vm.layer.iothreads.get(properties.get('iothread') ?? '');
  const bare = { model, id, layer: vm.layer, blk, unmap: unmapLimits(device) };
  const disk: GuestDisk = { ...bare, state: createDiskState(bare, thread) };
  vm.disks.push(disk);
  if (blk.inserted) guessGeometry(blk);
  moveToAdapter(vm, blk, device);
  if (!model.canRetry) return;
  const drive = vm.retrySettings === 'drive' ? blk.driveRetry : null;
  setRetryCallback(blk, {
    interval: timers.interval ?? drive?.interval ?? DEFAULT_RETRY_INTERVAL,
    timeout: timers.timeout ?? drive?.timeout ?? 0,
    resubmit: () => model.resubmit(disk),
  });
}

/** virtio_scsi_hotplug: the thread of the adapter serves its disks. */
function moveToAdapter(vm: Vm, blk: BlockBackend, device: DeviceArg): void {
  if (!device.driver.startsWith('scsi-')) return;
  const thread = adapterOf(vm, device)?.thread ?? null;
  if (thread !== null) setBackendContext(blk, thread);
}

/** The device makes the backend its own. */
function attach(blk: BlockBackend, { driver, properties }: DeviceArg): void {
  blk.inserted = blk.node.name !== '';
  blk.tray = REMOVABLE.has(driver) ? 'closed' : null;
  takePolicies(blk, properties);
  blk.ioStatusEnabled = true;
  blk.ioStatus = 'ok';
}

/** The words for on and off that properties take (qapi_bool_parse). */
const ON: ReadonlySet<string | undefined> = new Set(['on', 'yes', 'true', 'y']);
const OFF: ReadonlySet<string | undefined> = new Set(['off', 'no', 'false', 'n']);

/** Sets the error policies; `auto`, the default, keeps those of the drive. */
function takePolicies(blk: BlockBackend, properties: ReadonlyMap<string, string>): void {
  const write = properties.get('werror') ?? 'auto';
  const read = properties.get('rerror') ?? 'auto';
  if (write !== 'auto') blk.onWriteError = write as ErrorPolicy;
  if (read !== 'auto') blk.onReadError = read as ErrorPolicy;
}

/** Half of INT_MAX bytes, in sectors (BDRV_REQUEST_MAX_SECTORS). */
const MOST_SECTORS = 4_194_303;
/** The limit of a SCSI disk: 1 GiB (DEFAULT_MAX_UNMAP_SIZE). */
const MOST_UNMAPPED = 2_097_152;

function unmapLimits({ driver, properties }: DeviceArg): UnmapLimits {
  const isScsi = driver.startsWith('scsi-');
  const keeps = (name: string): boolean => !OFF.has(properties.get(name));
  const sectors = (name: string): number => Number(properties.get(name) ?? MOST_SECTORS);
  return {
    discards: isScsi || (driver.startsWith('virtio') && keeps('discard')),
    writesZeroes: isScsi || (driver.startsWith('virtio') && keeps('write-zeroes')),
    maxDiscard: isScsi ? MOST_UNMAPPED : sectors('max-discard-sectors'),
    maxZeroes: sectors('max-write-zeroes-sectors'),
  };
}

/** Creates the state of a disk. A device takes its thread from the backend's context, which is the main loop at first. */
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

/**
 * Reads sector 0, as QEMU does to guess the geometry of each new disk. The read triggers fault rules and counts against
 * throttling.
 */
function guessGeometry(blk: BlockBackend): void {
  blkSubmit(blk, { op: 'read', offset: 0, bytes: 512, data: null }, ignoreResult);
}
