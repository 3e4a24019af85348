// json.ts — Maps as JSON. Mirrors libmultipath/print.c: snprint_multipath_topology_json.
import type { Multipath, PathGroup } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Columns } from './columns.ts';
import { GROUP_COLUMNS, MAP_COLUMNS } from './map-columns.ts';
import { PATH_COLUMNS } from './path-columns.ts';

/** Name, wildcard, and whether it is a number. */
type Field = readonly [name: string, wildcard: string, number?: 'number'];

const MAP_FIELDS: readonly Field[] = [
  ['name', 'n'],
  ['uuid', 'w'],
  ['sysfs', 'd'],
  ['failback', 'F'],
  ['queueing', 'Q'],
  ['paths', 'N', 'number'],
  ['write_prot', 'r'],
  ['dm_st', 't'],
  ['features', 'f'],
  ['hwhandler', 'h'],
  ['action', 'A'],
  ['path_faults', '0', 'number'],
  ['vend', 'v'],
  ['prod', 'p'],
  ['rev', 'e'],
  ['switch_grp', '1', 'number'],
  ['map_loads', '2', 'number'],
  ['total_q_time', '3', 'number'],
  ['q_timeouts', '4', 'number'],
];

const GROUP_FIELDS: readonly Field[] = [
  ['selector', 's'],
  ['pri', 'p', 'number'],
  ['dm_st', 't'],
  ['marginal_st', 'M'],
];

const PATH_FIELDS: readonly Field[] = [
  ['dev', 'd'],
  ['dev_t', 'D'],
  ['dm_st', 't'],
  ['dev_st', 'o'],
  ['chk_st', 'T'],
  ['checker', 'c'],
  ['pri', 'p', 'number'],
  ['host_wwnn', 'N'],
  ['target_wwnn', 'n'],
  ['host_wwpn', 'R'],
  ['target_wwpn', 'r'],
  ['host_adapter', 'a'],
  ['lun_hex', 'L'],
  ['marginal_st', 'M'],
];

const INDENT = '   ';
const VERSION = '   "major_version": 0,\n   "minor_version": 1,\n';

function fields<T>(columns: Columns<T>, row: T, list: readonly Field[], level: number): string {
  const lines = list.map(([name, wildcard, number]) => {
    const text = columns.find((column) => column.wildcard === wildcard)?.print(row) ?? '';
    return `${INDENT.repeat(level)}"${name}" : ${number === undefined ? `"${text}"` : text}`;
  });
  return lines.join(',\n');
}

/** Elements of an array follow each other as `},{`. */
function array<T>(
  items: readonly T[],
  print: (item: T, index: number) => string,
  level: number,
): string {
  if (items.length === 0) return '[]';
  const close = INDENT.repeat(level);
  return `[{\n${items.map(print).join(`\n${close}},{\n`)}\n${close}}]`;
}

const printPath = (path: Path): string => fields(PATH_COLUMNS, path, PATH_FIELDS, 4);

const printGroup = (map: Multipath, group: PathGroup, index: number): string =>
  [
    fields(GROUP_COLUMNS, { map, group }, GROUP_FIELDS, 3),
    `${INDENT.repeat(3)}"group" : ${index + 1}`,
    `${INDENT.repeat(3)}"paths": ${array(group.paths, printPath, 3)}`,
  ].join(',\n');

const printMap = (map: Multipath): string =>
  [
    fields(MAP_COLUMNS, map, MAP_FIELDS, 2),
    `${INDENT.repeat(2)}"path_groups": ${array(map.groups, (group, i) => printGroup(map, group, i), 2)}`,
  ].join(',\n');

export const printMapsJson = (maps: readonly Multipath[]): string =>
  `{\n${VERSION}   "maps": ${array(maps, printMap, 1)}\n}\n`;

export const printMapJson = (map: Multipath): string =>
  `{\n${VERSION}   "map":{\n${printMap(map)}\n   }\n}\n`;
