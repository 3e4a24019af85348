// cciss-tur.ts — HP Smart Array of old: asks its driver, which SCSI disks don't have. Mirrors libmultipath/checkers/cciss_tur.c.
import { ready } from '@dmsim/vfs';

import type { PathChecker } from './checker.ts';
import { down } from './checker.ts';

export const ccissTur: PathChecker = {
  name: 'cciss_tur',
  asynchronous: null,
  check: () => ready(down),
};
