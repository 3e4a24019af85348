// print-normal.ts — fio's report for people. After fio's stat.c: show_thread_status_normal, show_ddir_status, show_group_stats.
import { formatTime, momentOf } from '@dmsim/libc';
import type { Sim } from '@dmsim/sim';
import { errnoNumber, strerror } from '@dmsim/sim';

import { BATCHES, BELOW_1000, DEPTHS, MILLISECONDS, shares } from './distribution-map.ts';
import {
  fixed,
  formatBytes,
  formatBytesDecimal,
  formatLatency,
  formatNumber,
  formatRate,
} from './format-number.ts';
import type { Direction } from './job-options.ts';
import { DIRECTIONS, SYNC_ENGINES } from './job-options.ts';
import type { LatencyBuckets } from './latency-buckets.ts';
import { percentilesOf } from './latency-buckets.ts';
import { largest, smallest } from './offsets.ts';
import type { Job } from './read-jobs.ts';
import type { Group, Report } from './report-group.ts';
import { perSecond, runtimeMs } from './report-group.ts';
import type { Sampler, Summary } from './sampler.ts';
import { summarize } from './sampler.ts';
import type { DirectionStats, ThreadStats } from './thread-stats.ts';
import { slatOf } from './thread-stats.ts';

/** Prints `name: (g=0): rw=..., bs=...` for each job, with `...` below a job that runs more than once. */
export function announceJob({ name, group, options }: Job): string {
  const { rw, ioengine, iodepth, blockSizes, numjobs } = options;
  const sizes = DIRECTIONS.map((way) => {
    const [from, to] = [smallest(blockSizes[way]), largest(blockSizes[way])];
    return `(${way.charAt(0).toUpperCase()}) ${formatBytes(from)}-${formatBytes(to)}`;
  });
  const line = `${name}: (g=${group}): rw=${rw}, bs=${sizes.join(', ')}, ioengine=${ioengine}, iodepth=${iodepth}\n`;
  return numjobs > 1 ? `${line}...\n` : line;
}

/** Nothing is printed of a job that sent no I/O. */
export const didAnything = ({ stats }: Report): boolean =>
  DIRECTIONS.some((way) => stats[way].issued > 0);

export function printReport(sim: Sim, report: Report, group: Group): string {
  const { job, stats, pid, threads } = report;
  const now = momentOf(sim);
  const date = formatTime('%a %b %e %H:%M:%S %Y', now.seconds, now.nanos);
  const head = `${job.name}: (groupid=${job.group}, jobs=${threads.length}): err=${errorText(stats)}: pid=${pid}: ${date}\n`;
  const ways = DIRECTIONS.filter((way) => stats[way].ios > 0);
  return [
    head,
    ...ways.map((way) => printDirection(report, way, group)),
    printSteps(stats),
    printSync(stats, job.options.percentiles),
    printProcess(report),
  ].join('');
}

function errorText({ error }: ThreadStats): string {
  if (error === null) return ' 0';
  const number = String(errnoNumber(error.errno)).padStart(2);
  return `${number} (${error.where}, func=${error.func}, error=${strerror(error.errno)})`;
}

function printDirection({ stats, job }: Report, direction: Direction, group: Group): string {
  const way = stats[direction];
  const { options } = job;
  const ms = runtimeMs(way);
  const rate = perSecond(way.bytes, ms);
  const iops = formatNumber(perSecond(way.ios, ms), { width: 4, binary: false, unit: '' });
  const zones = direction === 'write' ? '; 0 zone resets' : '';
  const asynchronous = !SYNC_ENGINES.includes(options.ioengine);
  const lines = [
    `  ${direction}: IOPS=${iops}, BW=${formatRate(rate, true)} (${formatRate(rate, false)})(${formatBytes(way.bytes)}/${ms}msec)${zones}\n`,
    asynchronous ? printLatency('s', slatOf(way)) : '',
    printLatency('c', way.clat),
    printLatency(' ', way.clat),
  ];
  const histograms: readonly (readonly [string, LatencyBuckets | null])[] = [
    ['slat', way.slatBuckets],
    ['clat', way.clatBuckets],
    ['lat', way.latBuckets],
  ];
  for (const [name, buckets] of histograms)
    if (buckets !== null) lines.push(printPercentiles(name, buckets, options.percentiles));
  lines.push(printWindows(way, group[direction].rate));
  return lines.join('');
}

