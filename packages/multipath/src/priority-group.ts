// priority-group.ts — Paths that are used together. Mirrors dm-mpath.c: struct priority_group.
import type { Multipath } from './multipath.ts';
import type { PgPath } from './pgpath.ts';
import type { PathSelectorType } from './selectors/path-selector.ts';

export interface PriorityGroup {
  readonly m: Multipath;
  /** From 1, as messages and status lines count. */
  readonly pgNum: number;
  readonly selector: PathSelectorType;
  readonly selectorState: unknown;
  /** In order of the table line, whatever their state: how they rotate is the selector's. */
  readonly pgpaths: PgPath[];
  /** `D` of the status line: used only when no other group can be. */
  bypassed: boolean;
}
