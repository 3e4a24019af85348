// rdac.ts — NetApp E-Series: which controller owns the volume (VPD page 0xC9). Mirrors libmultipath/checkers/rdac.c.
import { ready } from '@dmsim/vfs';

import type { PathChecker } from './checker.ts';
import { down, GHOST, up } from './checker.ts';

const VOLUME_ACCESS = 0xc9;
const AVT = 9;
const CURRENT_OWNER = 0x01;

export const rdac: PathChecker = {
  name: 'rdac',
  asynchronous: null,
  check({ host, dev }) {
    const page = host.scsi.vpdPage(dev, VOLUME_ACCESS);
    if (page === undefined) return ready({ ...down, message: 'inquiry failed' });
    const owns = ((page[AVT - 1] ?? 0) & CURRENT_OWNER) !== 0;
    return ready(owns ? up : { state: 'ghost', message: GHOST });
  },
};
