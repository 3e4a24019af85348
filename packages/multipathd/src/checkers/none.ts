// none.ts — No check at all: the path is what sysfs says of it.
import { ready } from '@dmsim/vfs';

import type { PathChecker } from './checker.ts';

export const none: PathChecker = {
  name: 'none',
  asynchronous: null,
  check: () => ready({ state: 'up', message: '' }),
};
