// topology.ts — A map, its groups and its paths as a tree. Mirrors libmultipath/print.c: _snprint_multipath_topology.
import type { Multipath } from '../multipath.ts';
import { pathsInGroups } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Widths } from './columns.ts';
import { formatRow, widthsOf } from './columns.ts';
import { GROUP_COLUMNS, MAP_COLUMNS } from './map-columns.ts';
import { PATH_COLUMNS } from './path-columns.ts';

const MAP_PROPERTIES = "size=%S features='%f' hwhandler='%h' wp=%r";
const GROUP_FORMAT = "policy='%s' prio=%p status=%t";
const PATH_FORMAT = '%i %d %D %t %T %o';

/** Columns of paths are as wide as the widest of `paths`. */
export const pathWidths = (paths: readonly Path[]): Widths =>
  widthsOf(PATH_COLUMNS, paths, { format: PATH_FORMAT, header: false });

/** Verbosity 1 prints the name alone, from 2 on what is to be done with the map, too. */
export function printTopology(
  map: Multipath,
  {
    verbosity,
    widths = pathWidths(pathsInGroups(map)),
  }: { readonly verbosity: number; readonly widths?: Widths },
): string {
  if (verbosity <= 0) return '';
  if (verbosity === 1) return formatRow(MAP_COLUMNS, map, { format: '%n' });
  const lines = [
    formatRow(MAP_COLUMNS, map, { format: titleFormat(map) }),
    formatRow(MAP_COLUMNS, map, { format: MAP_PROPERTIES }),
  ];
  for (const [i, group] of map.groups.entries()) {
    const last = i + 1 === map.groups.length;
    const row = formatRow(GROUP_COLUMNS, { map, group }, { format: GROUP_FORMAT });
    lines.push(`${last ? '`' : '|'}-+- ${row}`);
    for (const [j, path] of group.paths.entries()) {
      const branch = `${last ? ' ' : '|'} ${j + 1 === group.paths.length ? '`' : '|'}- `;
      // The last column is not padded beyond its own text.
      const text = formatRow(PATH_COLUMNS, path, { format: PATH_FORMAT, widths });
      lines.push(branch + text);
    }
  }
  return lines.join('');
}

function titleFormat({ action, alias, wwid }: Multipath): string {
  const idle = action === 'nothing' || action === 'undef' || action === 'impossible';
  return `${idle ? '' : '%A: '}%n${alias === wwid ? '' : ' (%w)'} %d %s`;
}
