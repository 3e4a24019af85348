// sys-scsi.ts — SCSI hosts and devices below /sys/devices, in /sys/class and on /sys/bus. Mirrors drivers/scsi/scsi_sysfs.c, sd.c: sd_disk_groups, sg.c: sg_add_device.
import type { ScsiDevice, ScsiHost } from '@dmsim/block';
import {
  deviceAttributes,
  formatAddress,
  hostAttributes,
  scsiDiskAttributes,
  shows,
} from '@dmsim/block';
import type { Directory, Vnode } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { unsimulatedDirectory, unsimulatedFile } from '../unsimulated.ts';
import { attributesDirectory } from './attributes.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';
import type { DiskDirectories } from './sys-block.ts';
import type { SysPath } from './sys-paths.ts';
import { hostPath, sdevPath, sysLink, targetName } from './sys-paths.ts';

export const hostsOf = ({ scsi }: Machine): ScsiHost[] => [...scsi.hosts.values()];

export const sdevsOf = (machine: Machine): ScsiDevice[] =>
  hostsOf(machine).flatMap(({ devices }) => devices);

/** Names, each made of what it stands for when it is looked up. */
export function directoryOf<T>(
  all: () => readonly T[],
  nameOf: (of: T) => string,
  nodeOf: (of: T) => Vnode,
): Directory {
  return kernelDirectory(
    () => new Set(all().map(nameOf)),
    (name) => {
      const found = all().find((of) => nameOf(of) === name);
      return found === undefined ? undefined : nodeOf(found);
    },
  );
}

/** /sys/devices/pseudo_0: adapters, their hosts, targets, devices. */
export function adaptersDirectory(machine: Machine, disks: DiskDirectories): Directory {
  return directoryOf(
    () => hostsOf(machine),
    ({ adapter }) => `adapter${adapter}`,
    (host) =>
      directoryOf(
        () => [host],
        ({ number }) => `host${number}`,
        () => hostDirectory(host, disks),
      ),
  );
}

function hostDirectory(host: ScsiHost, disks: DiskDirectories): Directory {
  const targets = directoryOf(
    () => host.devices,
    targetName,
    (first) =>
      directoryOf(
        () => host.devices.filter((sdev) => targetName(sdev) === targetName(first)),
        ({ address }) => formatAddress(address),
        (sdev) => sdevDirectory(sdev, disks),
      ),
  );
  const classDirectory = attributesDirectory(hostAttributes, host);
  return kernelDirectory(
    () => ['scsi_host', ...targets.entries()],
    (name) =>
      name === 'scsi_host'
        ? fixedDirectory({ [`host${host.number}`]: () => classDirectory })
        : targets.lookup(name),
  );
}

const eventAttributes = Object.fromEntries(
  [
    'capacity_change_reported',
    'inquiry_change_reported',
    'lun_change_reported',
    'media_change',
    'mode_parameter_change_reported',
    'soft_threshold_reached',
  ].map((name) => [`evt_${name}`, shows(() => 0)]),
);

const PAGES = ['0', '80', '83', '89', 'b0', 'b1', 'b2', 'b7'].map((page) => `vpd_pg${page}`);

const uevent = {
  show: (): string => 'DEVTYPE=scsi_device\nDRIVER=sd\nMODALIAS=scsi:t-0x00\n',
};

/** One table serves all devices. */
const SDEV_ATTRIBUTES = { ...deviceAttributes, ...eventAttributes, uevent };

function sdevDirectory(sdev: ScsiDevice, disks: DiskDirectories): Directory {
  const path = sdevPath(sdev);
  const address = formatAddress(sdev.address);
  const generic = `sg${sdev.genericIndex}`;
  const where = `/sys/${path.join('/')}`;
  return attributesDirectory(SDEV_ATTRIBUTES, sdev, {
    block: () =>
      directoryOf(
        () => (sdev.disk === null || sdev.disk.dying ? [] : [sdev.disk]),
        ({ name }) => name,
        disks,
      ),
    bsg: () => unsimulatedDirectory(`${where}/bsg`),
    driver: () => sysLink(path, ['bus', 'scsi', 'drivers', 'sd']),
    generic: () => sysLink(path, [...path, 'scsi_generic', generic]),
    inquiry: () => unsimulatedFile(`${where}/inquiry`),
    power: () => unsimulatedDirectory(`${where}/power`),
    scsi_device: () =>
      fixedDirectory({ [address]: () => backlink([...path, 'scsi_device', address], path) }),
    scsi_disk: () => fixedDirectory({ [address]: () => scsiDisk(sdev) }),
    scsi_generic: () =>
      fixedDirectory({ [generic]: () => backlink([...path, 'scsi_generic', generic], path) }),
    subsystem: () => sysLink(path, ['bus', 'scsi']),
    ...Object.fromEntries(PAGES.map((page) => [page, () => unsimulatedFile(`${where}/${page}`)])),
  });
}

const backlink = (from: SysPath, path: SysPath): Directory =>
  fixedDirectory({ device: () => sysLink(from, path) });

function scsiDisk(sdev: ScsiDevice): Directory {
  const path = sdevPath(sdev);
  const from = [...path, 'scsi_disk', formatAddress(sdev.address)];
  return attributesDirectory(scsiDiskAttributes, sdev, {
    device: () => sysLink(from, path),
    subsystem: () => sysLink(from, ['class', 'scsi_disk']),
  });
}

/** /sys/class/scsi_NAME: links to the directories of that name below each device. */
export function sdevLinks(
  machine: Machine,
  name: 'scsi_device' | 'scsi_disk' | 'scsi_generic',
): Directory {
  const nameOf = ({ address, genericIndex }: ScsiDevice): string =>
    name === 'scsi_generic' ? `sg${genericIndex}` : formatAddress(address);
  return directoryOf(
    () => sdevsOf(machine),
    nameOf,
    (sdev) => sysLink(['class', name], [...sdevPath(sdev), name, nameOf(sdev)]),
  );
}

export const hostLinks = (machine: Machine): Directory =>
  directoryOf(
    () => hostsOf(machine),
    ({ number }) => `host${number}`,
    (host) =>
      sysLink(['class', 'scsi_host'], [...hostPath(host), 'scsi_host', `host${host.number}`]),
  );

/** /sys/bus/scsi/devices: hosts, targets and devices side by side. */
export function busDevices(machine: Machine): Directory {
  const all = (): SysPath[] => [
    ...hostsOf(machine).map(hostPath),
    ...sdevsOf(machine).flatMap((sdev) => [sdevPath(sdev).slice(0, -1), sdevPath(sdev)]),
  ];
  return directoryOf(
    all,
    (path) => path.at(-1) ?? '',
    (path) => sysLink(['bus', 'scsi', 'devices'], path),
  );
}
