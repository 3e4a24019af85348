// dmstats-rows.ts — The lines of `dmstats list`: regions, and the groups that they form.
import type { HashCell } from '@dmsim/dm';

import type { Column } from './report/report.ts';

/** A region as @stats_list has it. */
export interface Region {
  readonly id: string;
  readonly start: bigint;
  readonly length: bigint;
  readonly step: bigint;
  readonly program: string;
  readonly userData: string;
  /** The group that this region leads. */
  readonly leads: Group | null;
}

export interface Group {
  /** Empty: it goes by the name of the device. */
  readonly alias: string;
  /** The ids of its first and its last region. */
  readonly first: number;
  readonly last: number;
}

export const areaCount = (length: bigint, step: bigint): number =>
  Number((length + step - 1n) / step);

export const isWithin = (id: number, { first, last }: Group): boolean => id >= first && id <= last;

const left = (id: string, heading: string, width = heading.length): Column => ({
  id,
  heading,
  width,
  numeric: false,
  hidden: false,
});
const right = (id: string, heading: string): Column => ({ ...left(id, heading), numeric: true });

export const COLUMNS: readonly Column[] = [
  left('name', 'Name', 16),
  right('group_id', 'GrpID'),
  right('region_id', 'RgID'),
  left('obj_type', 'ObjType'),
  right('region_start', 'RgStart'),
  right('region_len', 'RgSize'),
  right('area_count', '#Areas'),
  right('area_len', 'ArSize'),
  left('program_id', 'ProgID'),
];

export function rowOf({ name }: HashCell, region: Region, regions: readonly Region[]): string[] {
  const { id, start, length, step, program } = region;
  const leader = regions.find(({ leads }) => leads !== null && isWithin(Number(id), leads));
  const sizes = [sizeText(start), sizeText(length)];
  const areas = [String(areaCount(length, step)), sizeText(step)];
  const alias = leader?.leads?.alias ?? '';
  const shown = alias === '' ? name : alias;
  return [shown, leader?.id ?? '-', id, 'region', ...sizes, ...areas, program];
}

/** A group is shown as one area. */
export function groupRow(
  { name }: HashCell,
  program: string,
  leads: Group,
  regions: readonly Region[],
): string[] {
  const { alias, first, last } = leads;
  const members = regions.filter(({ id }) => isWithin(Number(id), leads));
  const length = sizeText(members.reduce((sum, one) => sum + one.length, 0n));
  const start = sizeText(members[0]?.start ?? 0n);
  const shown = alias === '' ? name : alias;
  return [shown, String(first), `${first}-${last}`, 'group', start, length, '1', length, program];
}

const UNITS = 'kmgtpe';

/** Binary units, two decimals; 0 has none. */
function sizeText(sectors: bigint): string {
  if (sectors === 0n) return '0';
  let value = Number(sectors) / 2;
  let unit = 0;
  for (; value >= 1024 && unit < UNITS.length - 1; unit++) value /= 1024;
  return `${value.toFixed(2)}${UNITS[unit]}`;
}
