// command-line.ts — Parses QEMU's arguments, and refuses by name those that are not simulated. Mirrors softmmu/vl.c, blockdev.c.
import type { ThrottleConfig } from '../block/throttle-config.ts';
import {
  changeConfig,
  GROUP_KEYS,
  groupKey,
  NO_LIMITS,
  refuseConfig,
} from '../block/throttle-config.ts';
import { flattenOption, optionalSize } from '../drivers/options.ts';
import { blockdevOptions } from '../qmp/blockdev-options.ts';
import type { Parsed } from '../qmp/json-parser.ts';
import { createJsonStream, feedBytes, flushJson } from '../qmp/json-parser.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject, printJson } from '../qmp/json.ts';
import { ARGUMENTS, checkUnion, words } from '../qmp/qapi.ts';
import type { KeyValue } from './key-value.ts';
import { nestOptions, splitOptions } from './key-value.ts';

export interface DriveArg {
  readonly text: string;
  readonly id: string;
  readonly interface: string;
  readonly options: JsonObject;
  /** True if no format was given, so the format is probed from the file. */
  readonly isProbed: boolean;
  readonly werror: string | null;
  readonly rerror: string | null;
  readonly retryInterval: string | null;
  readonly retryTimeout: string | null;
  readonly ioHangTimeout: string | null;
}

export interface DeviceArg {
  readonly text: string;
  readonly driver: string;
  readonly properties: ReadonlyMap<string, string>;
}

export interface CommandLine {
  readonly program: string;
  readonly isStorageDaemon: boolean;
  readonly machine: string;
  readonly blockdevs: readonly { readonly text: string; readonly options: JsonObject }[];
  readonly drives: readonly DriveArg[];
  readonly devices: readonly DeviceArg[];
  readonly throttleGroups: readonly { readonly id: string; readonly config: ThrottleConfig }[];
  readonly iothreads: readonly string[];
  /** `-S`: wait for `cont`. */
  readonly startStopped: boolean;
  /** `-kernel`, `-initrd` and `-append`, for the code that plays the guest. */
  readonly kernel: string | null;
  readonly rebootAction: 'reset' | 'shutdown';
}

export type ParsedCommandLine =
  | { readonly kind: 'parsed'; readonly line: CommandLine }
  /** The message that QEMU prints before it exits with status 1. */
  | { readonly kind: 'refused'; readonly message: string };

/** Options with a value that make no difference to a simulated machine. */
const IGNORED_WITH_VALUE = new Set([
  '-accel',
  '-bios',
  '-m',
  '-display',
  '-qtest',
  '-qtest-log',
  '-cpu',
  '-smp',
  '-initrd',
  '-append',
  '-name',
  '-qmp',
  '-monitor',
  '-chardev',
  '-serial',
]);
/** Further options of QEMU, which are not simulated. */
const OTHER = new Set(
  words(`
  -preconfig -D -L -acpitable -add-fd -async-teardown -audio -audio-help -audiodev -boot -cdrom
  -chroot -compat -d -debugcon -dfilter -dtb -dump-vmstate -echr -enable-sync-profile -fda -fdb
  -fsdev -full-screen -fw_cfg -g -gdb -global -h -hda -hdb -hdc -hdd -icount -incoming -iscsi -k
  -loadvm -mem-path -mem-prealloc -mon -msg -mtdblock -net -netdev -nic -no-acpi -no-fd-bootchk
  -no-hpet -no-shutdown -numa -only-migratable -option-rom -overcommit -parallel -pflash -plugin
  -portrait -qmp-pretty -readconfig -rotate -rtc -runas -s -sandbox -sd -seed -set -singlestep
  -smbios -snapshot -spice -tpmdev -trace -usb -usbdevice -uuid -vga -virtfs -vnc
  -watchdog-action -win2k-hack -xen-attach -xen-domid -xen-domid-restrict -nbd-server -export
  -pidfile -daemonize -nographic
`),
);
const IGNORED_FLAGS = new Set(['-nodefaults', '-no-user-config', '-enable-kvm']);

