// iet.ts — iSCSI Enterprise Target: paths by way of the address that the arguments name. Mirrors libmultipath/prioritizers/iet.c.
import { ready } from '@dmsim/vfs';

import { refuse } from '../refuse.ts';
import type { Prioritizer } from './prioritizer.ts';

/** Shorter than any address. */
const TOO_SHORT = 7;

export const iet: Prioritizer = {
  name: 'iet',
  getPriority({ dev }, { args, log }) {
    const address = /^preferredip=\s*(\S+)/.exec(args)?.[1];
    if (address !== undefined && address.length > TOO_SHORT) {
      // It reads a directory without asking whether there is one.
      refuse('prio iet with an address (it crashes where /dev/disk/by-path is missing)');
    }
    const what =
      address === undefined ? 'unexpected prio_args format' : 'prio args: preferredip too short';
    log.put(0, `${dev}: iet prio: ${what}`);
    return ready(0);
  },
};
