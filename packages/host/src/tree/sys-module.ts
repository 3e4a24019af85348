// sys-module.ts — /sys/module: loaded modules and their parameters.
import type { Directory, Vnode } from '@dmsim/vfs';
import { attributeFile, createSymlink, ready } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { isAction } from '../udev/trigger.ts';
import { refusePath, unsimulatedDirectory, unsimulatedFile } from '../unsimulated.ts';
import type { LoadedModule, ModuleParameter, ModuleParameters } from '../userland.ts';
import { sizeOf, usersOf } from './loaded-modules.ts';
import { countReferences } from './module-references.ts';
import { fixedSysfsDirectory, sysfsDirectory } from './sysfs-directory.ts';

export function moduleDirectory(machine: Machine): Directory {
  return sysfsDirectory(
    () => [...machine.modules.keys(), ...BUILT_IN],
    (name) => {
      const module = machine.modules.get(name);
      if (module !== undefined) return oneModule(machine, name, module);
      return BUILT_IN.has(name) ? unsimulatedDirectory(`/sys/module/${name}`) : undefined;
    },
  );
}

/** Parts of the kernel that have parameters or a version. */
const BUILT_IN: ReadonlySet<string> = new Set(
  (
    '8250 8250_mid 8250_pci 8250_pericom acpi acpi_x86 acpiphp amd64_agp apparmor atkbd blk_cgroup block ' +
    'clocksource compression cpufreq cpuidle cpuidle_haltpoll crc64_rocksoft crc_t10dif cryptomgr cxl_core cxl_port ' +
    'damon_lru_sort damon_reclaim device_hmem dynamic_debug ec_sys edac_core fb firmware_class fscrypto fuse ' +
    'gpiolib_acpi grant_table haltpoll hibernate i8042 ima intel_agp intel_idle iosf_mbi ipe ipv6 kernel keyboard ' +
    'kfence memory_hotplug microcode module mousedev netpoll nmi_backtrace page_alloc page_reporting pci_hotplug ' +
    'pcie_aspm pciehp pcieportdrv platform_pci printk processor pstore random rcupdate rcutree rng_core rtc_cmos ' +
    'secretmem shpchp sis_agp spidev spurious srcutree suspend syscall sysrq tcp_cubic thermal tpm tpm_crb tpm_tis ' +
    'tpm_tis_core udmabuf via_agp virtio_pci virtio_pci_legacy_dev virtio_pci_modern_dev vt workqueue xen ' +
    'xen_kbdfront xz_dec zswap'
  ).split(' '),
);

const shows = (show: () => number | string) => (): Vnode =>
  attributeFile({ show: () => `${show()}\n` });

/** scsi_debug alone states its version. */
const VERSIONS: ReadonlyMap<string, string> = new Map([['scsi_debug', '0191']]);

/** The drivers that a module has registered (module_add_driver): of the modules here, only sd_mod has one. */
const DRIVERS_OF: Readonly<Record<string, Record<string, () => Vnode>>> = {
  sd_mod: {
    drivers: () =>
      fixedSysfsDirectory({ 'scsi:sd': () => createSymlink('../../../bus/scsi/drivers/sd') }),
  },
};

function oneModule(machine: Machine, name: string, module: LoadedModule): Directory {
  const path = `/sys/module/${name}`;
  const parameters = module.parameters();
  const version = VERSIONS.get(name);
  const users = (): string[] => usersOf(machine.modules.keys(), name);
  return fixedSysfsDirectory({
    coresize: shows(() => sizeOf(name)),
    holders: () => holdersDirectory(users),
    initsize: shows(() => 0),
    initstate: shows(() => 'live'),
    notes: () => unsimulatedDirectory(`${path}/notes`),
    refcnt: shows(() => users().length + (countReferences(machine).get(name) ?? 0)),
    sections: () => unsimulatedDirectory(`${path}/sections`),
    taint: shows(() => ''),
    uevent: () => eventFile(path),
    ...DRIVERS_OF[name],
    ...(parameters.size === 0 ? {} : { parameters: () => parametersDirectory(parameters) }),
    ...(version === undefined ? {} : versionFiles(path, version)),
  });
}

const versionFiles = (path: string, version: string): Record<string, () => Vnode> => ({
  srcversion: () => unsimulatedFile(`${path}/srcversion`),
  version: shows(() => version),
});

function eventFile(path: string): Vnode {
  const store = (text: string): 'EINVAL' =>
    isAction(text.trimEnd()) ? refusePath(`${path}/uevent`) : 'EINVAL';
  return attributeFile({ store: (_process, text) => ready(store(text)) });
}

/** Links to the modules that use the module. */
const holdersDirectory = (users: () => string[]): Directory =>
  sysfsDirectory(users, (user) =>
    users().includes(user) ? createSymlink(`../../${user}`) : undefined,
  );

function parametersDirectory(parameters: ModuleParameters): Directory {
  return sysfsDirectory(
    () => parameters.keys(),
    (name) => {
      const parameter = parameters.get(name);
      return parameter === undefined ? undefined : parameterFile(parameter);
    },
  );
}

function parameterFile({ show, store }: ModuleParameter): ReturnType<typeof attributeFile> {
  if (store === undefined) return attributeFile({ show: () => `${show()}\n` });
  return attributeFile({
    show: () => `${show()}\n`,
    store: (_process, text) => ready(store(text.replace(/\n$/, ''))),
  });
}
