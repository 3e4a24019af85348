// scsi-identity.ts — The names that scsi_debug makes up for a unit, its port and its target. Mirrors drivers/scsi/scsi_debug.c: inquiry_vpd_83.
import type { ScsiDevice } from '@dmsim/block';

export interface ScsiIdentity {
  /** Locally assigned names, in hexadecimal. */
  readonly unit: string;
  readonly port: string;
  readonly target: string;
  readonly portGroup: number;
  readonly targetName: string;
}

const hex = (n: number): string => n.toString(16).padStart(9, '0');

/** The unit's number is its serial number. The target's number is that minus the LUN, minus three. */
export function identityOf({ unit, portGroup, address: { lun } }: ScsiDevice): ScsiIdentity {
  const id = Number(unit.serial);
  const targetId = id - lun - 3;
  return {
    unit: `3333333${hex(id)}`,
    port: `3222222${hex(targetId + 1)}`,
    target: `3222222${hex(targetId)}`,
    portGroup: portGroup.id,
    targetName: `naa.32222220${targetId.toString(16).toUpperCase().padStart(8, '0')}`,
  };
}