interface Draft {
  machine: string;
  blockdevs: { text: string; options: JsonObject }[];
  drives: DriveArg[];
  devices: DeviceArg[];
  throttleGroups: { id: string; config: ThrottleConfig }[];
  iothreads: string[];
  startStopped: boolean;
  kernel: string | null;
  noReboot: boolean;
  rebootAction: 'reset' | 'shutdown' | null;
}

export function parseCommandLine(argv: readonly string[]): ParsedCommandLine {
  const [program = 'qemu-system-x86_64', ...rest] = argv;
  const draft: Draft = {
    machine: 'pc',
    blockdevs: [],
    drives: [],
    devices: [],
    throttleGroups: [],
    iothreads: [],
    startStopped: false,
    kernel: null,
    noReboot: false,
    rebootAction: null,
  };
  const isStorageDaemon = program.endsWith('qemu-storage-daemon');
  for (let i = 0; i < rest.length; i++) {
    const option = normalise(rest[i] as string);
    const unknown = refuseOption(option, isStorageDaemon);
    if (unknown !== null) return refuse(program, unknown);
    if (takeFlag(draft, option)) continue;
    const problem = takeValue(draft, option, rest[++i]);
    if (problem !== null) return refuse(program, problem);
  }
  const { noReboot, rebootAction, ...parsed } = draft;
  const action = rebootAction ?? (noReboot ? 'shutdown' : 'reset');
  return { kind: 'parsed', line: { program, isStorageDaemon, ...parsed, rebootAction: action } };
}

/** The options that qemu-storage-daemon shares with QEMU; --export and --nbd-server are not simulated. */
const DAEMON_OPTIONS = new Set(['-blockdev', '-object', '-chardev', '-monitor', '-pidfile']);

const normalise = (option: string): string => (option.startsWith('--') ? option.slice(1) : option);

const refuse = (program: string, why: string): ParsedCommandLine => ({
  kind: 'refused',
  message: `${program}: ${why}`,
});

function takeFlag(draft: Draft, option: string): boolean {
  if (option === '-S') draft.startStopped = true;
  else if (option === '-no-reboot') draft.noReboot = true;
  else return IGNORED_FLAGS.has(option);
  return true;
}

/** Why the option itself is refused, or null. */
function refuseOption(option: string, isStorageDaemon: boolean): string | null {
  if (isStorageDaemon && !DAEMON_OPTIONS.has(option)) return `${option}: not simulated`;
  const isKnown =
    FLAGS.has(option) ||
    IGNORED_FLAGS.has(option) ||
    IGNORED_WITH_VALUE.has(option) ||
    OPTIONS[option] !== undefined;
  if (isKnown) return null;
  return `${option}: ${OTHER.has(option) ? 'not simulated' : 'invalid option'}`;
}

const FLAGS = new Set(['-S', '-no-reboot']);

function takeValue(draft: Draft, option: string, value: string | undefined): string | null {
  if (value === undefined) return `${option}: requires an argument`;
  const problem = OPTIONS[option]?.(draft, value) ?? null;
  return problem === null || problem === NEGATIVE ? problem : `${option} ${value}: ${problem}`;
}

type TakeOption = (draft: Draft, value: string) => string | null;

const takeMachine: TakeOption = (draft, value) => {
  draft.machine = splitOptions(value, 'type').find(({ key }) => key === 'type')?.value ?? 'pc';
  return null;
};

const OPTIONS: Readonly<Record<string, TakeOption>> = {
  '-machine': takeMachine,
  '-M': takeMachine,
  '-blockdev': takeBlockdev,
  '-drive': takeDrive,
  '-device': (draft, value) => {
    draft.devices.push(parseDevice(value));
    return null;
  },
  '-object': (draft, value) => {
    const options = objectOptions(value);
    return typeof options === 'string' ? options : takeObject(draft, options);
  },
  '-kernel': (draft, value) => {
    draft.kernel = value;
    return null;
  },
  '-action': (draft, value) => {
    for (const { key, value: what } of splitOptions(value, null)) {
      if (key === 'reboot') draft.rebootAction = what === 'reset' ? 'reset' : 'shutdown';
    }
    return null;
  },
};

