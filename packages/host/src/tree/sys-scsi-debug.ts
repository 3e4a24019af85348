// sys-scsi-debug.ts — /sys/bus/pseudo/drivers/scsi_debug: what the module was loaded with, and what may be changed. Mirrors scsi_debug.c: delay_store, ndelay_store, add_host_store.
import type { ScsiDebug, SysfsAttributes } from '@dmsim/block';
import { changeHosts, fixedLatency, latencyOf } from '@dmsim/block';
import type { Errno } from '@dmsim/sim';

import { shown } from './attributes.ts';

const JIFFY = 4e6;
/** What `delay` shows while `ndelay` is in force. */
const NDELAY_IN_FORCE = -9999;

export function scsiDebugAttributes(module: ScsiDebug): SysfsAttributes {
  const { params } = module;
  const timing = {
    delay: params.ndelay > 0 ? NDELAY_IN_FORCE : params.delay,
    ndelay: params.ndelay,
  };
  const fixed = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, shown(() => Number(value))] as const),
  );
  return {
    ...fixed,
    opts: shown(() => `0x${params.opts.toString(16)}`),
    delay: {
      show: () => `${timing.delay}\n`,
      store: (text) =>
        storeDelay(text, (delay) => {
          Object.assign(timing, { delay, ndelay: 0 });
          setLatency(module, Math.max(delay, 0) * JIFFY);
        }),
    },
    ndelay: {
      show: () => `${timing.ndelay}\n`,
      store: (text) =>
        storeDelay(text, (ndelay) => {
          Object.assign(timing, { delay: NDELAY_IN_FORCE, ndelay });
          setLatency(module, ndelay);
        }),
    },
    add_host: {
      show: () => `${module.hosts.length}\n`,
      store: (text) => storeDelay(text, (count) => changeHosts(module, count)),
    },
  };
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
