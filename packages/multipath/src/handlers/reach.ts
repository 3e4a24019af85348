// reach.ts — Tells whether a handler's command reaches the array. Mirrors drivers/scsi/scsi_lib.c: scsi_device_state_check.
import type { ScsiDevice } from '@dmsim/block';
import { unreachable } from '@dmsim/sim';

/** `later`: commands wait until the device is unblocked. */
export type Reach = 'yes' | 'no' | 'later';

export function reach(dev: ScsiDevice): Reach {
  switch (dev.state) {
    case 'created':
    case 'running':
      return 'yes';
    case 'quiesce':
    case 'blocked':
    case 'created-blocked':
      return 'later';
    case 'offline':
    case 'transport-offline':
    case 'cancel':
    case 'deleted':
      return 'no';
    default:
      return unreachable(dev.state);
  }
}
