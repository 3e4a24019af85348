// scsi-uevents.ts — Sends the uevents of SCSI hosts, targets and devices, and of disks that change. Mirrors drivers/scsi/hosts.c: scsi_add_host_with_dma, scsi_sysfs.c: scsi_sysfs_add_sdev, __scsi_remove_device, scsi_lib.c: scsi_evt_emit, and block/genhd.c: set_capacity_and_notify, set_disk_ro.
import type { BlockDevice, ScsiDevice, ScsiEvent, ScsiHost } from '@dmsim/block';

import type { Machine } from '../machine.ts';
import type { SysPath } from '../tree/sys-paths.ts';
import { adapterPath, hostPath, sdevPath } from '../tree/sys-paths.ts';
import type { KernelUevent } from '../uevent-bus.ts';
import { broadcast, passesUnheard } from '../uevent-bus.ts';
import { moduleUevent } from './module-uevents.ts';
import { devpath, devpathOf } from './trigger.ts';

/** Of the dynamic numbers of character devices; /proc/devices lists it. */
const BSG_MAJOR = 246;
const SG_MAJOR = 21;

export function scsiUevent(machine: Machine, event: ScsiEvent): void {
  const { uevents, sim } = machine;
  if (event.kind === 'driver-ready') moduleUevent(machine, 'scsi_debug', 'add');
  else if (!passesUnheard(uevents))
    for (const each of ueventsOf(event)) broadcast(uevents, each, sim.now);
}

function ueventsOf(event: Exclude<ScsiEvent, { readonly kind: 'driver-ready' }>): KernelUevent[] {
  switch (event.kind) {
    case 'host-added':
      return hostEvents(event.host);
    case 'host-removed':
      return hostRemoval(event.host);
    case 'attention':
      return [attentionEvent(event.device, event.word)];
    case 'device-added':
      return deviceEvents(event.device);
    case 'device-bound':
      return [deviceEvent(event.device, 'bind', [['DRIVER', 'sd'], MODALIAS])];
    case 'device-leaving':
      return interfaces(event.device, 'remove');
    case 'device-removed':
      return deviceRemoval(event.device);
    case 'disk-resized':
    case 'disk-protection':
      return diskChange(event.kind, event.device.disk);
  }
}

type Variable = KernelUevent['variables'][number];

const uevent = (
  action: KernelUevent['action'],
  path: SysPath,
  subsystem: string,
  more: readonly Variable[] = [],
): KernelUevent => ({
  action,
  devpath: devpath(path),
  variables: [['SUBSYSTEM', subsystem], ...more],
});

function hostEvents(host: ScsiHost): KernelUevent[] {
  return [
    uevent('add', adapterPath(host), 'pseudo'),
    uevent('add', workqueuePath(host), 'workqueue'),
    uevent('add', hostPath(host), 'scsi', [['DEVTYPE', 'scsi_host']]),
    uevent('add', [...hostPath(host), 'scsi_host', `host${host.number}`], 'scsi_host'),
    uevent('bind', adapterPath(host), 'pseudo', [['DRIVER', host.driver]]),
  ];
}

function hostRemoval(host: ScsiHost): KernelUevent[] {
  return [
    uevent('remove', [...hostPath(host), 'scsi_host', `host${host.number}`], 'scsi_host'),
    uevent('remove', hostPath(host), 'scsi', [['DEVTYPE', 'scsi_host']]),
    uevent('remove', workqueuePath(host), 'workqueue'),
    uevent('unbind', adapterPath(host), 'pseudo'),
    uevent('remove', adapterPath(host), 'pseudo'),
  ];
}

/** The queue of task management functions that time out. */
const workqueuePath = ({ number }: ScsiHost): SysPath => [
  'devices',
  'virtual',
  'workqueue',
  `scsi_tmf_${number}`,
];

const MODALIAS: Variable = ['MODALIAS', 'scsi:t-0x00'];

/** A driver has the device. */
const attentionEvent = (sdev: ScsiDevice, word: string): KernelUevent =>
  uevent('change', sdevPath(sdev), 'scsi', [
    ['SDEV_UA', word],
    ['DEVTYPE', 'scsi_device'],
    ['DRIVER', 'sd'],
    MODALIAS,
  ]);

/** What the device said when it was first asked comes before the device has a place. */
function deviceEvents(sdev: ScsiDevice): KernelUevent[] {
  const attention: readonly Variable[] = [
    ['SDEV_UA', 'POWER_ON_RESET_OCCURRED'],
    ['DEVTYPE', 'scsi_device'],
    MODALIAS,
  ];
  return [
    uevent('change', [sdev.name], 'scsi', attention),
    ...targetEvent(sdev, 'add'),
    deviceEvent(sdev, 'add', [MODALIAS]),
    ...interfaces(sdev, 'add').toReversed(),
  ];
}

function deviceRemoval(sdev: ScsiDevice): KernelUevent[] {
  return [
    deviceEvent(sdev, 'unbind'),
    deviceEvent(sdev, 'remove', [MODALIAS]),
    ...targetEvent(sdev, 'remove'),
  ];
}

const deviceEvent = (
  sdev: ScsiDevice,
  action: KernelUevent['action'],
  more: readonly Variable[] = [],
): KernelUevent => uevent(action, sdevPath(sdev), 'scsi', [['DEVTYPE', 'scsi_device'], ...more]);

/** A target comes with its first unit and goes with its last. */
function targetEvent(sdev: ScsiDevice, action: 'add' | 'remove'): KernelUevent[] {
  const { channel, target } = sdev.address;
  const isBeside = ({ address }: ScsiDevice): boolean =>
    address.channel === channel && address.target === target;
  if (sdev.host.devices.some((other) => other !== sdev && isBeside(other))) return [];
  const path = sdevPath(sdev);
  return [uevent(action, path.slice(0, -1), 'scsi', [['DEVTYPE', 'scsi_target']])];
}

/** What stands for the device in the classes of sysfs, in the order in which it goes. */
function interfaces(sdev: ScsiDevice, action: 'add' | 'remove'): KernelUevent[] {
  const { name, genericIndex } = sdev;
  const path = sdevPath(sdev);
  return [
    uevent(action, [...path, 'bsg', name], 'bsg', node(`bsg/${name}`, BSG_MAJOR, genericIndex)),
    uevent(
      action,
      [...path, 'scsi_generic', `sg${genericIndex}`],
      'scsi_generic',
      node(`sg${genericIndex}`, SG_MAJOR, genericIndex),
    ),
    uevent(action, [...path, 'scsi_device', name], 'scsi_device'),
    uevent(action, [...path, 'scsi_disk', name], 'scsi_disk'),
  ];
}

const node = (name: string, major: number, minor: number): readonly Variable[] => [
  ['DEVNAME', `/dev/${name}`],
  ['MAJOR', String(major)],
  ['MINOR', String(minor)],
];

function diskChange(
  kind: 'disk-resized' | 'disk-protection',
  disk: BlockDevice | null,
): KernelUevent[] {
  if (disk === null) return [];
  const variable: Variable =
    kind === 'disk-resized' ? ['RESIZE', '1'] : ['DISK_RO', disk.protectedBy.driver ? '1' : '0'];
  return [{ action: 'change', devpath: devpathOf(disk), variables: [variable] }];
}
