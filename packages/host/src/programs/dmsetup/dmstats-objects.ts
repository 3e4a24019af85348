// dmstats-objects.ts — What dmstats(8) lists and reports: regions, their areas, and the groups that regions form.
import type { HashCell } from '@dmsim/dm';

/** A region as @stats_list has it. Sectors of the map. */
export interface Region {
  readonly id: string;
  readonly start: bigint;
  readonly length: bigint;
  /** The length of an area; the last one may be shorter. */
  readonly step: bigint;
  readonly program: string;
  readonly userData: string;
  readonly precise: boolean;
  /** The bounds of its histogram, as the kernel prints them; empty without one. */
  readonly bounds: string;
  /** The group that this region leads. */
  readonly leads: Group | null;
}

export interface Group {
  /** Empty: it goes by the name of the device. */
  readonly alias: string;
  /** The ids of its regions, in order. */
  readonly members: readonly number[];
}

/** How many areas of `step` sectors a region of `length` sectors has. */
export const areaCount = (length: bigint, step: bigint): number =>
  Number((length + step - 1n) / step);

export const isIn = ({ id }: Region, { members }: Group): boolean => members.includes(Number(id));

/** The region that leads the group which a region belongs to. */
export const leaderOf = (regions: readonly Region[], id: number): Region | undefined =>
  regions.find(({ leads }) => leads?.members.includes(id) === true);

/** `0-2,4`; null if it is no such list. */
export function parseIds(text: string): number[] | null {
  const ids = new Set<number>();
  for (const word of text.split(',')) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? [];
    if (first === undefined || Number(last) - Number(first) > MAX_IDS) return null;
    for (let id = Number(first); id <= Number(last); id++) ids.add(id);
  }
  return [...ids].toSorted((a, b) => a - b);
}

/** More regions than any device has. */
const MAX_IDS = 100_000;

/** `0-2,4`, of ids in ascending order. */
export function formatIds(ids: readonly number[]): string {
  const ranges: { readonly first: number; last: number }[] = [];
  for (const id of ids) {
    const range = ranges.at(-1);
    if (range?.last === id - 1) range.last = id;
    else ranges.push({ first: id, last: id });
  }
  return ranges
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
    .join(',');
}

/** A line of a list or a report. */
export interface StatsObject {
  readonly cell: HashCell;
  readonly kind: 'region' | 'area' | 'group';
  /** That of a group is the one that leads it. */
  readonly region: Region;
  /** The group that it is, or that it belongs to. */
  readonly group: Region | null;
  /** The number of an area in its region; 0 for others. */
  readonly area: number;
  /** In sectors. */
  readonly start: bigint;
  readonly length: bigint;
  /** As @stats_print has them, without the range; empty in a list. */
  readonly counters: readonly bigint[];
}

/** Which objects are shown. */
export interface Walk {
  readonly areas: boolean;
  /** `wide`: only regions of several areas. */
  readonly regions: boolean | 'wide';
  readonly groups: boolean;
}

/** The counters of each area of a region, by the region's id; empty in a list. */
export type Counters = ReadonlyMap<string, readonly (readonly bigint[])[]>;

/** The objects of a device in the order in which they are shown: areas, then regions, then groups. */
export function objectsOf(
  cell: HashCell,
  regions: readonly Region[],
  walk: Walk,
  counters: Counters,
): StatsObject[] {
  const facts = regions.map((region) => {
    return { cell, region, group: leaderOf(regions, Number(region.id)) ?? null };
  });
  const wide = ({ length, step }: Region): boolean => areaCount(length, step) > 1;
  const chosen = facts.filter(({ region }) => walk.regions === true || wide(region));
  return [
    ...(walk.areas ? facts.flatMap((one) => areasOf(one, counters)) : []),
    ...(walk.regions === false ? [] : chosen.map((one) => wholeOf(one, counters))),
    ...(walk.groups ? regions.flatMap((one) => groupOf(cell, one, regions, counters)) : []),
  ];
}

type Facts = Pick<StatsObject, 'cell' | 'region' | 'group'>;

function wholeOf(facts: Facts, counters: Counters): StatsObject {
  const { id, start, length } = facts.region;
  return {
    ...facts,
    kind: 'region',
    area: 0,
    start,
    length,
    counters: sums(counters.get(id) ?? []),
  };
}

function areasOf(facts: Facts, counters: Counters): StatsObject[] {
  const { id, start, length, step } = facts.region;
  const each = counters.get(id) ?? [];
  return Array.from({ length: areaCount(length, step) }, (_, area) => ({
    ...facts,
    kind: 'area',
    area,
    start: start + step * BigInt(area),
    length: step,
    counters: each[area] ?? [],
  }));
}

function groupOf(
  cell: HashCell,
  region: Region,
  regions: readonly Region[],
  counters: Counters,
): StatsObject[] {
  const { leads } = region;
  if (leads === null) return [];
  const members = regions.filter((one) => isIn(one, leads));
  return [
    {
      cell,
      kind: 'group',
      region,
      group: region,
      area: 0,
      start: members[0]?.start ?? 0n,
      length: members.reduce((sum, { length }) => sum + length, 0n),
      counters: sums(members.flatMap(({ id }) => counters.get(id) ?? [])),
    },
  ];
}

const sums = (rows: readonly (readonly bigint[])[]): readonly bigint[] =>
  (rows[0] ?? []).map((_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0n), 0n));
