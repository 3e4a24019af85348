// ana.ts — Asymmetric namespace access of NVMe: a SCSI disk has none. Mirrors libmultipath/prioritizers/ana.c.
import { ready } from '@dmsim/vfs';

import { PRIO_UNDEF } from '../path.ts';
import type { Prioritizer } from './prioritizer.ts';

export const ana: Prioritizer = {
  name: 'ana',
  getPriority({ dev }, { log }) {
    log.put(2, `${dev}: ANA error: couldn't get ctrl info`);
    return ready(PRIO_UNDEF);
  },
};
