// scsi-device-of.ts — Finds the SCSI device behind a disk. Mirrors drivers/scsi/scsi_lib.c: scsi_device_from_queue.
import type { BlockDevice } from '../block-device.ts';
import type { ScsiDevice } from './scsi-device.ts';

/** Null for a device of any other driver. */
export const scsiDeviceOf = ({ queue }: BlockDevice): ScsiDevice | null =>
  queue?.ops.scsi === true ? (queue.queuedata as ScsiDevice) : null;
