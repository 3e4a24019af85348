// print.ts — The lines of @stats_print, one an area. Mirrors dm-stats.c: dm_stats_print, __dm_stat_clear.
import type { Sim } from '@dmsim/sim';

import { advance } from './count.ts';
import type { Area, Region } from './region.ts';
import { createArea, inUnit } from './region.ts';

export interface PrintOptions {
  readonly from: number;
  readonly length: number;
  /** Sets what was printed to 0. */
  readonly clear: boolean;
}

export function printAreas(
  sim: Sim,
  region: Region,
  { from, length, clear }: PrintOptions,
): string {
  const end = Math.min(from + length, region.areaCount);
  const lines: string[] = [];
  for (let i = from; i < end; i++) {
    const area = region.areas.get(i);
    if (area !== undefined) advance(area, inUnit(sim.now, region));
    lines.push(`${line(region, i, area ?? createArea(region))}\n`);
    if (clear) clearArea(region, i);
  }
  return lines.join('');
}

/** Clears all counters but that of the I/O in flight. */
export function clearArea(region: Region, index: number): void {
  const old = region.areas.get(index);
  if (old === undefined) return;
  const { inFlight, stamp } = old;
  region.areas.set(index, { ...createArea(region), inFlight, stamp });
}

/**
 * The last area is as long as the others, though the region may end within it.
 *   <start>+<length> <reads> <merged> <sectors> <time> <writes> <merged> <sectors> <time> <in flight>
 *   <time busy> <time in queue> <time reading> <time writing> [<count>:<count>…]
 */
function line(region: Region, index: number, area: Area): string {
  const { ios, merges, sectors, ticks, inFlight, ioTicks, ioTicksTotal, timeInQueue } = area;
  const each = ([0, 1] as const).flatMap((d) => [ios[d], merges[d], sectors[d], ticks[d]]);
  const words = [
    `${region.start + region.step * BigInt(index)}+${region.step}`,
    ...each,
    inFlight[0] + inFlight[1],
    ioTicksTotal,
    timeInQueue,
    ...ioTicks,
  ];
  if (area.histogram.length > 0) words.push(area.histogram.join(':'));
  return words.join(' ');
}
