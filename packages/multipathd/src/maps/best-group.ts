// best-group.ts — Chooses the group of a map that should be used. Mirrors libmultipath/switchgroup.c.
import type { Multipath, PathGroup } from '../multipath.ts';
import { isUsable, PRIO_UNDEF } from '../path.ts';

/** A group is as good as its usable paths are on average; one without any is worth nothing. */
export function groupPriority(group: PathGroup): void {
  const { paths } = group;
  let sum = 0;
  let usable = 0;
  let marginal = 0;
  for (const path of paths) {
    if (path.marginal) marginal++;
    if (!isUsable(path.state)) continue;
    usable++;
    sum += path.priority;
  }
  group.enabledPaths = usable;
  group.marginal = marginal > 0 && marginal === paths.length;
  group.priority = usable > 0 ? Math.trunc(sum / usable) : 0;
  if (paths.length === 0) group.priority = PRIO_UNDEF;
}

/** 1-based. Normal before marginal, then the higher priority, then more usable paths, then the earlier one. */
export function selectPathGroup({ groups }: Multipath): number {
  let best = 1;
  let normal = false;
  let priority = 0;
  let enabled = 1;
  for (const [i, group] of groups.entries()) {
    groupPriority(group);
    if (group.enabledPaths === 0 || (group.marginal && normal)) continue;
    const firstNormal = !group.marginal && !normal;
    const better =
      group.priority > priority || (group.priority === priority && group.enabledPaths > enabled);
    if (!firstNormal && !better) continue;
    normal ||= !group.marginal;
    priority = group.priority;
    enabled = group.enabledPaths;
    best = i + 1;
  }
  return best;
}