function takeBlockdev(draft: Draft, text: string): string | null {
  const isText = !text.startsWith('{');
  const options = isText ? nestOptions(splitOptions(text, 'driver')) : parseJson(text);
  if (typeof options === 'string') return options;
  const misfit = checkUnion(blockdevOptions, options, { ...ARGUMENTS, isText });
  if (misfit !== null)
    return misfit.kind === 'refused' ? misfit.desc : `${misfit.what}: not simulated`;
  draft.blockdevs.push({ text, options });
  return null;
}

/** Parses JSON. A string is the refusal. */
function parseJson(text: string): JsonObject | string {
  const found: Parsed[] = [];
  const stream = createJsonStream((parsed) => found.push(parsed));
  // The lexer needs a byte after a number or a keyword to know where it ends.
  feedBytes(
    stream,
    Uint8Array.from(`${text}\n`, (c) => c.charCodeAt(0) & 0xff),
  );
  const parsed = found[0] ?? flushJson(stream);
  if (parsed === null) return 'JSON parse error, expecting value';
  if (parsed.kind === 'error') return parsed.text;
  return isJsonObject(parsed.value)
    ? parsed.value
    : "Invalid parameter type for '<object>', expected: object";
}

/** Options of the drive itself, not of its node. */
const DRIVE_KEYS = new Set([
  'id',
  'if',
  'werror',
  'rerror',
  'retry_interval',
  'retry_timeout',
  'iohang-timeout',
  'media',
  'index',
  'bus',
  'unit',
  'cache',
  'format',
  'file',
  'readonly',
]);

/** The node options that each cache= mode sets. The mode's choice of write-back concerns the device. */
const CACHE_MODES: Readonly<Record<string, readonly string[]>> = {
  none: ['cache.direct'],
  directsync: ['cache.direct'],
  unsafe: ['cache.no-flush'],
};

function takeDrive(draft: Draft, text: string): string | null {
  const options = splitOptions(text, 'file');
  const get = (key: string): string | null => options.find((o) => o.key === key)?.value ?? null;
  const face = get('if') ?? 'ide';
  draft.drives.push({
    text,
    id: get('id') ?? defaultId(face, draft.drives.length),
    interface: face,
    options: nodeOptions(options, get),
    isProbed: get('format') === null && get('file') !== null,
    werror: get('werror'),
    rerror: get('rerror'),
    retryInterval: get('retry_interval'),
    retryTimeout: get('retry_timeout'),
    ioHangTimeout: get('iohang-timeout'),
  });
  return null;
}

/** The options of the drive's node. */
function nodeOptions(
  options: readonly KeyValue[],
  get: (key: string) => string | null,
): JsonObject {
  const rest = options.filter(({ key }) => !DRIVE_KEYS.has(key));
  const [format, file] = [get('format'), get('file')];
  if (format !== null) rest.push({ key: 'driver', value: format });
  if (get('readonly') === 'on' || get('media') === 'cdrom')
    rest.push({ key: 'read-only', value: 'on' });
  for (const flag of CACHE_MODES[get('cache') ?? ''] ?? []) rest.push({ key: flag, value: 'on' });
  if (file !== null) {
    if (format === null) rest.push({ key: 'driver', value: 'raw' });
    rest.push({ key: 'file.driver', value: 'file' }, { key: 'file.filename', value: file });
  }
  const nested = nestOptions(rest);
  const inner = nested['file'];
  if (isJsonObject(inner) && inner['driver'] === undefined) inner['driver'] = 'file';
  // A child given only by a file name uses the driver `file`.
  nameFileDrivers(nested);
  return nested;
}

/** The name that QEMU gives to a drive without one: `virtio0`, `ide0-hd0`. */
const defaultId = (iface: string, n: number): string =>
  iface === 'ide' || iface === 'scsi' ? `${iface}0-hd${n}` : `${iface}${n}`;

