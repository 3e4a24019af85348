// sys.ts — /sys: the machine as sysfs shows it.
import { formatDev } from '@dmsim/block';
import type { Directory, Vnode } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { unsimulatedDirectory } from '../unsimulated.ts';
import { attributesDirectory } from './attributes.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';
import type { DiskDirectories } from './sys-block.ts';
import { createDiskDirectories, diskLinks, disksOf } from './sys-block.ts';
import { debugDirectory } from './sys-debug.ts';
import { bdiAttributes } from './sys-disk-attributes.ts';
import { remotePortsDirectory } from './sys-fc.ts';
import { moduleDirectory } from './sys-module.ts';
import { diskPath, sysLink } from './sys-paths.ts';
import type { ScsiDebugDriver } from './sys-scsi-debug.ts';
import { scsiDebugAttributes } from './sys-scsi-debug.ts';
import { adaptersDirectory, busDevices, directoryOf, hostLinks, sdevLinks } from './sys-scsi.ts';

export function sysDirectory(machine: Machine): Directory {
  const disks = createDiskDirectories(machine);
  return seen('/sys', SYS, {
    block: () => diskLinks(machine, ['block']),
    bus: () => busDirectory(machine),
    class: () => classDirectory(machine),
    dev: () => seen('/sys/dev', 'char', { block: () => numbersDirectory(machine) }),
    devices: () => devicesDirectory(machine, disks),
    kernel: () => seen('/sys/kernel', KERNEL, { debug: () => debugDirectory(machine) }),
    module: () => moduleDirectory(machine),
  });
}

// What Linux has besides, on the machine that the labs were recorded on.
const SYS = 'firmware fs hypervisor power';
const BUS =
  'acpi auxiliary clockevents clocksource container cpu event_source gpio i2c machinecheck memory node nvmem pci platform ' +
  'pnp serial serio spi virtio workqueue xen';
const CLASS =
  'bsg dma dmi gpio graphics hwmon input iommu leds mem net pci_bus power_supply powercap pwm rtc thermal tty vc vtconsole wakeup';
const DEVICES =
  'LNXSYSTM:00 breakpoint isa kprobe msr pci0000:00 platform pnp0 software system tracepoint uprobe';
const VIRTUAL = 'dmi graphics input mem memory_tiering misc net thermal tty vc vtconsole workqueue';
const KERNEL =
  'boot_params btf cgroup config iommu_groups irq livepatch mm notes profiling reboot security slab tracing';

/** A directory of `nodes`, and of names apart by blanks that can be seen and not be looked into. */
function seen(
  path: string,
  unsimulated: string,
  nodes: Readonly<Record<string, () => Vnode>>,
): Directory {
  const rest = unsimulated
    .split(' ')
    .map((name): [string, () => Vnode] => [name, () => unsimulatedDirectory(`${path}/${name}`)]);
  return fixedDirectory({ ...Object.fromEntries(rest), ...nodes });
}

const busDirectory = (machine: Machine): Directory =>
  seen('/sys/bus', BUS, {
    pseudo: () => seen('/sys/bus/pseudo', 'devices', { drivers: () => pseudoDrivers(machine) }),
    scsi: () => seen('/sys/bus/scsi', 'drivers', { devices: () => busDevices(machine) }),
  });

const classDirectory = (machine: Machine): Directory =>
  seen('/sys/class', CLASS, {
    bdi: () =>
      directoryOf(
        () => disksOf(machine),
        formatDev,
        (dev) => sysLink(['class', 'bdi'], ['devices', 'virtual', 'bdi', formatDev(dev)]),
      ),
    block: () => diskLinks(machine, ['class', 'block']),
    fc_remote_ports: () => remotePortsDirectory(machine),
    misc: () =>
      seen('/sys/class/misc', 'cpu_dma_latency fuse hpet hw_random loop-control psaux snapshot', {
        'device-mapper': () => attributesDirectory({ dev: { show: () => '10:236\n' } }, machine),
      }),
    scsi_device: () => sdevLinks(machine, 'scsi_device'),
    scsi_disk: () => sdevLinks(machine, 'scsi_disk'),
    scsi_generic: () => sdevLinks(machine, 'scsi_generic'),
    scsi_host: () => hostLinks(machine),
  });

const devicesDirectory = (machine: Machine, disks: DiskDirectories): Directory =>
  seen('/sys/devices', DEVICES, {
    pseudo_0: () => adaptersDirectory(machine, disks),
    virtual: () =>
      seen('/sys/devices/virtual', VIRTUAL, {
        bdi: () =>
          directoryOf(
            () => disksOf(machine),
            formatDev,
            (dev) => attributesDirectory(bdiAttributes, dev),
          ),
        block: () =>
          directoryOf(
            () => disksOf(machine).filter((dev) => diskPath(dev)[1] === 'virtual'),
            ({ name }) => name,
            disks,
          ),
      }),
  });

const numbersDirectory = (machine: Machine): Directory =>
  directoryOf(
    () => disksOf(machine),
    formatDev,
    (dev) => sysLink(['dev', 'block'], diskPath(dev)),
  );

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
