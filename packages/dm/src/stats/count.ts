// count.ts — Counts an I/O in the areas that it touches. Mirrors dm-stats.c: dm_stats_account_io, __dm_stat_bio, dm_stat_for_entry.
import type { Area, DmStats, Region } from './region.ts';
import { createArea, inUnit } from './region.ts';

/** An I/O as the statistics see it. */
export interface CountedIo {
  readonly write: boolean;
  readonly sector: number;
  readonly nrSectors: number;
}

/** An I/O begins. True if it goes on where the last one ended, in the same direction. */
export function countStart(stats: DmStats, io: CountedIo): boolean {
  const { sector, nrSectors } = io;
  if (nrSectors === 0) return false;
  const direction = directionOf(io);
  const merged = sector === stats.lastSector && direction === stats.lastDirection;
  stats.lastSector = sector + nrSectors;
  stats.lastDirection = direction;
  for (const region of stats.regions) {
    eachArea(region, io, (area) => {
      advance(area, inUnit(stats.sim.now, region));
      area.inFlight[direction]++;
    });
  }
  return merged;
}

/** How an I/O that has ended went. Times are ns of virtual time. */
export interface Ended {
  readonly startedAt: number;
  /** When it began in the view of regions that count ticks. @defaultValue startedAt */
  readonly coarselyStartedAt?: number;
  readonly merged: boolean;
}

export function countEnd(stats: DmStats, io: CountedIo, ended: Ended): void {
  const { startedAt, coarselyStartedAt = startedAt, merged } = ended;
  const direction = directionOf(io);
  for (const region of stats.regions) {
    const now = inUnit(stats.sim.now, region);
    const duration = now - inUnit(region.precise ? startedAt : coarselyStartedAt, region);
    eachArea(region, io, (area, nrSectors) => {
      advance(area, now);
      area.inFlight[direction]--;
      area.sectors[direction] += nrSectors;
      area.ios[direction]++;
      if (merged) area.merges[direction]++;
      area.ticks[direction] += duration;
      if (area.histogram.length > 0) {
        const above = region.bounds.findIndex((bound) => duration < bound);
        const bin = above < 0 ? region.bounds.length : above;
        area.histogram[bin] = (area.histogram[bin] ?? 0) + 1;
      }
    });
  }
}

const directionOf = ({ write }: CountedIo): 0 | 1 => (write ? 1 : 0);

function eachArea(
  region: Region,
  { sector, nrSectors }: CountedIo,
  fn: (area: Area, nrSectors: number) => void,
): void {
  const [start, end, step] = [Number(region.start), Number(region.end), Number(region.step)];
  const to = Math.min(sector + nrSectors, end);
  for (let at = Math.max(sector, start); at < to;) {
    const index = Math.floor((at - start) / step);
    const next = Math.min(to, start + (index + 1) * step);
    fn(areaOf(region, index), next - at);
    at = next;
  }
}

function areaOf(region: Region, index: number): Area {
  let area = region.areas.get(index);
  if (area === undefined) {
    area = createArea(region);
    region.areas.set(index, area);
  }
  return area;
}

/** Adds the time since it was last done to what was busy meanwhile. Mirrors dm_stat_round. */
export function advance(area: Area, now: number): void {
  const passed = now - area.stamp;
  if (passed === 0) return;
  const [reads, writes] = area.inFlight;
  if (reads !== 0) area.ioTicks[0] += passed;
  if (writes !== 0) area.ioTicks[1] += passed;
  if (reads + writes !== 0) {
    area.ioTicksTotal += passed;
    area.timeInQueue += (reads + writes) * passed;
  }
  area.stamp = now;
}
