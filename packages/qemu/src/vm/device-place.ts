// device-place.ts — The id of a device and the bus that it is plugged into, and what refuses them. Mirrors softmmu/qdev-monitor.c: qbus_find, qdev_set_id.
import type { DeviceArg } from './command-line.ts';
import { refuseIdentifier } from './identifier.ts';
import type { Vm } from './vm.ts';

/** Why the device can't have that id, or that place; null if it can. */
export function refusePlace(
  vm: Vm,
  device: DeviceArg,
  { isHotplug }: { readonly isHotplug: boolean },
): string | null {
  const id = device.properties.get('id');
  return (
    (id === undefined ? null : refuseIdentifier(id)) ??
    refuseBus(vm, device) ??
    (isHotplug ? refuseHotplug(vm, device) : null) ??
    (id === undefined ? null : refuseTaken(vm, id))
  );
}

function refuseTaken(vm: Vm, id: string): string | null {
  const taken =
    vm.controllers.some((other) => other.id === id) || vm.disks.some((d) => d.id === id);
  return taken ? `Duplicate ID '${id}' for device` : null;
}

/** The bus, and the device that provides it, for disks that need a bus of their own. */
const BUSES: Readonly<Record<string, readonly [bus: string, driver: string]>> = {
  'scsi-hd': ['SCSI', 'virtio-scsi-pci'],
  'scsi-cd': ['SCSI', 'virtio-scsi-pci'],
  'usb-storage': ['usb-bus', 'qemu-xhci'],
};

function refuseBus(vm: Vm, { driver, properties }: DeviceArg): string | null {
  const bus = properties.get('bus');
  const [kind, needed] = BUSES[driver] ?? [null, null];
  if (kind === null) return null;
  const there = vm.controllers.filter((controller) => controller.driver === needed);
  if (there.length === 0) return `No '${kind}' bus found for device '${driver}'`;
  const isBus = (id: string | null): boolean => id !== null && (bus === id || bus === `${id}.0`);
  return bus === undefined || there.some(({ id }) => isBus(id)) ? null : `Bus '${bus}' not found`;
}

/** Remembers the bus of a PCI device that has an id: others may name it, and it goes with its port. */
export function notePlace(
  { pciBuses, ideBuses, rootBus }: Vm,
  { driver, properties }: DeviceArg,
): void {
  const id = properties.get('id');
  const bus = properties.get('bus');
  if (id !== undefined && bus !== undefined && driver.startsWith('ide-')) ideBuses.set(id, bus);
  if (id !== undefined && isPci(driver)) pciBuses.set(id, properties.get('bus') ?? rootBus);
}

/** PCI devices whose names do not say so. */
const PCI: ReadonlySet<string> = new Set(['pcie-root-port', 'pci-bridge', 'qemu-xhci', 'ahci']);

const isPci = (driver: string): boolean => driver.endsWith('-pci') || PCI.has(driver);

/** Refuses a hotplug where the bus can't take it: PCI devices need root ports where there is PCI Express, SCSI disks go anywhere, IDE disks nowhere. */
function refuseHotplug(vm: Vm, { driver, properties }: DeviceArg): string | null {
  const isQ35 = vm.rootBus === 'pcie.0';
  if (driver.startsWith('ide-')) return `Bus 'ide.${isQ35 ? 5 : 1}' does not support hotplugging`;
  if (!isPci(driver)) return null;
  const bus = properties.get('bus') ?? vm.rootBus;
  if (bus === 'pci.0' && !isQ35) return null;
  const port = vm.controllers.find(({ id }) => id === bus);
  if (port === undefined && bus !== vm.rootBus) return `Bus '${bus}' not found`;
  return port?.driver === 'pcie-root-port' ? null : `Bus '${bus}' does not support hotplugging`;
}