/** Chooses the unit: a larger one if even the smallest value is large in the smaller one. */
function scaled(summary: Summary): Summary & { readonly unit: string } {
  const { n, min, max, mean, deviation } = summary;
  const by = (divisor: number, unit: string): Summary & { readonly unit: string } => ({
    n,
    min: Math.floor(min / divisor),
    max: Math.floor(max / divisor),
    mean: mean / divisor,
    deviation: deviation / divisor,
    unit,
  });
  if (min > 2e6 && max > 99_999_999 && deviation > 1e6) return by(1e6, 'msec');
  return min > 2000 && max > 99_999 && deviation > 1000 ? by(1000, 'usec') : by(1, 'nsec');
}

function printLatency(kind: string, sampler: Sampler): string {
  const { unit, min, max, mean, deviation } = scaled(summarize(sampler));
  return `    ${kind}lat (${unit}): min=${formatLatency(min)}, max=${formatLatency(max)}, avg=${fixed(mean, 5)}, stdev=${fixed(deviation, 5)}\n`;
}

export function printPercentiles(
  name: string,
  buckets: LatencyBuckets,
  percentiles: readonly number[],
): string {
  const values = percentilesOf(buckets, percentiles);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const steps = stepsUp(low, high);
  const unit = ['nsec', 'usec', 'msec'][steps];
  const largest = high / 1000 ** steps;
  const width = Math.max(5, largest < 1 ? 1 : Math.floor(Math.log10(largest)) + 1);
  const decimals = Math.max(0, ...percentiles.map(decimalsOf));
  const perLine = Math.floor((80 - 7) / (decimals + 10 + width));
  let text = `    ${name} percentiles (${unit}):\n`;
  for (const [i, value] of values.entries()) {
    let shown = value;
    for (let step = 0; step < steps; step++) shown = Math.floor((shown + 999) / 1000);
    if (i % perLine === 0) text += '     |';
    const last = i === values.length - 1;
    const share = (percentiles[i] ?? 0).toFixed(decimals).padStart(decimals + 3);
    text += ` ${share}th=[${String(shown).padStart(width)}]${last ? '\n' : ','}`;
    if (!last && i % perLine === perLine - 1) text += '\n';
  }
  return text;
}

/** Converts nanoseconds to the unit in which the values read best. */
function stepsUp(low: number, high: number): number {
  if (low > 2e6 && high > 99_999_999) return 2;
  return low > 2000 && high > 99_999 ? 1 : 0;
}

const decimalsOf = (value: number): number => {
  const [, fraction = ''] = String(value).split('.');
  return Math.min(fraction.length, 9);
};

function printWindows({ bw, iops }: DirectionStats, groupRate: number): string {
  if (bw.n === 0) return '';
  const rates = summarize(bw);
  const share = groupRate === 0 ? 0 : Math.min(100, (100 * rates.mean * 1024) / groupRate);
  const megabytes = rates.mean > 1024 * 1024;
  const divisor = megabytes ? 1024 : 1;
  const whole = (value: number): string => String(Math.floor(value / divisor)).padStart(5);
  const counts = summarize(iops);
  return [
    `   bw (${megabytes ? '  MiB' : '  KiB'}/s): min=${whole(rates.min)}, max=${whole(rates.max)}, per=${share.toFixed(2)}%, `,
    `avg=${fixed(rates.mean / divisor, 5)}, stdev=${fixed(rates.deviation / divisor, 5)}, samples=${rates.n}\n`,
    `   iops        : min=${String(counts.min).padStart(5)}, max=${String(counts.max).padStart(5)}, `,
    `avg=${fixed(counts.mean, 5)}, stdev=${fixed(counts.deviation, 5)}, samples=${counts.n}\n`,
  ].join('');
}

