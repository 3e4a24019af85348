// sys-scsi.ts — SCSI hosts and devices below /sys/devices, in /sys/class and on /sys/bus. Mirrors drivers/scsi/scsi_sysfs.c, sd.c: sd_disk_groups, sg.c: sg_add_device.
import type { BlockDevice, ScsiDevice, ScsiHost } from '@dmsim/block';
import { deviceAttributes, hostAttributes, scsiDiskAttributes, shows } from '@dmsim/block';
import type { Directory, Vnode } from '@dmsim/vfs';
import { attributeFile } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { unsimulatedDirectory, unsimulatedFile } from '../unsimulated.ts';
import type { Subdirectories } from './attributes.ts';
import { attributesDirectory } from './attributes.ts';
import type { DirectoryOf } from './kernel-directory.ts';
import { onePerObject } from './kernel-directory.ts';
import { deviceDirectory, powerDirectory } from './sys-device.ts';
import type { SysPath } from './sys-paths.ts';
import { adapterPath, hostPath, sdevPath, sysLink, targetName } from './sys-paths.ts';
import { VPD_PAGES } from './sys-vpd.ts';
import { fixedSysfsDirectory, sysfsDirectory } from './sysfs-directory.ts';

export const hostsOf = ({ scsi }: Machine): ScsiHost[] => [...scsi.hosts.values()];

export const sdevsOf = (machine: Machine): ScsiDevice[] =>
  hostsOf(machine).flatMap(({ devices }) => devices);

/** Names, each made of what it stands for when it is looked up. `isThere` tells without a search whether it still stands for that. */
export function directoryOf<T>(
  all: () => readonly T[],
  nameOf: (of: T) => string,
  nodeOf: (of: T) => Vnode,
  isThere: (of: T) => boolean = (of) => all().includes(of),
): Directory {
  // Most of the time, a name still stands for the object that it stood for last.
  const last = new Map<string, T>();
  return sysfsDirectory(
    () => new Set(all().map(nameOf)),
    (name) => {
      const before = last.get(name);
      if (before !== undefined && isThere(before)) return nodeOf(before);
      last.delete(name);
      const found = all().find((of) => nameOf(of) === name);
      if (found === undefined) return undefined;
      last.set(name, found);
      return nodeOf(found);
    },
  );
}

/** /sys/devices/pseudo_0: adapters, their hosts, targets, devices. */
export function adaptersDirectory(machine: Machine, disks: DirectoryOf<BlockDevice>): Directory {
  const entries: Subdirectories<ScsiDevice> = {
    block: (sdev) =>
      directoryOf(
        () => (sdev.disk === null || sdev.disk.dying ? [] : [sdev.disk]),
        ({ name }) => name,
        disks,
        (disk) => disk === sdev.disk && !disk.dying,
      ),
    ...SDEV_ENTRIES,
  };
  const sdevs = onePerObject((sdev: ScsiDevice) =>
    attributesDirectory(SDEV_ATTRIBUTES, sdev, entries),
  );
  const hosts = onePerObject((host: ScsiHost) => hostDirectory(host, sdevs));
  const adapters = directoryOf(
    () => hostsOf(machine),
    ({ adapter }) => `adapter${adapter}`,
    onePerObject((host) => adapterDirectory(host, hosts)),
    (host) => machine.scsi.hosts.get(host.number) === host,
  );
  const links = { module: ['module', 'scsi_debug'] };
  return deviceDirectory(['devices', 'pseudo_0'], { uevent: '', power: SYNC, links }, adapters);
}

const SYNC = { async: false };
const ASYNC = { async: true };
const SCSI_BUS: SysPath = ['bus', 'scsi'];

function adapterDirectory(host: ScsiHost, hosts: DirectoryOf<ScsiHost>): Directory {
  const links = {
    driver: ['bus', 'pseudo', 'drivers', 'scsi_debug'],
    subsystem: ['bus', 'pseudo'],
  };
  return deviceDirectory(
    adapterPath(host),
    { uevent: 'DRIVER=scsi_debug\n', power: SYNC, links },
    directoryOf(
      () => [host],
      ({ number }) => `host${number}`,
      hosts,
      () => true,
    ),
  );
}

/** A class device says nothing in its uevent. */
const noUevent = { show: (): string => '' };

const HOST_ATTRIBUTES = { ...hostAttributes, uevent: noUevent };

/** Entries of a host in its class, beside attributes. */
const HOST_ENTRIES: Subdirectories<ScsiHost> = {
  device: (host) => sysLink(classPath(host), hostPath(host)),
  power: (host) => unsimulatedDirectory(`/sys/${classPath(host).join('/')}/power`),
  subsystem: (host) => sysLink(classPath(host), ['class', 'scsi_host']),
};

const classPath = (host: ScsiHost): SysPath => [
  ...hostPath(host),
  'scsi_host',
  `host${host.number}`,
];

/** It is among its host's devices. */
const isAttached = ({ state }: ScsiDevice): boolean => state !== 'cancel' && state !== 'deleted';

