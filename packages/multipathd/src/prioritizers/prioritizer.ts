// prioritizer.ts — The interface of a prioritizer, which says how good a path is. Mirrors libmultipath/prio.h: struct prio.
import type { Process, Task } from '@dmsim/sim';

import type { MultipathHost } from '../host.ts';
import type { Log } from '../log.ts';
import type { Path } from '../path.ts';

export interface PrioContext {
  readonly host: MultipathHost;
  readonly process: Process;
  readonly log: Log;
  /** `prio_args` */
  readonly args: string;
}

export interface Prioritizer {
  readonly name: string;
  /** The larger the better; below zero when it could not be found out. */
  readonly getPriority: (path: Path, context: PrioContext) => Task<number>;
}

/** The prioritizer of a path. */
export interface SelectedPrioritizer {
  readonly name: string;
  /** Null: there is none of that name. */
  readonly type: Prioritizer | null;
  readonly args: string;
}
