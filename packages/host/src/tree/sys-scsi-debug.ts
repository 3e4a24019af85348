// sys-scsi-debug.ts — /sys/bus/pseudo/drivers/scsi_debug: the module's parameters, and those that may be changed. Mirrors scsi_debug.c: delay_store, ndelay_store, add_host_store.
import type { ScsiDebug, ScsiDebugParams, SysfsAttributes } from '@dmsim/block';
import {
  changeHosts,
  fixedLatency,
  isThin,
  JIFFY,
  latencyOf,
  SDEBUG_OPT,
  setEveryNth,
  setMaxLuns,
  setOpts,
  setVirtualGb,
  setVpdUseHostno,
  shows,
  waitForHosts,
} from '@dmsim/block';
import type { Errno } from '@dmsim/sim';
import { NotSupported, printk } from '@dmsim/sim';

/** The value of `delay` while `ndelay` is in force. */
const NDELAY_IN_FORCE = -9999;

/** The module, and the values of its timing attributes: the one that was written last is in force. */
export interface ScsiDebugDriver {
  readonly module: ScsiDebug;
  delay: number;
  ndelay: number;
}

export function createScsiDebugDriver(module: ScsiDebug): ScsiDebugDriver {
  const { delay, ndelay } = module.params;
  return { module, delay: ndelay > 0 ? NDELAY_IN_FORCE : delay, ndelay };
}

const PARAMETERS: readonly (keyof ScsiDebugParams)[] = ['dev_size_mb', 'num_parts', 'sector_size'];

const parameters: SysfsAttributes<ScsiDebugDriver> = Object.fromEntries(
  PARAMETERS.map((name) => [name, shows(({ module }) => Number(module.params[name]))]),
);

/** Attributes whose values are fixed here. */
const FIXED: Readonly<Record<string, string | number>> = {
  ato: 1,
  dif: 0,
  dix: 0,
  guard: 0,
  host_max_queue: 0,
  no_uld: 0,
  scsi_level: 7,
  submit_queues: 1,
  tur_ms_to_ready: 0,
  uuid_ctl: 0,
  zbc: 'none',
};

/** Linux lets one write these, too: another value than the one shown ends the lab. */
const UNSIMULATED: Readonly<Record<string, (of: ScsiDebugParams) => number>> = {
  cdb_len: () => 10,
  dsense: ({ dsense }) => Number(dsense),
  fake_rw: () => 0,
  host_lock: () => 0,
  lun_format: () => 0,
  no_lun_0: () => 0,
  no_rwlock: () => 0,
  num_tgts: ({ num_tgts }) => num_tgts,
  per_host_store: ({ per_host_store }) => Number(per_host_store),
  ptype: () => 0,
  random: () => 0,
  removable: ({ removable }) => Number(removable),
  strict: () => 0,
};

const unsimulated: SysfsAttributes<ScsiDebugDriver> = Object.fromEntries(
  Object.entries(UNSIMULATED).map(([name, value]) => [
    name,
    {
      show: ({ module }: ScsiDebugDriver) => `${value(module.params)}\n`,
      store({ module }: ScsiDebugDriver, text: string): Errno | undefined {
        if (!/^-?\d+\s*$/.test(text)) return 'EINVAL';
        if (Number(text) === value(module.params)) return undefined;
        return refuseSetting(`${name}=${text.trim()}`);
      },
    },
  ]),
);

function refuseSetting(what: string): never {
  const error = new NotSupported('scsi_debug', 0, what);
  error.message = `scsi_debug: not supported: ${what}`;
  throw error;
}

const { MEDIUM_ERROR, TIMEOUT, RECOVERED_ERROR, TRANSPORT_ERROR, MEDIUM_ACCESS_TIMEOUT } =
  SDEBUG_OPT;
const SIMULATED =
  MEDIUM_ERROR | TIMEOUT | RECOVERED_ERROR | TRANSPORT_ERROR | MEDIUM_ACCESS_TIMEOUT;
/** Options that act on every_nth command, and do nothing by themselves. */
const ON_EVERY_NTH = SIMULATED | 0x20 | 0x40 | 0x100 | 0x800 | 0x8000 | 0x10000;
/** Aborts the commands that take time, and no others. */
const ABORT = 0x10000;

/** A word, all of which must be a number. */
function wordNumber(text: string): number | undefined {
  const word = /^\s*(\S{1,10})/.exec(text)?.[1] ?? '';
  return /^(0x[\da-f]+|[+-]?\d+)$/i.test(word) ? Number(word) : undefined;
}

/** The number that a text begins with, as sscanf finds it. */
function leadingNumber(text: string): number | undefined {
  const match = /^\s*([+-]?\d+)/.exec(text);
  return match === null ? undefined : Number(match[1]);
}

function storeOpts(driver: ScsiDebugDriver, text: string): Errno | undefined {
  const { module } = driver;
  const number = wordNumber(text);
  if (number === undefined) return 'EINVAL';
  const opts = number >>> 0;
  checkOpts(opts, module.params.every_nth, isInstant(driver));
  setOpts(module, opts);
  return undefined;
}

function storeEveryNth(driver: ScsiDebugDriver, text: string): Errno | undefined {
  const { module } = driver;
  const nth = wordNumber(text);
  if (nth === undefined) return 'EINVAL';
  checkOpts(module.params.opts, nth, isInstant(driver));
  if (nth !== 0 && !module.everyNth.counts) {
    printk(
      module.scsi.block.sim,
      'scsi_debug:every_nth_store: every_nth needs statistics=1, set it',
    );
  }
  setEveryNth(module, nth);
  return undefined;
}

const isInstant = ({ delay }: ScsiDebugDriver): boolean => delay === 0;

