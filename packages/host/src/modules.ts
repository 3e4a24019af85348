// modules.ts — The kernel modules, and the effect of loading each.
import {
  changeHosts,
  createNullDisks,
  createRamDisks,
  delDisk,
  loadScsiDebug,
  INT,
  SDEBUG_OPT,
  parseFlag,
  parseNumber,
  parseScsiDebugParams,
  setWriteProtect,
  UINT,
  ULONG,
} from '@dmsim/block';
import type { BlockDevice, BlockLayer, NullBlkParams, ScsiDebug } from '@dmsim/block';
import { loadSelector } from '@dmsim/multipath';
import type { MultipathModule } from '@dmsim/multipath';
import { NotSupported, printk } from '@dmsim/sim';
import type { Errno, Sim } from '@dmsim/sim';

import { bootParameters, constants, refusedWhenWritten } from './boot-parameters.ts';
import type { DriverModule, Machine } from './machine.ts';
import {
  NULL_BLK_PARAMETERS,
  SCSI_DEBUG_PARAMETERS,
  shownValue,
  WRITABLE_PARAMETERS,
} from './module-parameters.ts';
import { usersOf } from './tree/loaded-modules.ts';
import { countReferences } from './tree/module-references.ts';
import { checkOpts, createScsiDebugDriver } from './tree/sys-scsi-debug.ts';
import { moduleUevent, pseudoBusUevents } from './udev/module-uevents.ts';
import type { ModuleParameter, ModuleParameters } from './userland.ts';

/** insmod: makes the module's devices. `parameters` are `name=value` words. */
export type ModuleLoader = (
  machine: Machine,
  parameters: ReadonlyMap<string, string>,
) => Errno | DriverModule;

/** Returns the parameters that were given, and the module's defaults for the others. */
const shown = (
  parameters: ReadonlyMap<string, string>,
  defaults: Readonly<Record<string, string>> = {},
): ModuleParameters => {
  const given = [...parameters].map(([name, text]) => [
    name,
    name.startsWith('inq_') ? text : shownValue(text, defaults[name]),
  ]);
  return constants({ ...defaults, ...Object.fromEntries(given) });
};

const BRD_DEFAULTS = { max_part: 1, rd_nr: 16, rd_size: 16_384 };

const isBrdParameter = (name: string): name is keyof typeof BRD_DEFAULTS =>
  Object.hasOwn(BRD_DEFAULTS, name);

const brd: ModuleLoader = (machine, parameters) => {
  const { layer, sim } = machine;
  const values = { ...BRD_DEFAULTS };
  for (const [name, text] of parameters) {
    if (!isBrdParameter(name)) {
      printk(sim, `brd: unknown parameter '${name}' ignored`);
      continue;
    }
    const value = parseNumber(text, name === 'rd_size' ? ULONG : INT, 0);
    if (typeof value === 'string') return invalidParameter(sim, 'brd', [name, text], value);
    values[name] = value;
  }
  const { rd_nr: count, rd_size: sizeKb } = values;
  const maxPart = settleMaxPart(sim, values.max_part);
  createRamDisks(machine.layer, { count, sizeKb, maxPart });
  printk(sim, 'brd: module loaded');
  return {
    parameters: () =>
      constants({ max_part: String(maxPart), rd_nr: String(count), rd_size: String(sizeKb) }),
    exit() {
      layer.probes.delete(RAMDISK_MAJOR);
      const disks = [...layer.devices.values()].filter(({ major }) => major === RAMDISK_MAJOR);
      removeDisks(layer, disks);
      printk(sim, 'brd: module unloaded');
    },
  };
};

/** brd_check_and_reset_par: the numbers that a disk has must divide all that there are. */
function settleMaxPart(sim: Sim, wanted: number): number {
  const maxPart = 2 ** Math.ceil(Math.log2(Math.max(wanted, 1)));
  if (maxPart <= DISK_MAX_PARTS) return maxPart;
  const text = `can't be larger than ${DISK_MAX_PARTS}, reset max_part = ${DISK_MAX_PARTS}.`;
  printk(sim, `brd: max_part ${text}`);
  return DISK_MAX_PARTS;
}

const DISK_MAX_PARTS = 256;
const RAMDISK_MAJOR = 1;

function removeDisks(layer: BlockLayer, disks: readonly BlockDevice[]): void {
  for (const disk of disks) {
    layer.hooks.onRemoval(disk);
    delDisk(disk);
  }
}

