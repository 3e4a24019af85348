// scsi-address.ts — Chooses the target and LUN of a SCSI disk, and refuses those that it can't have. Mirrors hw/scsi/scsi-bus.c: scsi_bus_check_address.
import type { DeviceArg } from './command-line.ts';
import type { Controller, Vm } from './vm.ts';

export interface ScsiAddress {
  /** The adapter. */
  readonly bus: string;
  readonly channel: number;
  readonly target: number;
  readonly lun: number;
}

const number = ({ properties }: DeviceArg, name: string): number | null => {
  const text = properties.get(name);
  return text === undefined || text === '-1' ? null : Number(text);
};

/** The adapter that is named, or the last one that there is. */
export function adapterOf(vm: Vm, { properties }: DeviceArg): Controller | undefined {
  const adapters = vm.controllers.filter(({ driver }) => driver === 'virtio-scsi-pci');
  const named = properties.get('bus');
  if (named === undefined) return adapters.at(-1);
  const anonymous = adapters.filter(({ id }) => id === null);
  return adapters.find(
    (one) => named === (one.id === null ? `scsi.${anonymous.indexOf(one)}` : `${one.id}.0`),
  );
}

/** The address that was asked for, or a free one. A string is the refusal. */
export function chooseAddress(vm: Vm, device: DeviceArg): ScsiAddress | string {
  const adapter = adapterOf(vm, device);
  const bus = adapter === undefined ? '' : (adapter.id ?? `#${vm.controllers.indexOf(adapter)}`);
  const channel = number(device, 'channel') ?? 0;
  const holder = (target: number, lun: number): string | undefined =>
    [...vm.scsiAddresses].find(
      ([, at]) =>
        at.bus === bus && at.channel === channel && at.target === target && at.lun === lun,
    )?.[0];
  let target = number(device, 'scsi-id');
  let lun = number(device, 'lun');
  if (target === null) {
    lun ??= 0;
    for (target = 0; holder(target, lun) !== undefined;) target++;
  } else if (lun === null) {
    for (lun = 0; holder(target, lun) !== undefined;) lun++;
  }
  const taken = holder(target, lun);
  return taken === undefined ? { bus, channel, target, lun } : `lun already used by '${taken}'`;
}
