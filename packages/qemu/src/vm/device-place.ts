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

/** The kind of bus that a device needs; null: any, or none that is known here. */
function wantedKind(driver: string): string | null {
  if (driver.startsWith('scsi-')) return 'SCSI';
  if (driver.startsWith('ide-')) return 'IDE';
  if (driver === 'usb-storage') return 'usb-bus';
  return isPci(driver) ? 'PCI' : null;
}

function refuseBus(vm: Vm, { driver, properties }: DeviceArg): string | null {
  const wanted = wantedKind(driver);
  const bus = properties.get('bus');
  if (bus === undefined) {
    const isThere = wanted === null || hasBus(vm, wanted);
    return isThere ? null : `No '${wanted}' bus found for device '${driver}'`;
  }
  if (bus.includes('/')) return 'a path of a bus: not simulated';
  const kind = busesOf(vm).get(bus);
  if (kind === undefined) return wanted === null ? null : `Bus '${bus}' not found`;
  const fits = wanted === null || kind === wanted || (wanted === 'PCI' && kind === 'PCIE');
  return fits ? null : `Device '${driver}' can't go on ${kind} bus`;
}

const hasBus = (vm: Vm, wanted: string): boolean =>
  wanted === 'PCI' || wanted === 'IDE' || [...busesOf(vm).values()].includes(wanted);

/** The buses of a kind of controller: their kind, and how many. */
const CONTROLLER_BUSES: Readonly<Record<string, readonly [kind: string, count: number]>> = {
  'virtio-scsi-pci': ['SCSI', 1],
  'qemu-xhci': ['usb-bus', 1],
  ahci: ['IDE', 6],
};

/** Devices whose bus has their own name. */
const PORTS: Readonly<Record<string, string>> = { 'pcie-root-port': 'PCIE', 'pci-bridge': 'PCI' };

/** All buses by their names, with their kinds. */
function busesOf({ controllers, rootBus }: Vm): Map<string, string> {
  const isQ35 = rootBus === 'pcie.0';
  const buses = new Map([[rootBus, isQ35 ? 'PCIE' : 'PCI']]);
  for (let i = 0; i < (isQ35 ? 6 : 2); i++) buses.set(`ide.${i}`, 'IDE');
  const counts = new Map<string, number>();
  for (const { driver, id } of controllers) {
    const port = PORTS[driver];
    if (port !== undefined && id !== null) buses.set(id, port);
    const [kind, count] = CONTROLLER_BUSES[driver] ?? ['', 0];
    for (let i = 0; i < count; i++) buses.set(busName({ id, kind, i }, counts), kind);
  }
  return buses;
}

interface NewBus {
  /** Of the controller. */
  readonly id: string | null;
  readonly kind: string;
  readonly i: number;
}

/** The bus of a controller without an id is counted by kind. Mirrors qbus_init_internal. */
function busName({ id, kind, i }: NewBus, counts: Map<string, number>): string {
  if (id !== null) return `${id}.${i}`;
  const next = counts.get(kind) ?? 0;
  counts.set(kind, next + 1);
  return `${kind.toLowerCase()}.${next}`;
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
  if (driver.startsWith('ide-'))
    return `Bus '${properties.get('bus') ?? `ide.${isQ35 ? 5 : 1}`}' does not support hotplugging`;
  if (!isPci(driver)) return null;
  const bus = properties.get('bus') ?? vm.rootBus;
  if (bus === 'pci.0' && !isQ35) return null;
  const port = vm.controllers.find(({ id }) => id === bus);
  if (port === undefined && bus !== vm.rootBus) return `Bus '${bus}' not found`;
  return port?.driver === 'pcie-root-port' ? null : `Bus '${bus}' does not support hotplugging`;
}