/** Refuses faults that are not simulated. `instant`: commands take no time. */
export function checkOpts(opts: number, everyNth: number, instant: boolean): void {
  const onNth = SIMULATED | (instant ? ABORT : 0);
  const known = everyNth === 0 ? MEDIUM_ERROR | ON_EVERY_NTH : onNth;
  if ((opts & ~known) !== 0) refuseSetting(`opts=0x${opts.toString(16)}`);
}

/** Taking the driver from its adapters by hand. */
const takesOnly = (name: string): SysfsAttributes<ScsiDebugDriver>[string] => ({
  store: (_driver, text) => refuseSetting(`${name}=${text.trim()}`),
});

/** Commands by the group number in their CDB, of which none has another than 0 in any lab. */
const GROUP_NUMBERS = Array.from({ length: 64 }, (_, i) => `${i} 0\n`).join('');

export const scsiDebugAttributes: SysfsAttributes<ScsiDebugDriver> = {
  bind: takesOnly('bind'),
  unbind: takesOnly('unbind'),
  uevent: takesOnly('uevent'),
  group_number_stats: {
    show: () => GROUP_NUMBERS,
    store: (_driver, text) => refuseSetting(`group_number_stats=${text.trim()}`),
  },
  ...parameters,
  ...Object.fromEntries(Object.entries(FIXED).map(([name, value]) => [name, shows(() => value)])),
  ...unsimulated,
  opts: {
    show: ({ module }) => `0x${module.params.opts.toString(16)}\n`,
    store: storeOpts,
  },
  every_nth: {
    show: ({ module }) => `${module.everyNth.nth}\n`,
    store: storeEveryNth,
  },
  statistics: {
    show: ({ module }) => `${Number(module.everyNth.counts)}\n`,
    store(_driver, text) {
      return /^[01]\s*$/.test(text) ? refuseSetting(`statistics=${text.trim()}`) : 'EINVAL';
    },
  },
  map: shows(({ module: { params } }) => {
    if (isThin(params)) refuseSetting('reading its map of a thinly provisioned disk');
    return `0-${(params.dev_size_mb * 1048576) / params.sector_size}`;
  }),
  max_queue: {
    show: ({ module }) => `${module.params.max_queue}\n`,
    // Not while there is a host.
    store: (_driver, text) =>
      /^\d+\s*$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_QUEUE ? 'EBUSY' : 'EINVAL',
  },
  delay: {
    show: ({ delay }) => `${delay}\n`,
    store: storeDelay,
  },
  ndelay: {
    show: ({ ndelay }) => `${ndelay}\n`,
    store: storeNdelay,
  },
  add_host: {
    show: ({ module }) => `${module.hosts.length}\n`,
    store: ({ module }, text) => storeAddHost(module, text),
    settle: ({ module }) => waitForHosts(module.scsi),
  },
  max_luns: {
    show: ({ module }) => `${module.params.max_luns}\n`,
    store: ({ module }, text) => storeUpTo(text, MAX_LUNS, (count) => setMaxLuns(module, count)),
  },
  vpd_use_hostno: {
    show: ({ module }) => `${Number(module.params.vpd_use_hostno)}\n`,
    store: ({ module }, text) => storeUpTo(text, 1, (on) => setVpdUseHostno(module, on === 1)),
  },
  virtual_gb: {
    show: ({ module }) => `${module.params.virtual_gb}\n`,
    store: ({ module }, text) =>
      storeUpTo(text, Number.MAX_SAFE_INTEGER, (gigabytes) => setVirtualGb(module, gigabytes)),
  },
};

const MAX_LUNS = 256;
const MAX_QUEUE = 192;

function storeUpTo(text: string, max: number, apply: (value: number) => void): Errno | undefined {
  if (!/^\d+\s*$/.test(text) || Number(text) > max) return 'EINVAL';
  apply(Number(text));
  return undefined;
}

function storeAddHost(module: ScsiDebug, text: string): Errno | undefined {
  const count = leadingNumber(text);
  if (count === undefined) return 'EINVAL';
  changeHosts(module, count);
  return undefined;
}

/** Jiffies; a negative number means no time, and yet not at once. */
function storeDelay(driver: ScsiDebugDriver, text: string): Errno | undefined {
  const delay = leadingNumber(text);
  if (delay === undefined) return 'EINVAL';
  if (delay === driver.delay) return undefined;
  if (isBusy(driver)) return 'EBUSY';
  Object.assign(driver, { delay, ndelay: 0 });
  setLatency(driver.module, delay < 0 ? 1 : delay * JIFFY);
  return undefined;
}

function storeNdelay(driver: ScsiDebugDriver, text: string): Errno | undefined {
  const ndelay = leadingNumber(text);
  if (ndelay === undefined || ndelay < 0 || ndelay >= MAX_NDELAY) return 'EINVAL';
  if (ndelay === driver.ndelay) return undefined;
  if (isBusy(driver)) return 'EBUSY';
  Object.assign(driver, { delay: ndelay === 0 ? DEFAULT_DELAY : NDELAY_IN_FORCE, ndelay });
  setLatency(driver.module, ndelay === 0 ? DEFAULT_DELAY * JIFFY : ndelay);
  return undefined;
}

const DEFAULT_DELAY = 1;
const MAX_NDELAY = 1e9;

/** A command is with one of the disks (scsi_host_busy). */
const isBusy = ({ module: { hosts } }: ScsiDebugDriver): boolean =>
  hosts.some(({ devices }) => devices.some(({ queue }) => queue.inFlight > 0));

/** Applies to commands that begin from now on. */
function setLatency({ hosts }: ScsiDebug, ns: number): void {
  for (const host of hosts) {
    for (const sdev of host.devices) sdev.latency = latencyOf(fixedLatency, { ns });
  }
}
