// emc.ts — CLARiiON: a TRESPASS moves a unit to the storage processor that receives it. Mirrors drivers/scsi/device_handler/scsi_dh_emc.c.
import { parseKernelUnsigned } from '@dmsim/dm';

import type { HardwareHandler } from './hardware-handler.ts';
import { activateByTakeOver } from './take-over.ts';

const isFlag = (word: string | undefined): boolean =>
  word !== undefined && (parseKernelUnsigned(word) ?? 2) <= 1;

export const emc: HardwareHandler = {
  name: 'emc',
  // It needs the vendor's own INQUIRY pages, which simulated disks lack, so only a disk made with the handler works.
  attach: () => 'ENODEV',
  /** <short_trespass 0|1> <honor_reservations 0|1> */
  setParams(_dev, params) {
    return params.length === 2 && params.every(isFlag) ? undefined : 'EINVAL';
  },
  activate: activateByTakeOver('emc: trespass'),
};
