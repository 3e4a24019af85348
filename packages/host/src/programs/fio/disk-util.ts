// disk-util.ts — The figures of the disks during the run, and of those below a mapped device. After fio's diskutil.c: print_disk_util, aggregate_slaves_stats.
import type { BlockDevice, DiskStats } from '@dmsim/block';
import type { Nanos } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';
import type { DiskFigures, DiskUtil } from './print-json.ts';

interface Counters {
  readonly ios: readonly [number, number];
  readonly ticks: readonly [number, number];
  readonly inQueue: number;
  readonly busy: number;
}

export interface WatchedDisk {
  readonly dev: BlockDevice;
  readonly before: Counters;
  readonly slaves: readonly { readonly dev: BlockDevice; readonly before: Counters }[];
}

const ms = (ns: Nanos): number => Math.floor(ns / 1e6);

function countersOf(stats: DiskStats, now: Nanos): Counters {
  const { read, write, discard, flush, inFlight, busyNs, busySince } = stats;
  return {
    ios: [read.ios, write.ios],
    ticks: [ms(read.ns), ms(write.ns)],
    inQueue: ms(read.ns + write.ns + discard.ns + flush.ns),
    busy: ms(busyNs + (inFlight > 0 ? now - busySince : 0)),
  };
}

/** Takes the figures of the disks before the jobs begin. */
export function watchDisks(machine: Machine, disks: ReadonlySet<BlockDevice>): WatchedDisk[] {
  const { now } = machine.sim;
  return [...disks].map((dev) => ({
    dev,
    before: countersOf(dev.stats, now),
    slaves: slavesOf(machine, dev).map((below) => ({
      dev: below,
      before: countersOf(below.stats, now),
    })),
  }));
}

function slavesOf({ dm }: Machine, dev: BlockDevice): BlockDevice[] {
  if (dev.major !== dm.major) return [];
  const map = dm.devices.get(dev.minor)?.map;
  return [...(map?.devices ?? [])].map(({ bdev }) => bdev);
}

export interface Elapsed {
  readonly now: Nanos;
  readonly since: Nanos;
}

/** Returns a mapped device, and after it the disks below it. */
export function diskUtil(watched: readonly WatchedDisk[], { now, since }: Elapsed): DiskUtil[] {
  const elapsed = Math.max(1, ms(now - since));
  return watched.flatMap(({ dev, before, slaves }) => {
    const below = slaves.map(({ dev: slave, before: earlier }) => ({
      name: slave.name,
      figures: difference(countersOf(slave.stats, now), earlier, elapsed),
      below: null,
    }));
    const figures = difference(countersOf(dev.stats, now), before, elapsed);
    const all = below.map((disk) => disk.figures);
    return [{ name: dev.name, figures, below: all.length > 0 ? mean(all) : null }, ...below];
  });
}

function difference(now: Counters, before: Counters, elapsed: number): DiskFigures {
  const busy = now.busy - before.busy;
  return {
    ios: [now.ios[0] - before.ios[0], now.ios[1] - before.ios[1]],
    merges: [0, 0],
    ticks: [now.ticks[0] - before.ticks[0], now.ticks[1] - before.ticks[1]],
    inQueue: now.inQueue - before.inQueue,
    util: Math.min(100, (100 * busy) / elapsed),
  };
}

/** The averages over the disks, except for the utilisation: the highest one. */
function mean(all: readonly DiskFigures[]): DiskFigures {
  const average = (of: (figures: DiskFigures) => number): number =>
    Math.floor(all.reduce((sum, figures) => sum + of(figures), 0) / all.length);
  return {
    ios: [average(({ ios }) => ios[0]), average(({ ios }) => ios[1])],
    merges: [0, 0],
    ticks: [average(({ ticks }) => ticks[0]), average(({ ticks }) => ticks[1])],
    inQueue: average(({ inQueue }) => inQueue),
    util: Math.max(...all.map(({ util }) => util)),
  };
}

/** Returns the lines of the normal report. */
export function printDiskUtil(disks: readonly DiskUtil[]): string {
  if (disks.length === 0) return '';
  const lines = disks.map(({ name, figures, below }) => {
    const own = figuresText(figures, '');
    const aggregated = below === null ? '' : `, ${figuresText(below, 'aggr')}`;
    return `${below === null ? '  ' : '    '}${name}: ${own}${aggregated}\n`;
  });
  return `\nDisk stats (read/write):\n${lines.join('')}`;
}

const figuresText = ({ ios, merges, ticks, inQueue, util }: DiskFigures, prefix: string): string =>
  `${prefix}ios=${ios[0]}/${ios[1]}, ${prefix}merge=${merges[0]}/${merges[1]}, ` +
  `${prefix}ticks=${ticks[0]}/${ticks[1]}, ${prefix}in_queue=${inQueue}, ${prefix}util=${util.toFixed(2)}%`;
