// pgpath.ts — A path in a priority group. Mirrors dm-mpath.c: struct pgpath.
import type { DmDev } from '@dmsim/dm';
import type { Work } from '@dmsim/sim';

import type { PriorityGroup } from './priority-group.ts';
import type { DmPath } from './selectors/path-selector.ts';

/** One device listed in two groups is two of these. */
export interface PgPath extends DmPath {
  readonly dev: DmDev;
  context: unknown;
  readonly pg: PriorityGroup;
  /** `A` and `F` of the status line. */
  active: boolean;
  /** Only ever grows. */
  failCount: number;
  /** Asks the hardware handler to make this path usable. */
  readonly activatePath: Work;
}