function printSteps({ steps, read, write, trim }: ThreadStats): string {
  const total = read.ios + write.ios + trim.ios;
  const names = BELOW_1000.map(String);
  return [
    printStepLines('nsec', names, shares(steps.ns, total, 0.01)),
    printStepLines('usec', names, shares(steps.us, total, 0.01)),
    printStepLines('msec', MILLISECONDS, shares(steps.ms, total, 0.01)),
  ].join('');
}

const STEPS_PER_LINE = 5;

function printStepLines(
  unit: string,
  names: readonly string[],
  percents: readonly number[],
): string {
  const shown = names
    .map((name, i) => `${name}=${(percents[i] ?? 0).toFixed(2)}%`)
    .filter((_, i) => (percents[i] ?? 0) > 0);
  let text = '';
  for (let i = 0; i < shown.length; i += STEPS_PER_LINE)
    text += `  lat (${unit})   : ${shown.slice(i, i + STEPS_PER_LINE).join(', ')}\n`;
  return text;
}

function printSync({ sync }: ThreadStats, percentiles: readonly number[]): string {
  if (sync.total === 0) return '';
  const { unit, min, max, mean, deviation } = scaled(summarize(sync.lat));
  return [
    '  fsync/fdatasync/sync_file_range:\n',
    `    sync (${unit}): min=${formatLatency(min)}, max=${formatLatency(max)}, avg=${fixed(mean, 5)}, stdev=${fixed(deviation, 5)}\n`,
    printPercentiles('sync', sync.buckets, percentiles),
  ].join('');
}

const list = (names: readonly string[], percents: readonly number[]): string =>
  names.map((name, i) => `${name}=${(percents[i] ?? 0).toFixed(1)}%`).join(', ');

function printProcess({ stats, job, threads }: Report): string {
  const { read, write, trim, sync } = stats;
  const total = read.issued + write.issued + trim.issued;
  const failures = stats.errors > 0 && job.options.continueOnError.size > 0;
  const depth = job.options.iodepth;
  return [
    `  cpu          : usr=0.00%, sys=0.00%, ctx=${stats.waits}, majf=0, minf=${11 * threads.length}\n`,
    `  IO depths    : ${list(DEPTHS, shares(stats.depths, total, 0.1))}\n`,
    `     submit    : ${list(BATCHES, shares(stats.submits, stats.totalSubmit, 0.1))}\n`,
    `     complete  : ${list(BATCHES, shares(stats.completes, stats.totalComplete, 0.1))}\n`,
    `     issued rwts: total=${read.issued},${write.issued},${trim.issued},${sync.total} short=${read.short},${write.short},${trim.short},0 dropped=0,0,0,0\n`,
    failures && stats.firstError !== null
      ? `     errors    : total=${stats.errors}, first_error=${errnoNumber(stats.firstError)}/<${strerror(stats.firstError)}>\n`
      : '',
    `     latency   : target=0, window=0, percentile=100.00%, depth=${depth}\n`,
  ].join('');
}

export function printGroup(group: Group): string {
  const lines = [`\nRun status group ${group.number} (all jobs):\n`];
  for (const way of DIRECTIONS) {
    const { bytes, rate, slowest, fastest, shortest, longest } = group[way];
    if (longest === 0) continue;
    lines.push(
      `${way.toUpperCase().padStart(7)}: bw=${formatRate(rate, true)} (${formatRate(rate, false)}), ` +
        `${formatRate(slowest, true)}-${formatRate(fastest, true)} (${formatRate(slowest, false)}-${formatRate(fastest, false)}), ` +
        `io=${formatBytes(bytes)} (${formatBytesDecimal(bytes)}), run=${shortest}-${longest}msec\n`,
    );
  }
  return lines.join('');
}
