// sys-module.ts — /sys/module: loaded modules and their parameters.
import type { Directory, Vnode } from '@dmsim/vfs';
import { attributeFile, ready } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { unsimulatedDirectory, unsimulatedFile } from '../unsimulated.ts';
import type { LoadedModule, ModuleParameter, ModuleParameters } from '../userland.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';

export function moduleDirectory(machine: Machine): Directory {
  return kernelDirectory(
    () => [...machine.modules.keys(), ...BUILT_IN],
    (name) => {
      const module = machine.modules.get(name);
      if (module !== undefined) return oneModule(name, module);
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

const FILES = ['coresize', 'initsize', 'initstate', 'refcnt', 'taint', 'uevent'];
const DIRECTORIES = ['holders', 'notes', 'sections'];

function oneModule(name: string, module: LoadedModule): Directory {
  const path = `/sys/module/${name}`;
  const unsimulated = [
    ...FILES.map((file) => [file, () => unsimulatedFile(`${path}/${file}`)] as const),
    ...DIRECTORIES.map((file) => [file, () => unsimulatedDirectory(`${path}/${file}`)] as const),
  ];
  const parameters = module.parameters();
  return fixedDirectory({
    ...Object.fromEntries<() => Vnode>(unsimulated),
    ...(parameters.size === 0 ? {} : { parameters: () => parametersDirectory(parameters) }),
  });
}

function parametersDirectory(parameters: ModuleParameters): Directory {
  return kernelDirectory(
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
    store: (_process, text) => ready(store(text.trim())),
  });
}