function hostDirectory(host: ScsiHost, sdevs: DirectoryOf<ScsiDevice>): Directory {
  const targets = directoryOf(
    () => host.devices,
    targetName,
    onePerObject((sdev) =>
      deviceDirectory(
        [...hostPath(host), targetName(sdev)],
        { uevent: 'DEVTYPE=scsi_target\n', power: ASYNC, links: { subsystem: SCSI_BUS } },
        directoryOf(
          () => host.devices.filter((other) => targetName(other) === targetName(sdev)),
          ({ name }) => name,
          sdevs,
          isAttached,
        ),
      ),
    ),
    isAttached,
  );
  const scsiHost = directoryOf(
    () => [host],
    ({ number }) => `host${number}`,
    onePerObject(() => attributesDirectory(HOST_ATTRIBUTES, host, HOST_ENTRIES)),
    () => true,
  );
  return deviceDirectory(
    hostPath(host),
    { uevent: 'DEVTYPE=scsi_host\n', power: ASYNC, links: { subsystem: SCSI_BUS } },
    sysfsDirectory(
      () => ['scsi_host', ...targets.entries()],
      (name) => (name === 'scsi_host' ? scsiHost : targets.lookup(name)),
    ),
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

const PAGES = ['89'].map((page) => `vpd_pg${page}`);

const uevent = {
  show: (): string => 'DEVTYPE=scsi_device\nDRIVER=sd\nMODALIAS=scsi:t-0x00\n',
};

/** One table serves all devices. */
const SDEV_ATTRIBUTES = { ...deviceAttributes, ...eventAttributes, uevent };

const where = (sdev: ScsiDevice, name: string): string =>
  `/sys/${sdevPath(sdev).join('/')}/${name}`;

/** Entries of every device, beside attributes. */
const SDEV_ENTRIES: Subdirectories<ScsiDevice> = {
  bsg: (sdev) => unsimulatedDirectory(where(sdev, 'bsg')),
  driver: (sdev) => sysLink(sdevPath(sdev), ['bus', 'scsi', 'drivers', 'sd']),
  generic: (sdev) =>
    sysLink(sdevPath(sdev), [...sdevPath(sdev), 'scsi_generic', `sg${sdev.genericIndex}`]),
  power: (sdev) => powerDirectory(sdevPath(sdev), { async: true, suspends: true }),
  scsi_device: (sdev) => backlink(sdev, 'scsi_device', sdev.name),
  scsi_disk: (sdev) => fixedSysfsDirectory({ [sdev.name]: () => scsiDisk(sdev) }),
  scsi_generic: (sdev) => backlink(sdev, 'scsi_generic', `sg${sdev.genericIndex}`),
  subsystem: (sdev) => sysLink(sdevPath(sdev), ['bus', 'scsi']),
  ...Object.fromEntries(
    PAGES.map((page) => [page, (sdev: ScsiDevice) => unsimulatedFile(where(sdev, page))]),
  ),
  ...Object.fromEntries(
    Object.entries(VPD_PAGES).map(([name, show]) => [
      name,
      (sdev: ScsiDevice) => attributeFile({ show: () => show(sdev), size: 0 }),
    ]),
  ),
};

/** The directory `kind` of a device: in it `name`, whose link leads back to the device. */
const backlink = (sdev: ScsiDevice, kind: string, name: string): Directory =>
  fixedSysfsDirectory({
    [name]: () =>
      fixedSysfsDirectory({
        device: () => sysLink([...sdevPath(sdev), kind, name], sdevPath(sdev)),
      }),
  });

function scsiDisk(sdev: ScsiDevice): Directory {
  const path = sdevPath(sdev);
  const from = [...path, 'scsi_disk', sdev.name];
  const attributes = { ...scsiDiskAttributes, uevent: noUevent };
  return attributesDirectory(attributes, sdev, {
    device: () => sysLink(from, path),
    power: () => unsimulatedDirectory(`/sys/${from.join('/')}/power`),
    subsystem: () => sysLink(from, ['class', 'scsi_disk']),
  });
}

/** /sys/class/scsi_NAME: links to the directories of that name below each device. */
export function sdevLinks(
  machine: Machine,
  name: 'scsi_device' | 'scsi_disk' | 'scsi_generic',
): Directory {
  const nameOf = (sdev: ScsiDevice): string =>
    name === 'scsi_generic' ? `sg${sdev.genericIndex}` : sdev.name;
  return directoryOf(
    () => sdevsOf(machine),
    nameOf,
    onePerObject((sdev) => sysLink(['class', name], [...sdevPath(sdev), name, nameOf(sdev)])),
  );
}

export const hostLinks = (machine: Machine): Directory =>
  directoryOf(
    () => hostsOf(machine),
    ({ number }) => `host${number}`,
    onePerObject((host) =>
      sysLink(['class', 'scsi_host'], [...hostPath(host), 'scsi_host', `host${host.number}`]),
    ),
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
