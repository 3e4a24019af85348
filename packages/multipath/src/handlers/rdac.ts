// rdac.ts — LSI/Engenio: a MODE SELECT moves a unit to this controller. Mirrors drivers/scsi/device_handler/scsi_dh_rdac.c.
import type { HardwareHandler } from './hardware-handler.ts';
import { activateByTakeOver } from './take-over.ts';

export const rdac: HardwareHandler = {
  name: 'rdac',
  // It needs vital product data that simulated disks lack, so only a disk made with the handler works.
  attach: () => 'EINVAL',
  activate: activateByTakeOver('rdac: mode select'),
};
