// random.ts — Any of 1 … 10. Mirrors libmultipath/prioritizers/random.c.
import { uniformInteger } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import type { Prioritizer } from './prioritizer.ts';

export const random: Prioritizer = {
  name: 'random',
  getPriority: (_path, { host }) => ready(uniformInteger(host.random, 1, 10)),
};
