// group-paths.ts — Paths into groups, by policy, the best group first. Mirrors libmultipath/pgpolicies.c.
import type { Multipath, PathGroup } from '../multipath.ts';
import { createGroup } from '../multipath.ts';
import type { Path } from '../path.ts';
import { groupPriority } from './best-group.ts';

/** A policy of `path_grouping_policy`. */
export interface GroupingPolicy {
  readonly name: string;
  /** Two paths may be in one group. */
  readonly together: (a: Path, b: Path) => boolean;
}

export const GROUPING_POLICIES: readonly GroupingPolicy[] = [
  { name: 'failover', together: () => false },
  { name: 'multibus', together: () => true },
  { name: 'group_by_serial', together: (a, b) => a.serial === b.serial },
  { name: 'group_by_prio', together: (a, b) => a.priority === b.priority },
  { name: 'group_by_node_name', together: (a, b) => a.targetNodeName === b.targetNodeName },
];

/** The map's paths into groups; it has none outside them afterwards. Marginal paths get groups of their own when `splitMarginal`. */
export function groupPaths(map: Multipath, { splitMarginal }: { splitMarginal: boolean }): void {
  const policy = GROUPING_POLICIES.find(({ name }) => name === map.groupingPolicy);
  const { paths } = map;
  map.paths = [];
  map.groups = [];
  if (policy === undefined || paths.length === 0) return;
  const marginal = paths.filter((path) => path.marginal);
  const split = splitMarginal && marginal.length > 0 && marginal.length < paths.length;
  const parts = split ? [paths.filter((path) => !path.marginal), marginal] : [paths];
  map.groups = sorted(parts.flatMap((part) => groupBy(part, policy)));
}

function groupBy(paths: readonly Path[], { together }: GroupingPolicy): PathGroup[] {
  const groups: PathGroup[] = [];
  for (const path of paths) {
    const group = groups.find((g) => together(g.paths[0] as Path, path));
    if (group === undefined) groups.push(createGroup([path]));
    else group.paths.push(path);
  }
  return groups;
}

function sorted(groups: readonly PathGroup[]): PathGroup[] {
  for (const group of groups) groupPriority(group);
  return groups.toSorted(
    (a, b) =>
      Number(a.marginal) - Number(b.marginal) ||
      b.priority - a.priority ||
      b.enabledPaths - a.enabledPaths,
  );
}
