// already-adopted.ts — Tells whether the kernel's table and status lines of a map say only what the daemon knows already, as they nearly always do.
import type { StatusGroup } from '../dm/parse-status.ts';
import type { ParsedTable, TableGroup } from '../dm/parse-table.ts';
import { queueModeOf } from '../dm/parse-table.ts';
import type { Multipath, PathGroup } from '../multipath.ts';
import type { Path } from '../path.ts';

export interface KernelLines {
  readonly table: ParsedTable;
  readonly status: readonly StatusGroup[];
}

/** True if adopting the lines would change nothing. */
export function alreadyAdopted(map: Multipath, { table, status }: KernelLines): boolean {
  const { groups } = map;
  if (table.features !== map.features || table.nextGroup !== map.nextGroup) return false;
  if (table.hardwareHandler !== map.hardwareHandler || queueModeOf(table) !== map.queueMode)
    return false;
  // Weights in the line are derived from priorities, which change.
  if (map.rrWeight === 'priorities') return false;
  if (groups.length !== table.groups.length || groups.length !== status.length) return false;
  let count = 0;
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as PathGroup;
    if (!isSameTable(map, group, { index: i, table: table.groups[i] as TableGroup })) return false;
    if (!isSameStatus(group, status[i] as StatusGroup)) return false;
    count += group.paths.length;
  }
  return map.paths.length === count && map.paths.every((path) => isInGroup(map, path));
}

const isInGroup = ({ groups }: Multipath, path: Path): boolean =>
  groups[path.groupIndex - 1]?.paths.includes(path) === true;

function isSameTable(
  map: Multipath,
  { paths }: PathGroup,
  { index, table }: { readonly index: number; readonly table: TableGroup },
): boolean {
  if (paths.length === 0 || paths.length !== table.paths.length) return false;
  if (table.selector !== map.selector) return false;
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i] as Path;
    const line = table.paths[i];
    if (path.devT !== line?.devT || line.minio !== map.minio || !isOwn(map, path)) return false;
    if (path.groupIndex !== index + 1) return false;
  }
  return true;
}

const isOwn = (map: Multipath, path: Path): boolean =>
  path.initialized === 'ok' && path.map === map && path.wwid !== '' && path.wwid === map.wwid;

function isSameStatus({ paths, status }: PathGroup, line: StatusGroup): boolean {
  if (status !== line.status || paths.length !== line.paths.length) return false;
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i] as Path;
    const { devT, state, failCount } = line.paths[i] as StatusGroup['paths'][number];
    if (path.devT !== devT || path.failCount !== failCount) return false;
    if (state === 'undef' || path.dmState !== state) return false;
  }
  return true;
}
