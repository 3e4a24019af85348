// sys-scsi-debug.ts — /sys/bus/pseudo/drivers/scsi_debug: what the module was loaded with, and what may be changed. Mirrors scsi_debug.c: delay_store, ndelay_store, add_host_store.
import type { ScsiDebug, ScsiDebugParams, SysfsAttributes } from '@dmsim/block';
import {
  changeHosts,
  fixedLatency,
  latencyOf,
  SCSI_DEBUG_DEFAULTS,
  setMaxLuns,
  setVirtualGb,
  shows,
} from '@dmsim/block';
import type { Errno } from '@dmsim/sim';

const JIFFY = 4e6;
/** What `delay` shows while `ndelay` is in force. */
const NDELAY_IN_FORCE = -9999;

/** The module, and what its timing attributes show: the one that was written last is in force. */
export interface ScsiDebugDriver {
  readonly module: ScsiDebug;
  delay: number;
  ndelay: number;
}

export function createScsiDebugDriver(module: ScsiDebug): ScsiDebugDriver {
  const { delay, ndelay } = module.params;
  return { module, delay: ndelay > 0 ? NDELAY_IN_FORCE : delay, ndelay };
}

const PARAMETERS = Object.keys(SCSI_DEBUG_DEFAULTS) as (keyof ScsiDebugParams)[];

const parameters: SysfsAttributes<ScsiDebugDriver> = Object.fromEntries(
  PARAMETERS.map((name) => [name, shows(({ module }) => Number(module.params[name]))]),
);

export const scsiDebugAttributes: SysfsAttributes<ScsiDebugDriver> = {
  ...parameters,
  opts: shows(({ module }) => `0x${module.params.opts.toString(16)}`),
  delay: {
    show: ({ delay }) => `${delay}\n`,
    store: (driver, text) =>
      storeDelay(text, (delay) => {
        Object.assign(driver, { delay, ndelay: 0 });
        setLatency(driver.module, Math.max(delay, 0) * JIFFY);
      }),
  },
  ndelay: {
    show: ({ ndelay }) => `${ndelay}\n`,
    store: (driver, text) =>
      storeDelay(text, (ndelay) => {
        Object.assign(driver, { delay: NDELAY_IN_FORCE, ndelay });
        setLatency(driver.module, ndelay);
      }),
  },
  add_host: {
    show: ({ module }) => `${module.hosts.length}\n`,
    store: ({ module }, text) => storeDelay(text, (count) => changeHosts(module, count)),
  },
  max_luns: {
    show: ({ module }) => `${module.params.max_luns}\n`,
    store: ({ module }, text) => storeUpTo(text, MAX_LUNS, (count) => setMaxLuns(module, count)),
  },
  virtual_gb: {
    show: ({ module }) => `${module.params.virtual_gb}\n`,
    store: ({ module }, text) =>
      storeUpTo(text, Number.MAX_SAFE_INTEGER, (gigabytes) => setVirtualGb(module, gigabytes)),
  },
};

const MAX_LUNS = 256;

function storeUpTo(text: string, max: number, apply: (value: number) => void): Errno | undefined {
  if (!/^\d+\s*$/.test(text) || Number(text) > max) return 'EINVAL';
  apply(Number(text));
  return undefined;
}

function storeDelay(text: string, apply: (value: number) => void): Errno | undefined {
  if (!/^-?\d+\s*$/.test(text)) return 'EINVAL';
  apply(Number(text));
  return undefined;
}

/** Counts for commands that begin from now on. */
function setLatency({ hosts }: ScsiDebug, ns: number): void {
  for (const host of hosts) {
    for (const sdev of host.devices) sdev.latency = latencyOf(fixedLatency, { ns });
  }
}