function nameFileDrivers(options: JsonObject): void {
  for (const role of ['file', 'image', 'backing']) {
    const child = options[role];
    if (!isJsonObject(child)) continue;
    if (child['driver'] === undefined && child['filename'] !== undefined) child['driver'] = 'file';
    nameFileDrivers(child);
  }
}

function parseDevice(text: string): DeviceArg {
  const options = splitOptions(text, 'driver');
  const properties = new Map(options.map(({ key, value }) => [key, value]));
  const driver = properties.get('driver') ?? '';
  properties.delete('driver');
  return { text, driver, properties };
}

/** The message of a refusal that does not name its option. */
const NEGATIVE = 'Property values cannot be negative';

/** Further types of objects in QEMU, which are not simulated. */
const OBJECT_TYPES = new Set(
  words(`
  authz-list authz-list-file authz-pam authz-simple can-bus can-host-socketcan colo-compare
  cryptodev-backend cryptodev-backend-builtin cryptodev-vhost-user dbus-vmstate filter-buffer
  filter-dump filter-mirror filter-redirector filter-replay filter-rewriter input-barrier
  input-linux main-loop memory-backend-epc memory-backend-file memory-backend-memfd
  memory-backend-ram pef-guest pr-manager-helper qtest rng-builtin rng-egd rng-random secret
  secret_keyring sev-guest s390-pv-guest thread-context tls-creds-anon tls-creds-psk
  tls-creds-x509 tls-cipher-suites x-remote-object x-vfio-user-server
`),
);

/** Parses `x-iops-total=5` or `limits.iops-total=5`. A string is the refusal. */
function parseLimits(options: readonly KeyValue[]): ThrottleConfig | string {
  const given = new Map<string, number>();
  for (const { key, value } of options) {
    if (key === 'qom-type' || key === 'id') continue;
    const name = key.replace(/^(?:x-|limits\.)/u, '');
    if (name === key || (name !== 'iops-size' && !GROUP_KEYS.includes(name)))
      return `Invalid parameter '${key}'`;
    if (/^-\d+$/u.test(value) && key.startsWith('x-')) return NEGATIVE;
    const number = /^-\d+$/u.test(value) ? Number(value) : optionalSize(value);
    if (number === undefined) return `Parameter '${key}' expects an int64 value`;
    given.set(name, number);
  }
  const config = changeConfig(
    NO_LIMITS,
    (name, part) => given.get(groupKey(name, part)),
    given.get('iops-size'),
  );
  return refuseConfig(config) ?? config;
}

/** The options of an object, given as `a=b,c.d=e` or in JSON. A string is the refusal. */
function objectOptions(text: string): readonly KeyValue[] | string {
  if (!text.startsWith('{')) return splitOptions(text, 'qom-type');
  const parsed = parseJson(text);
  if (typeof parsed === 'string') return parsed;
  const flat: JsonObject = {};
  for (const [name, value] of Object.entries(parsed)) flattenOption(name, value, flat);
  return Object.entries(flat).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? value : printJson(value),
  }));
}

function takeObject(draft: Draft, options: readonly KeyValue[]): string | null {
  const get = (key: string): string | undefined => options.find((o) => o.key === key)?.value;
  const id = get('id');
  const type = get('qom-type');
  if (type === undefined) return "Parameter 'qom-type' is missing";
  if (type !== 'iothread' && type !== 'throttle-group')
    return OBJECT_TYPES.has(type)
      ? `${type}: not simulated`
      : `Parameter 'qom-type' does not accept value '${type}'`;
  if (id === undefined) return "Parameter 'id' is missing";
  if (draft.iothreads.includes(id) || draft.throttleGroups.some((group) => group.id === id))
    return `Duplicate ID '${id}' for object`;
  if (type === 'iothread') {
    const foreign = options.find(({ key }) => key !== 'qom-type' && key !== 'id');
    if (foreign !== undefined) return `iothread ${foreign.key}: not simulated`;
    draft.iothreads.push(id);
    return null;
  }
  const config = parseLimits(options);
  if (typeof config === 'string') return config;
  draft.throttleGroups.push({ id, config });
  return null;
}
