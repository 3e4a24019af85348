// sys.ts — /sys: the machine as sysfs shows it.
import type { BlockDevice } from '@dmsim/block';
import { formatDev } from '@dmsim/block';
import type { Directory, Vnode } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { unsimulatedDirectory, unsimulatedFile } from '../unsimulated.ts';
import { attributesDirectory } from './attributes.ts';
import { configDirectory } from './config-null-blk.ts';
import type { DirectoryOf } from './kernel-directory.ts';
import { blockDevicesOf, diskDirectories, diskLinks, disksOf, isDisk } from './sys-block.ts';
import { debugDirectory } from './sys-debug.ts';
import { bdiAttributes } from './sys-disk-attributes.ts';
import { remotePortsDirectory } from './sys-fc.ts';
import { moduleDirectory } from './sys-module.ts';
import type { SysPath } from './sys-paths.ts';
import { adapterPath, diskPath, sysLink } from './sys-paths.ts';
import type { ScsiDebugDriver } from './sys-scsi-debug.ts';
import { scsiDebugAttributes } from './sys-scsi-debug.ts';
import {
  adaptersDirectory,
  busDevices,
  directoryOf,
  hostLinks,
  hostsOf,
  sdevLinks,
} from './sys-scsi.ts';
import { fixedSysfsDirectory, sysfsDirectory } from './sysfs-directory.ts';

export function sysDirectory(machine: Machine): Directory {
  const disks = diskDirectories(machine);
  return fixedSysfsDirectory(
    {
      block: () => diskLinks(machine, ['block'], isDisk),
      bus: () => busDirectory(machine),
      class: () => classDirectory(machine),
      dev: () => fixedSysfsDirectory({ block: () => numbersDirectory(machine) }, DEV),
      devices: () => devicesDirectory(machine, disks),
      kernel: () =>
        fixedSysfsDirectory(
          { config: () => configDirectory(machine), debug: () => debugDirectory(machine) },
          KERNEL,
        ),
      module: () => moduleDirectory(machine),
    },
    SYS,
  );
}

/**
 * The other entries that Linux has in `path`, on the machine that the labs were recorded on: directories that can be seen and not be
 * looked into, and files. Names are apart by blanks.
 */
function besides(path: string, directories: string, files = ''): ReadonlyMap<string, Vnode> {
  const nodes = new Map<string, Vnode>();
  for (const name of directories.split(' ').filter((word) => word !== ''))
    nodes.set(name, unsimulatedDirectory(`${path}/${name}`));
  for (const name of files.split(' ').filter((word) => word !== ''))
    nodes.set(name, unsimulatedFile(`${path}/${name}`));
  return nodes;
}

const SYS = besides('/sys', 'firmware fs hypervisor power');
const BUS = besides(
  '/sys/bus',
  'acpi auxiliary clockevents clocksource container coreboot cpu cxl dax edac event_source gpio i2c isa ' +
    'machinecheck memory memory_tiering mipi-dsi node nvmem pci pci_express platform pnp serial serial-base serio ' +
    'spi virtio workqueue xen xen-backend',
);
const PSEUDO_BUS = besides('/sys/bus/pseudo', '', 'drivers_autoprobe drivers_probe uevent');
const SCSI_BUS = besides('/sys/bus/scsi', '', 'drivers_autoprobe drivers_probe uevent');
const SCSI_DRIVERS = besides('/sys/bus/scsi/drivers', 'sd');
const CLASS = besides(
  '/sys/class',
  'backlight bsg devcoredump devfreq devlink dma dma_heap dmi firmware gpio graphics hwmon input intel_scu_ipc ' +
    'iommu leds mem net pci_bus phy power_supply powercap pps ptp pwm regulator rtc spi_master spidev thermal tpm ' +
    'tpmrm tty vc virtio-ports vtconsole wakeup',
);
const MISC = besides(
  '/sys/class/misc',
  'cpu_dma_latency fuse hpet hw_random loop-control psaux snapshot udmabuf userfaultfd vga_arbiter',
);
const DEV = besides('/sys/dev', 'char');
const DEVICES = besides(
  '/sys/devices',
  'LNXSYSTM:00 breakpoint isa kprobe msr pci0000:00 platform pnp0 software system tracepoint uprobe',
);
const VIRTUAL = besides(
  '/sys/devices/virtual',
  'dma_heap dmi graphics input mem memory_tiering misc net thermal tty vc vtconsole workqueue',
);
const KERNEL = besides(
  '/sys/kernel',
  'boot_params btf cgroup iommu_groups irq livepatch mm notes profiling reboot security slab ' +
    'software_nodes tracing',
  'address_bits cpu_byteorder crash_elfcorehdr_size fscaps kexec_crash_loaded kexec_crash_size kexec_loaded ' +
    'oops_count rcu_expedited rcu_normal uevent_seqnum vmcoreinfo warn_count',
);

