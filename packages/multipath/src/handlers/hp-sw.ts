// hp-sw.ts — Early HP arrays: START STOP UNIT makes a passive path active. Mirrors drivers/scsi/device_handler/scsi_dh_hp_sw.c.
import type { HardwareHandler } from './hardware-handler.ts';
import { reach } from './reach.ts';
import { activateByTakeOver } from './take-over.ts';

export const hpSw: HardwareHandler = {
  name: 'hp_sw',
  // It attaches to any device that answers TEST UNIT READY.
  attach: (dev) => (reach(dev) === 'yes' ? undefined : 'EINVAL'),
  activate: activateByTakeOver('hp_sw: start stop unit'),
};
