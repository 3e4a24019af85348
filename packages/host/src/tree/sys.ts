// sys.ts — /sys: what sysfs shows of the machine, and what may be written there.
import type { ScsiDevice } from '@dmsim/block';
import { deviceAttributes, formatAddress, hostAttributes } from '@dmsim/block';
import type { Directory } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { attributesDirectory } from './attributes.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';
import { blockDirectory } from './sys-block.ts';
import { debugDirectory } from './sys-debug.ts';
import { remotePortsDirectory } from './sys-fc.ts';
import { moduleDirectory } from './sys-module.ts';
import type { ScsiDebugDriver } from './sys-scsi-debug.ts';
import { scsiDebugAttributes } from './sys-scsi-debug.ts';

export function sysDirectory(machine: Machine): Directory {
  const blocks = blockDirectory(machine);
  const devices = scsiDevices(machine);
  return fixedDirectory({
    block: () => blocks,
    bus: () =>
      fixedDirectory({
        pseudo: () => fixedDirectory({ drivers: () => pseudoDrivers(machine) }),
        scsi: () => fixedDirectory({ devices: () => devices }),
      }),
    class: () =>
      fixedDirectory({
        block: () => blocks,
        fc_remote_ports: () => remotePortsDirectory(machine),
        scsi_host: () => scsiHosts(machine),
        scsi_device: () => inFolder(devices, 'device'),
      }),
    kernel: () => fixedDirectory({ debug: () => debugDirectory(machine) }),
    module: () => moduleDirectory(machine),
  });
}

/** scsi_debug, once it is loaded. */
function pseudoDrivers({ modules }: Machine): Directory {
  const driver = (): ScsiDebugDriver | undefined => modules.get('scsi_debug')?.driver;
  return kernelDirectory(
    () => (driver() === undefined ? [] : ['scsi_debug']),
    (name) => {
      const loaded = name === 'scsi_debug' ? driver() : undefined;
      return loaded === undefined ? undefined : attributesDirectory(scsiDebugAttributes, loaded);
    },
  );
}

function scsiHosts({ scsi }: Machine): Directory {
  return kernelDirectory(
    () => [...scsi.hosts.keys()].map((number) => `host${number}`),
    (name) => {
      const host = [...scsi.hosts.values()].find(({ number }) => name === `host${number}`);
      return host === undefined ? undefined : attributesDirectory(hostAttributes, host);
    },
  );
}

/** By host:channel:target:lun. */
function scsiDevices({ scsi }: Machine): Directory {
  const all = (): ScsiDevice[] => [...scsi.hosts.values()].flatMap((host) => host.devices);
  return kernelDirectory(
    () => all().map((sdev) => formatAddress(sdev.address)),
    (name) => {
      const sdev = all().find(({ address }) => formatAddress(address) === name);
      return sdev === undefined ? undefined : attributesDirectory(deviceAttributes, sdev);
    },
  );
}

/** Each entry in a folder of its own, under one name. */
function inFolder(directory: Directory, name: string): Directory {
  return kernelDirectory(
    () => directory.entries(),
    (entry) => {
      const node = directory.lookup(entry);
      return node === undefined ? undefined : fixedDirectory({ [name]: () => node });
    },
  );
}