const busDirectory = (machine: Machine): Directory =>
  fixedSysfsDirectory(
    {
      pseudo: () =>
        fixedSysfsDirectory(
          {
            devices: () => adapterLinks(machine, ['bus', 'pseudo', 'devices']),
            drivers: () => pseudoDrivers(machine),
          },
          PSEUDO_BUS,
        ),
      scsi: () =>
        fixedSysfsDirectory(
          {
            devices: () => busDevices(machine),
            drivers: () => fixedSysfsDirectory({}, SCSI_DRIVERS),
          },
          SCSI_BUS,
        ),
    },
    BUS,
    (name) => name !== 'pseudo' || hasScsiDebug(machine),
  );

const classDirectory = (machine: Machine): Directory =>
  fixedSysfsDirectory(
    {
      bdi: () =>
        directoryOf(
          () => disksOf(machine),
          formatDev,
          (dev) => sysLink(['class', 'bdi'], ['devices', 'virtual', 'bdi', formatDev(dev)]),
        ),
      block: () => diskLinks(machine, ['class', 'block']),
      fc_remote_ports: () => remotePortsDirectory(machine),
      misc: () =>
        fixedSysfsDirectory(
          {
            'device-mapper': () =>
              attributesDirectory({ dev: { show: () => '10:236\n' } }, machine),
          },
          MISC,
        ),
      scsi_device: () => sdevLinks(machine, 'scsi_device'),
      scsi_disk: () => sdevLinks(machine, 'scsi_disk'),
      scsi_generic: () => sdevLinks(machine, 'scsi_generic'),
      scsi_host: () => hostLinks(machine),
    },
    CLASS,
    (name) => name !== 'fc_remote_ports' || machine.fcRports.size > 0,
  );

const devicesDirectory = (machine: Machine, disks: DirectoryOf<BlockDevice>): Directory =>
  fixedSysfsDirectory(
    {
      pseudo_0: () => adaptersDirectory(machine, disks),
      virtual: () =>
        fixedSysfsDirectory(
          {
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
          },
          VIRTUAL,
        ),
    },
    DEVICES,
    (name) => name !== 'pseudo_0' || hasScsiDebug(machine),
  );

const hasScsiDebug = ({ modules }: Machine): boolean => modules.has('scsi_debug');

const numbersDirectory = (machine: Machine): Directory =>
  directoryOf(
    () => blockDevicesOf(machine),
    formatDev,
    (dev) => sysLink(['dev', 'block'], diskPath(dev)),
  );

/** scsi_debug, once it is loaded. */
function pseudoDrivers(machine: Machine): Directory {
  const { modules } = machine;
  const driver = (): ScsiDebugDriver | undefined => modules.get('scsi_debug')?.driver;
  return sysfsDirectory(
    () => (driver() === undefined ? [] : ['scsi_debug']),
    (name) => {
      const loaded = name === 'scsi_debug' ? driver() : undefined;
      return loaded === undefined ? undefined : driverDirectory(machine, loaded);
    },
  );
}

/** At `path`, a link to each adapter of scsi_debug. */
const adapterLinks = (machine: Machine, path: SysPath): Directory =>
  directoryOf(
    () => hostsOf(machine),
    ({ adapter }) => `adapter${adapter}`,
    (host) => sysLink(path, adapterPath(host)),
  );

/** The attributes of scsi_debug's driver, and a link to each adapter. */
function driverDirectory(machine: Machine, driver: ScsiDebugDriver): Directory {
  const attributes = attributesDirectory(scsiDebugAttributes, driver);
  const adapters = adapterLinks(machine, ['bus', 'pseudo', 'drivers', 'scsi_debug']);
  return sysfsDirectory(
    () => [...adapters.entries(), ...attributes.entries()],
    (name) => attributes.lookup(name) ?? adapters.lookup(name),
  );
}
