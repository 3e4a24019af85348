import type { ScsiHost } from '@dmsim/block';
import { formatAddress, writeScan } from '@dmsim/block';
// sys.ts — /sys: what sysfs shows of the machine, and what may be written there.
import type { Directory, Vnode } from '@dmsim/shell';
import { attributeFile, createDirectory } from '@dmsim/shell';

import type { Machine } from '../machine.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';
import { blockDirectory } from './sys-block.ts';
import { moduleDirectory } from './sys-module.ts';
import { scsiDeviceDirectory } from './sys-scsi.ts';

export function sysDirectory(machine: Machine): Directory {
  const blocks = blockDirectory(machine);
  const scsiHosts = kernelDirectory(
    () => [...machine.scsi.hosts.keys()].map((number) => `host${number}`),
    (name) => hostDirectory(machine, name),
  );
  const scsiDevices = kernelDirectory(
    () => allDevices(machine).map((sdev) => formatAddress(sdev.address)),
    (name) => {
      const sdev = allDevices(machine).find(({ address }) => formatAddress(address) === name);
      return sdev === undefined ? undefined : scsiDeviceDirectory(sdev);
    },
  );
  return fixedDirectory({
    block: () => blocks,
    bus: () => fixedDirectory({ scsi: () => fixedDirectory({ devices: () => scsiDevices }) }),
    class: () =>
      fixedDirectory({
        block: () => blocks,
        scsi_host: () => scsiHosts,
        scsi_device: () =>
          kernelDirectory(
            () => scsiDevices.entries(),
            (name) => {
              const device = scsiDevices.lookup(name);
              return device === undefined ? undefined : fixedDirectory({ device: () => device });
            },
          ),
      }),
    kernel: () => fixedDirectory({ debug: () => createDirectory() }),
    module: () => moduleDirectory(machine),
  });
}

const allDevices = (machine: Machine): ScsiHost['devices'] =>
  [...machine.scsi.hosts.values()].flatMap((host) => host.devices);

function hostDirectory(machine: Machine, name: string): Vnode | undefined {
  const host = [...machine.scsi.hosts.values()].find(({ number }) => name === `host${number}`);
  if (host === undefined) return undefined;
  return fixedDirectory({
    scan: () =>
      attributeFile({
        *store(_process, text) {
          return writeScan(host, text);
        },
      }),
    proc_name: () => attributeFile({ show: () => `${host.driver}\n` }),
    can_queue: () => attributeFile({ show: () => `${host.canQueue}\n` }),
    state: () => attributeFile({ show: () => `${host.recovering ? 'recovery' : 'running'}\n` }),
  });
}
