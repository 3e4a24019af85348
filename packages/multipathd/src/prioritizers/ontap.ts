// ontap.ts — NetApp filers, which know a command of their own. Mirrors libmultipath/prioritizers/ontap.c.
import { ready } from '@dmsim/vfs';

import type { Prioritizer } from './prioritizer.ts';

const COMMAND = [0xc0, 0x00, 0x01, 0x0a, 0x98, 0x0a, 0x41, 0x80, 0x00, 0x00];
/** Illegal request, invalid command operation code: what any other disk answers. */
const SENSE = [0x70, 0, 5, 0, 0, 0, 0, 0x0a, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0];

const hex = (bytes: readonly number[]): string =>
  bytes.map((byte) => `0x${byte.toString(16).padStart(2, '0')} `).join('');

export const ontap: Prioritizer = {
  name: 'ontap',
  getPriority({ dev }, { log }) {
    log.put(0, `${dev}: ontap prio: SCSI error`);
    log.put(0, '- SCSI CDB: ');
    log.put(0, hex(COMMAND));
    log.put(0, '- masked_status=0x01, host_status=0x00, driver_status=0x08');
    log.put(0, '- SCSI sense data: ');
    log.put(0, hex(SENSE));
    return ready(0);
  },
};