const writable = (parameters: ModuleParameters): ModuleParameters =>
  new Map(
    [...parameters].map(([name, parameter]) => [
      name,
      WRITABLE_PARAMETERS.has(name)
        ? refusedWhenWritten(parameter, `/sys/module/scsi_debug/parameters/${name}`)
        : parameter,
    ]),
  );

const scsiDebug: ModuleLoader = (machine, parameters) => {
  const { sim, scsi } = machine;
  const parsed = parseScsiDebugParams(sim, parameters);
  switch (parsed.kind) {
    case 'ok': {
      const { opts = 0, every_nth: nth = 0, delay = 1, ndelay = 0 } = parsed.params;
      checkOpts(opts, nth, delay === 0 && ndelay <= 0);
      pseudoBusUevents(machine, 'add');
      const module = loadScsiDebug(scsi, parsed.params);
      checkDiscovery(module);
      return {
        parameters: () => {
          const given = shown(new Map([...parameters, ['add_host', '0']]), SCSI_DEBUG_PARAMETERS);
          return new Map([...writable(given), ['wp', writeProtect(module)]]);
        },
        driver: createScsiDebugDriver(module),
        exit() {
          changeHosts(module, -module.hosts.length);
          pseudoBusUevents(machine, 'remove');
        },
      };
    }
    case 'invalid':
      return parsed.errno;
    case 'not-simulated':
      throw notSimulated('scsi_debug', parsed.name);
  }
};

/** Errors while the disks are found are not simulated. */
function checkDiscovery({ everyNth: { nth, count, opts } }: ScsiDebug): void {
  if (nth !== 0 && (opts & ~SDEBUG_OPT.MEDIUM_ERROR) !== 0 && count >= Math.abs(nth))
    throw notSimulated('scsi_debug', `every_nth=${nth} with opts=${opts}, less than ${count + 1},`);
}

const writeProtect = (module: ScsiDebug): ModuleParameter => ({
  show: () => (module.params.wp ? 'Y' : 'N'),
  store(text) {
    const on = parseFlag(text);
    if (on === null) return 'EINVAL';
    setWriteProtect(module, on);
    return undefined;
  },
});

type Reading<Value> = (text: string) => Value | Errno;

const integer =
  (range: Parameters<typeof parseNumber>[1]): Reading<number> =>
  (text) =>
    parseNumber(text, range, 0);

/** A parameter of the type bool. */
const yesOrNo: Reading<boolean> = (text) => parseFlag(text) ?? 'EINVAL';

/** null_param_store_val */
const upTo2: Reading<0 | 1 | 2> = (text) =>
  ([0, 1, 2] as const).find((mode) => mode === parseNumber(text, INT)) ?? 'EINVAL';

const NULL_BLK_READINGS: { readonly [K in keyof NullBlkParams]: Reading<NullBlkParams[K]> } = {
  nr_devices: integer(UINT),
  gb: integer(INT),
  bs: integer(INT),
  completion_nsec: integer(ULONG),
  irqmode: upTo2,
  queue_mode: upTo2,
  hw_queue_depth: integer(INT),
  memory_backed: yesOrNo,
  discard: yesOrNo,
  max_sectors: integer(UINT),
};

const isNullBlkParameter = (name: string): name is keyof NullBlkParams =>
  Object.hasOwn(NULL_BLK_READINGS, name);

const nullBlk: ModuleLoader = ({ layer, sim }, parameters) => {
  const values: Record<string, number | boolean> = {};
  for (const [name, text] of parameters) {
    if (isNullBlkParameter(name)) {
      const value = NULL_BLK_READINGS[name](text);
      if (typeof value === 'string') return invalidParameter(sim, 'null_blk', [name, text], value);
      values[name] = value;
    } else if (!Object.hasOwn(NULL_BLK_PARAMETERS, name)) {
      printk(sim, `null_blk: unknown parameter '${name}' ignored`);
    } else if (!changesNothing(name, text)) throw notSimulated('null_blk', name);
  }
  const disks = createNullDisks(layer, values);
  return {
    parameters: () => shown(withOneQueue(parameters), NULL_BLK_PARAMETERS),
    exit: () => removeDisks(layer, disks),
  };
};

function invalidParameter(
  sim: Sim,
  module: string,
  [name, text]: readonly [string, string],
  errno: Errno,
): Errno {
  printk(sim, `${module}: \`${text}' invalid for parameter \`${name}'`);
  return errno;
}

