// region.ts — A range of a device that is counted in areas. Mirrors dm-stats.c: struct dm_stat, dm_stats_create.
import { HZ, JIFFY } from '@dmsim/block';
import type { Errno, Nanos, Sim } from '@dmsim/sim';

/** A number for each direction: reads, writes. */
type Pair = [number, number];

/** The counters of one area. Mirrors struct dm_stat_shared and dm_stat_percpu. */
export interface Area {
  readonly inFlight: Pair;
  /** When the times were brought up to date, in the region's unit. */
  stamp: number;
  readonly ios: Pair;
  readonly merges: Pair;
  readonly sectors: Pair;
  /** Times are in the region's unit. */
  readonly ticks: Pair;
  readonly ioTicks: Pair;
  ioTicksTotal: number;
  timeInQueue: number;
  /** One more than the region has bounds. */
  readonly histogram: number[];
}

export interface RegionOptions {
  /** Sectors. */
  readonly start: bigint;
  readonly end: bigint;
  /** The sectors of an area; the last one may have fewer. */
  readonly step: bigint;
  /** Times are nanoseconds, not milliseconds. */
  readonly precise: boolean;
  /** Upper bounds of the classes of the histogram, in the region's unit; empty: there is none. */
  readonly bounds: readonly number[];
  readonly programId: string;
  readonly auxData: string;
}

export interface Region extends Omit<RegionOptions, 'auxData'> {
  readonly id: number;
  auxData: string;
  /** The areas that an I/O has touched. */
  readonly areas: Map<number, Area>;
  readonly areaCount: number;
  /** The time stamp of areas that no I/O has touched. */
  readonly born: number;
}

/** The regions of a device, in the order of their ids. */
export interface DmStats {
  readonly sim: Sim;
  readonly regions: Region[];
  /** The end and the direction of the last I/O: one that goes on from there counts as merged. */
  lastSector: number;
  lastDirection: number;
}

/** Times that are not precise are counted in ticks. */
const JIFFY_MS = 1000 / HZ;

/** A moment in the region's unit. */
export const inUnit = (now: Nanos, { precise }: Pick<Region, 'precise'>): number =>
  precise ? now : Math.floor(now / JIFFY) * JIFFY_MS;

export const createStats = (sim: Sim): DmStats => ({
  sim,
  regions: [],
  lastSector: -1,
  lastDirection: 0,
});

/** A quarter of the machine's memory, at what an area takes there. */
const MOST_AREAS = (988_760n * 256n) / 240n;

/** Takes the lowest free id. */
export function createRegion(stats: DmStats, options: RegionOptions): number | Errno {
  const { start, end, step } = options;
  const areaCount = (end - start + step - 1n) / step;
  if (areaCount > MOST_AREAS) return 'ENOMEM';
  const { regions } = stats;
  const gap = regions.findIndex((region, i) => region.id !== i);
  const id = gap < 0 ? regions.length : gap;
  const born = inUnit(stats.sim.now, options);
  regions.splice(id, 0, { ...options, id, areas: new Map(), areaCount: Number(areaCount), born });
  return id;
}

export function createArea({ born, bounds }: Region): Area {
  return {
    inFlight: [0, 0],
    stamp: born,
    ios: [0, 0],
    merges: [0, 0],
    sectors: [0, 0],
    ticks: [0, 0],
    ioTicks: [0, 0],
    ioTicksTotal: 0,
    timeInQueue: 0,
    histogram: bounds.length === 0 ? [] : Array.from({ length: bounds.length + 1 }, () => 0),
  };
}
