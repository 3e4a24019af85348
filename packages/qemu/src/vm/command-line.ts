// command-line.ts — Parses QEMU's arguments, and refuses by name those that are not simulated. Mirrors softmmu/vl.c, blockdev.c.
import type { ThrottleConfig } from '../block/throttle-config.ts';
import { optionalSize } from '../drivers/options.ts';
import { blockdevOptions } from '../qmp/blockdev-options.ts';
import type { JsonObject } from '../qmp/json.ts';
import { ARGUMENTS, checkUnion } from '../qmp/qapi.ts';
import type { DriveArg } from './drive-arg.ts';
import { parseDrive } from './drive-arg.ts';
import { nestOptions, parseJson, splitOptions } from './key-value.ts';
import type { NbdArg } from './nbd-option.ts';
import { takeExport, takeServer } from './nbd-option.ts';
import { NEGATIVE, takeObject } from './object-option.ts';
import { OTHER } from './other-options.ts';

export interface DeviceArg {
  readonly text: string;
  readonly driver: string;
  readonly properties: ReadonlyMap<string, string>;
}

export interface BlockdevArg {
  /** The option and its value as they were typed. */
  readonly typed: string;
  readonly options: JsonObject;
}

export interface CommandLine {
  readonly program: string;
  readonly isStorageDaemon: boolean;
  readonly machine: string;
  /** Bytes. */
  readonly memory: number;
  /** Null: the option says more than a number. */
  readonly cpus: number | null;
  readonly blockdevs: readonly BlockdevArg[];
  readonly nbd: readonly NbdArg[];
  readonly drives: readonly DriveArg[];
  readonly devices: readonly DeviceArg[];
  readonly throttleGroups: readonly { readonly id: string; readonly config: ThrottleConfig }[];
  readonly iothreads: readonly string[];
  /** `-S`: wait for `cont`. */
  readonly startStopped: boolean;
  /** `-kernel`, `-initrd` and `-append`, for the code that plays the guest. */
  readonly kernel: string | null;
  readonly rebootAction: 'reset' | 'shutdown';
  readonly shutdownAction: 'poweroff' | 'pause';
  /** True for `-display none`. */
  readonly isHeadless: boolean;
}

export type ParsedCommandLine =
  | { readonly kind: 'parsed'; readonly line: CommandLine }
  /** The message that QEMU prints before it exits with status 1. */
  | { readonly kind: 'refused'; readonly message: string };

/** Options with a value that make no difference to a simulated machine. */
const IGNORED_WITH_VALUE = new Set([
  '-accel',
  '-bios',
  '-qtest',
  '-qtest-log',
  '-cpu',
  '-initrd',
  '-append',
  '-name',
  '-qmp',
  '-monitor',
  '-chardev',
  '-serial',
]);
const IGNORED_FLAGS = new Set(['-nodefaults', '-no-user-config', '-enable-kvm']);

interface Draft {
  machine: string;
  memory: number;
  cpus: number | null;
  /** The option that is being taken, as it was typed: with one dash or two. */
  typed: string;
  readonly isStorageDaemon: boolean;
  blockdevs: BlockdevArg[];
  nbd: NbdArg[];
  drives: DriveArg[];
  devices: DeviceArg[];
  throttleGroups: { id: string; config: ThrottleConfig }[];
  iothreads: string[];
  startStopped: boolean;
  kernel: string | null;
  noReboot: boolean;
  rebootAction: 'reset' | 'shutdown' | null;
  shutdownAction: 'poweroff' | 'pause';
  isHeadless: boolean;
}

/** Parses the arguments of QEMU or of its storage daemon, the program's name first, up to the first that is refused. */
export function parseCommandLine(argv: readonly string[]): ParsedCommandLine {
  const [program = 'qemu-system-x86_64', ...rest] = argv;
  const draft: Draft = {
    machine: 'pc',
    memory: 128 << 20,
    cpus: 1,
    typed: '',
    isStorageDaemon: program.endsWith('qemu-storage-daemon'),
    blockdevs: [],
    nbd: [],
    drives: [],
    devices: [],
    throttleGroups: [],
    iothreads: [],
    startStopped: false,
    kernel: null,
    noReboot: false,
    rebootAction: null,
    shutdownAction: 'poweroff',
    isHeadless: false,
  };
  const { isStorageDaemon } = draft;
  for (let i = 0; i < rest.length; i++) {
    draft.typed = rest[i] as string;
    const option = normalise(draft.typed);
    const unknown = refuseOption(option, isStorageDaemon);
    if (unknown !== null) return refuse(program, unknown);
    if (takeFlag(draft, option)) continue;
    const problem = takeValue(draft, option, rest[++i]);
    if (problem !== null) return refuse(program, problem);
  }
  const { noReboot, rebootAction, typed: _typed, ...parsed } = draft;
  const action = rebootAction ?? (noReboot ? 'shutdown' : 'reset');
  return { kind: 'parsed', line: { program, ...parsed, rebootAction: action } };
}

