// const.ts — Every path is as good as any. Mirrors libmultipath/prioritizers/const.c.
import { ready } from '@dmsim/vfs';

import type { Prioritizer } from './prioritizer.ts';

export const constant: Prioritizer = { name: 'const', getPriority: () => ready(1) };
