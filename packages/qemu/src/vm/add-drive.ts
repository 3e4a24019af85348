// add-drive.ts — -drive: adds a node, a named backend and, if the interface has one, a device. Mirrors blockdev.c: blockdev_init, drive_new.
import type { Nanos } from '@dmsim/sim';
import { millis, seconds } from '@dmsim/sim';

import { enableIoHang } from '../block/backend-requests.ts';
import type { BlockBackend } from '../block/backend.ts';
import { deleteBackend, setRights } from '../block/backend.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import { closeNode, openNode } from '../block/graph.ts';
import { createEmptyNode } from '../block/medium.ts';
import { probeFormat } from '../block/new-image.ts';
import { ALL_RIGHTS, RIGHT } from '../block/rights.ts';
import { optionalFlag, optionalString } from '../drivers/options.ts';
import { blockdevOptions } from '../qmp/blockdev-options.ts';
import { limitBackend } from '../qmp/commands/io-throttle.ts';
import type { Json, JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import { addDevice, newBackend } from './add-device.ts';
import type { DriveArg } from './drive-arg.ts';
import { takeLimits } from './drive-limits.ts';
import { refuseIdentifier } from './identifier.ts';
import type { Vm } from './vm.ts';

const DRIVE_POLICIES: Readonly<Record<'read' | 'write', readonly ErrorPolicy[]>> = {
  read: ['report', 'ignore', 'stop'],
  write: ['report', 'ignore', 'stop', 'enospc'],
};
const INTERFACES = new Set([
  'none',
  'ide',
  'scsi',
  'floppy',
  'pflash',
  'mtd',
  'sd',
  'virtio',
  'xen',
]);
const NO_POLICY_INTERFACES = new Set(['floppy', 'sd', 'pflash']);

/** The device that each interface uses if no `-device` takes the drive. */
const DEFAULT_DEVICES: Readonly<Record<string, string>> = {
  virtio: 'virtio-blk-pci',
  ide: 'ide-hd',
  scsi: 'scsi-hd',
};

/**
 * Adds a drive, and a device if its interface has one; an IDE disk comes later, with `addDiskOf`. Returns the refusal, or null.
 */
export function addDrive(vm: Vm, drive: DriveArg): string | null {
  if (!INTERFACES.has(drive.interface)) return `unsupported bus type '${drive.interface}'`;
  const malformed = refuseIdentifier(drive.id);
  if (malformed !== null) return malformed;
  if (vm.layer.backends.some((blk) => blk.name === drive.id))
    return `Duplicate ID '${drive.id}' for drive`;
  const policy = (['werror', 'rerror'] as const).find((which) => drive[which] !== null);
  if (policy !== undefined && NO_POLICY_INTERFACES.has(drive.interface))
    return `${policy} is not supported by this bus type`;
  const why = addBackend(vm, drive);
  if (why !== null || drive.interface === 'none' || drive.interface === 'ide') return why;
  return addDiskOf(vm, drive);
}

/** Adds the device that the interface of the drive has. Returns the refusal, or null. */
export function addDiskOf(vm: Vm, drive: DriveArg): string | null {
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
  const limits = takeLimits(drive.options);
  if (typeof limits === 'string') return limits;
  const wrong = refuseOptions(vm, drive, retries);
  if (wrong !== null) return wrong;
  chooseFormat(vm, drive);
  const isEmpty = Object.keys(drive.options).length === 0;
  const opened = openMedium(vm, drive);
  if (opened.kind === 'failed') return opened.why;
  const blk = newBackend(vm, drive.id, opened.node);
  blk.inserted = !isEmpty;
  blk.writeCache = !drive.writesThrough;
  const conflict = vm.layer.nodes.has(drive.id)
    ? `Device name '${drive.id}' conflicts with an existing node name`
    : setRights(blk, { needs: RIGHT.consistentRead, shares: ALL_RIGHTS });
  if (conflict !== null) {
    deleteBackend(blk);
    closeNode(opened.node);
    return conflict;
  }
  limitBackend(blk, limits.group ?? drive.id, limits.config);
  blk.onWriteError = write.policy ?? blk.onWriteError;
  blk.onReadError = read.policy ?? blk.onReadError;
  setTimers(blk, drive);
  return null;
}

/** A drive without options has no medium. */
const openMedium = ({ layer }: Vm, { options }: DriveArg): ReturnType<typeof openNode> =>
  Object.keys(options).length === 0
    ? { kind: 'opened', node: createEmptyNode(layer) }
    : openNode(layer, options, { isDrive: true });

function setTimers(blk: BlockBackend, drive: DriveArg): void {
  blk.driveRetry = {
    interval: millisOf(drive.retryInterval),
    timeout: millisOf(drive.retryTimeout),
  };
  const hang = Number(drive.ioHangTimeout ?? 0);
  if (hang > 0) enableIoHang(blk, seconds(hang));
}

const refuseOptions = (vm: Vm, drive: DriveArg, retries: boolean): string | null =>
  (drive.isCached ? null : 'invalid cache option') ??
  refuseForeignOptions(drive.options) ??
  refuseDetectZeroes(drive.options) ??
  refuseFlags(drive.options) ??
  refuseUnknownOptions(drive.options) ??
  refuseSeriesOptions(vm, drive, retries) ??
  refuseDiscard(drive.options);

/** Without format=, the first bytes of the file tell the format. */
function chooseFormat({ layer }: Vm, { options, isProbed }: DriveArg): void {
  const file = options['file'];
  const filename = isJsonObject(file) ? optionalString(file['filename']) : undefined;
  if (!isProbed || filename === undefined) return;
  options['driver'] = probeFormat(layer.files, filename);
}

const millisOf = (text: string | null): Nanos | null =>
  text === null ? null : millis(Number(text));

/** Options of QEMU's drives that are not simulated; of those with a dot, the part before it. */
const FOREIGN_OPTIONS =
  /^(?:copy-on-read|snapshot|stats-account-(?:invalid|failed)|stats-intervals)$/;

function refuseForeignOptions(options: JsonObject): string | null {
  const name = Object.keys(options).find((key) => FOREIGN_OPTIONS.test(key));
  if (name !== undefined) return `-drive ${name}: not simulated`;
  const file = options['file'];
  const aio = isJsonObject(file) ? file['aio'] : undefined;
  return aio === undefined || AIO.has(optionalString(aio) ?? '') ? null : 'invalid aio option';
}

const ZEROES: ReadonlySet<string> = new Set(['off', 'on', 'unmap']);

function refuseDetectZeroes({ 'detect-zeroes': value }: JsonObject): string | null {
  const text = optionalString(value) ?? 'off';
  return ZEROES.has(text) ? null : `invalid parameter value: ${text}`;
}

const FLAGS = ['read-only', 'auto-read-only', 'force-share'];

function refuseFlags(options: JsonObject): string | null {
  const wrong = FLAGS.find((name) => {
    const value = options[name];
    return value !== undefined && optionalFlag(value) === undefined;
  });
  if (wrong !== undefined) return `Parameter '${wrong}' expects 'on' or 'off'`;
  const { file } = options;
  const locking = isJsonObject(file) ? (optionalString(file['locking']) ?? 'auto') : 'auto';
  return LOCKING.has(locking) ? null : `invalid parameter value: ${locking}`;
}

const LOCKING: ReadonlySet<string> = new Set(['auto', 'on', 'off']);

/** bdrv_parse_discard_flags: a drive's nodes may say `on` and `off`, too, which are replaced here. */
function refuseDiscard(options: JsonObject): string | null {
  for (const role of ['file', 'image', 'backing']) {
    const child = options[role];
    const why = isJsonObject(child) ? (refuseDiscard(child) ?? refuseDetectZeroes(child)) : null;
    if (why !== null) return why;
  }
  const given = options['discard'];
  const discard = DISCARDS[optionalString(given) ?? 'ignore'];
  if (discard === undefined) return 'Invalid discard option';
  if (given !== undefined) options['discard'] = discard;
  return null;
}

const DISCARDS: Readonly<Record<string, string>> = {
  ignore: 'ignore',
  off: 'ignore',
  unmap: 'unmap',
  on: 'unmap',
};

const AIO: ReadonlySet<string> = new Set(['threads', 'native', 'io_uring']);

/** Formats and filters. QEMU words the refusal of an unknown option differently for them than for protocols. */
const FORMATS = new Set(['raw', 'qcow2', 'throttle']);

const unknownOption = (driver: Json | undefined, name: string): string => {
  const text = optionalString(driver) ?? '';
  return FORMATS.has(text)
    ? `Block format '${text}' does not support the option '${name}'`
    : `Block protocol '${text}' doesn't support the option '${name}'`;
};

/**
 * Checks the options of each level of the drive's nodes against its driver. The innermost comes first, as it is opened
 * first.
 */
function refuseUnknownOptions(options: JsonObject): string | null {
  const driver = options['driver'];
  const branch = blockdevOptions.branches[optionalString(driver) ?? ''];
  if (branch === undefined) return null;
  const known = new Set([...blockdevOptions.members, ...branch].map(({ name }) => name));
  for (const role of ['file', 'image', 'backing']) {
    const child = options[role];
    const why = isJsonObject(child) ? refuseUnknownOptions(child) : null;
    if (why !== null) return why;
  }
  const unknown = Object.keys(options).find((name) => !known.has(name));
  if (unknown !== undefined) return unknownOption(driver, unknown);
  const foreign = branch.find(
    ({ name, foreign: isForeign }) => isForeign === true && name in options,
  );
  return foreign === undefined
    ? null
    : `${optionalString(driver) ?? ''}.${foreign.name}: not simulated`;
}

/** QEMU 7.2 does not have these options, and takes them for options of the node. */
function refuseSeriesOptions(vm: Vm, drive: DriveArg, retries: boolean): string | null {
  const given: readonly [string, string | null][] = [
    ['retry_interval', drive.retryInterval],
    ['retry_timeout', drive.retryTimeout],
    ['iohang-timeout', drive.ioHangTimeout],
  ];
  for (const [name, value] of given) {
    if (value === null) continue;
    if (vm.build === '7.2') return unknownOption(drive.options['driver'], name);
    if (name.startsWith('retry') && !retries)
      return `${name} is only supported by werror/rerror=retry`;
    // QEMU's own parser accepts a sign and turns -5 into a number of 20 digits. Nobody can want that, so it is refused here.
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
