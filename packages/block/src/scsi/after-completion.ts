// after-completion.ts — Continues a recovery or removal that waited for a command to end. Mirrors drivers/scsi/scsi_lib.c: scsi_device_unbusy.
import { continueRecovery } from './error-handling.ts';
import { finishRemoval } from './remove-device.ts';
import type { ScsiDevice } from './scsi-device.ts';

export function afterCompletion(sdev: ScsiDevice): void {
  if (sdev.host.recovering) continueRecovery(sdev.host);
  if (sdev.state === 'cancel') finishRemoval(sdev);
}