/** The options of qemu-storage-daemon: those that it shares with QEMU, and its own. */
const DAEMON_OPTIONS = new Set([
  '-blockdev',
  '-object',
  '-chardev',
  '-monitor',
  '-pidfile',
  '-export',
  '-nbd-server',
]);

const normalise = (option: string): string => (option.startsWith('--') ? option.slice(1) : option);

const refuse = (program: string, why: string): ParsedCommandLine => ({
  kind: 'refused',
  message: `${program}: ${why}`,
});

function takeFlag(draft: Draft, option: string): boolean {
  if (option === '-S') draft.startStopped = true;
  else if (option === '-no-reboot') draft.noReboot = true;
  else if (option === '-no-shutdown') draft.shutdownAction = 'pause';
  else return IGNORED_FLAGS.has(option);
  return true;
}

/** Why the option itself is refused, or null. */
function refuseOption(option: string, isStorageDaemon: boolean): string | null {
  if (isStorageDaemon && !DAEMON_OPTIONS.has(option)) return `${option}: not simulated`;
  if (!isStorageDaemon && DAEMON_OPTIONS.has(option) && OTHER.has(option))
    return `${option}: invalid option`;
  const isKnown =
    FLAGS.has(option) ||
    IGNORED_FLAGS.has(option) ||
    IGNORED_WITH_VALUE.has(option) ||
    OPTIONS[option] !== undefined;
  if (isKnown) return null;
  return `${option}: ${OTHER.has(option) ? 'not simulated' : 'invalid option'}`;
}

const FLAGS = new Set(['-S', '-no-reboot', '-no-shutdown']);

function takeValue(draft: Draft, option: string, value: string | undefined): string | null {
  if (value === undefined) return `${option}: requires an argument`;
  const problem = OPTIONS[option]?.(draft, value) ?? null;
  return problem === null || problem === NEGATIVE ? problem : `${draft.typed} ${value}: ${problem}`;
}

type TakeOption = (draft: Draft, value: string) => string | null;

const takeMachine: TakeOption = (draft, value) => {
  draft.machine = splitOptions(value, 'type').find(({ key }) => key === 'type')?.value ?? 'pc';
  return null;
};

/** `256`, `size=1G`: mebibytes, unless it says otherwise. */
const takeMemory: TakeOption = (draft, value) => {
  const size = splitOptions(value, 'size').find(({ key }) => key === 'size')?.value ?? '';
  draft.memory = optionalSize(/^\d+$/u.test(size) ? `${size}M` : size) ?? draft.memory;
  return null;
};

/** `4`, `cpus=4`: cores of one socket. */
const takeCpus: TakeOption = (draft, value) => {
  const count = /^(?:cpus=)?(\d+)$/u.exec(value)?.[1];
  draft.cpus = count === undefined ? null : Number(count);
  return null;
};

const OPTIONS: Readonly<Record<string, TakeOption>> = {
  '-display': (draft, value) => {
    draft.isHeadless = value === 'none';
    return null;
  },
  '-machine': takeMachine,
  '-M': takeMachine,
  '-m': takeMemory,
  '-smp': takeCpus,
  '-blockdev': takeBlockdev,
  '-export': takeExport,
  '-nbd-server': takeServer,
  '-drive': takeDrive,
  '-device': (draft, value) => {
    draft.devices.push(parseDevice(value));
    return null;
  },
  '-object': takeObject,
  '-kernel': (draft, value) => {
    draft.kernel = value;
    return null;
  },
  '-action': (draft, value) => {
    for (const { key, value: what } of splitOptions(value, null)) {
      if (key === 'reboot') draft.rebootAction = what === 'reset' ? 'reset' : 'shutdown';
      if (key === 'shutdown') draft.shutdownAction = what === 'pause' ? 'pause' : 'poweroff';
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
  draft.blockdevs.push({ typed: `${draft.typed} ${text}`, options });
  return null;
}

function takeDrive(draft: Draft, text: string): string | null {
  const { drives, machine } = draft;
  const usual = machine === 'none' ? 'none' : 'ide';
  drives.push(parseDrive(text, { nrDrives: drives.length, usual }));
  return null;
}

function parseDevice(text: string): DeviceArg {
  const options = splitOptions(text, 'driver');
  const properties = new Map(options.map(({ key, value }) => [key, value]));
  const driver = properties.get('driver') ?? '';
  properties.delete('driver');
  return { text, driver, properties };
}