/** With one processor there is one submission queue, however many are asked for. */
const changesNothing = (name: string, text: string): boolean =>
  name === 'submit_queues' ||
  shownValue(text, NULL_BLK_PARAMETERS[name]) === NULL_BLK_PARAMETERS[name];

const withOneQueue = (parameters: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  parameters.has('submit_queues') ? new Map([...parameters, ['submit_queues', '1']]) : parameters;

function notSimulated(module: string, parameter: string): NotSupported {
  const error = new NotSupported('modprobe', 0, `${module} ${parameter}=`);
  error.message = `modprobe: not supported: parameter ${parameter} of ${module}`;
  return error;
}

/** Modules that make devices. Loading one that is part of every machine does nothing. */
const LOADERS: Readonly<Record<string, ModuleLoader>> = {
  brd,
  null_blk: nullBlk,
  scsi_debug: scsiDebug,
};

/** Loaded when the machine boots, in this order, with the lines that they log. Selectors log their own lines. */
const BOOT_MODULES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'dm_mod',
    [
      'device-mapper: core: CONFIG_IMA_DISABLE_HTABLE is disabled. Duplicate IMA measurements will not be recorded in the IMA log.',
      'device-mapper: uevent: version 1.0.3',
      'device-mapper: ioctl: 4.48.0-ioctl (2023-03-01) initialised: dm-devel@lists.linux.dev',
    ],
  ],
  ['scsi_common', []],
  ['scsi_mod', []],
  ['dm_multipath', []],
  ['dm_round_robin', []],
  ['dm_queue_length', []],
  ['dm_service_time', []],
  ['dm_flakey', []],
  ['dm_delay', []],
  ['dm_zero', []],
  ['configfs', []],
  ['loop', ['loop: module loaded']],
  ['sd_mod', []],
  ['sg', []],
  ['crc32c_generic', []],
  ['dm_log', []],
  ['virtio_blk', []],
  ['scsi_dh_alua', ['alua: device handler registered']],
]);

/** Whether a module of that name can be loaded. */
export const isModule = (name: string): boolean => Object.hasOwn(LOADERS, name);

/** `not found` for an unknown module; EEXIST if parameters are given for a loaded one. */
export function loadModule(
  machine: Machine,
  name: string,
  parameters: ReadonlyMap<string, string>,
): 'not found' | Errno | undefined {
  if (machine.modules.has(name)) return parameters.size > 0 ? 'EEXIST' : undefined;
  const loader = Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
  if (loader === undefined) return 'not found';
  const loaded = loader(machine, parameters);
  if (typeof loaded === 'string') return loaded;
  machine.modules.set(name, loaded);
  if (name !== 'scsi_debug') moduleUevent(machine, name, 'add');
  return undefined;
}

/**
 * rmmod: takes a module and its disks away. ENOENT if it is not loaded, EAGAIN while another module or an opener of a disk uses it;
 * `not simulated` for modules that nothing uses, but whose end is not simulated.
 */
export function unloadModule(machine: Machine, name: string): Errno | 'not simulated' | undefined {
  const module = machine.modules.get(name);
  if (module === undefined) return 'ENOENT';
  if (usersOf(machine.modules.keys(), name).length > 0) return 'EAGAIN';
  if ((countReferences(machine).get(name) ?? 0) > 0) return 'EAGAIN';
  if (module.exit === undefined) return 'not simulated';
  module.exit();
  machine.modules.delete(name);
  moduleUevent(machine, name, 'remove');
  return undefined;
}

/** Loads the modules of the boot, with the lines that they log. */
export function bootModules({ multipath, modules }: Machine): void {
  for (const [name, lines] of BOOT_MODULES) {
    for (const line of lines) printk(multipath.sim, line);
    loadSelector(multipath, name);
    let parameters: ModuleParameters | undefined;
    modules.set(name, { parameters: () => (parameters ??= bootParameters(name)) });
  }
  modules.set('dm_multipath', { parameters: () => multipathParameters(multipath) });
}

/** They can be written later. */
function multipathParameters({ parameters }: MultipathModule): ModuleParameters {
  return new Map([
    [
      'queue_if_no_path_timeout_secs',
      {
        show: () => String(parameters.queue_if_no_path_timeout_secs),
        store(text) {
          if (!/^\d+$/.test(text)) return 'EINVAL';
          parameters.queue_if_no_path_timeout_secs = Number(text);
          return undefined;
        },
      },
    ],
  ]);
}
