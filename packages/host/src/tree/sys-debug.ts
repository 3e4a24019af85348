// sys-debug.ts — /sys/kernel/debug: empty until debugfs is mounted there; scsi_debug's error injection.
import type { ScsiDevice, SysfsAttributes } from '@dmsim/block';
import { formatErrors, parseFlag, writeError } from '@dmsim/block';
import type { Directory, Vnode } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { attributesDirectory } from './attributes.ts';
import { kernelDirectory } from './kernel-directory.ts';

export const DEBUGFS = '/sys/kernel/debug';

export function debugDirectory(machine: Machine): Directory {
  const mounted = (): boolean => machine.mounts.has(DEBUGFS) && machine.modules.has('scsi_debug');
  return kernelDirectory(
    () => (mounted() ? ['scsi_debug'] : []),
    (name) => (name === 'scsi_debug' && mounted() ? scsiDebugDirectory(machine) : undefined),
  );
}

/** A directory per device, and one per target. */
function scsiDebugDirectory({ scsi }: Machine): Directory {
  const devices = new Map<string, ScsiDevice>();
  for (const host of scsi.hosts.values()) {
    for (const sdev of host.devices) devices.set(sdev.name, sdev);
  }
  const targets = new Map([...devices.values()].map((sdev) => [targetName(sdev), sdev]));
  return kernelDirectory(
    () => [...devices.keys(), ...targets.keys()],
    (name): Vnode | undefined => {
      const sdev = devices.get(name);
      if (sdev !== undefined) return attributesDirectory(deviceAttributes, sdev);
      const any = targets.get(name);
      return any === undefined ? undefined : attributesDirectory(targetAttributes, any);
    },
  );
}

const targetName = ({ address: { host, channel, target } }: ScsiDevice): string =>
  `target${host}:${channel}:${target}`;

const deviceAttributes: SysfsAttributes<ScsiDevice> = {
  error: { show: formatErrors, store: writeError },
};

const targetAttributes: SysfsAttributes<ScsiDevice> = {
  fail_reset: {
    show: ({ target }) => (target.failReset ? 'Y\n' : 'N\n'),
    store({ target }, text) {
      const fails = parseFlag(text);
      if (fails === null) return 'EINVAL';
      target.failReset = fails;
      return undefined;
    },
  },
};
