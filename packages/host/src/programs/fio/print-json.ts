// print-json.ts — fio's report for programs. After fio's stat.c: show_thread_status_json, add_ddir_status_json, json.c: json_print_object.
import { formatTime, momentOf } from '@dmsim/libc';
import type { Sim } from '@dmsim/sim';
import { errnoNumber } from '@dmsim/sim';

import { BATCHES, BELOW_1000, DEPTHS, MILLISECONDS, shares } from './distribution-map.ts';
import type { WrittenOption } from './job-file.ts';
import { DIRECTIONS, SYNC_ENGINES } from './job-options.ts';
import type { LatencyBuckets } from './latency-buckets.ts';
import { bucketValue, percentilesOf } from './latency-buckets.ts';
import type { JobList } from './read-jobs.ts';
import type { Group, Report } from './report-group.ts';
import { perSecond, runtimeMs } from './report-group.ts';
import type { Sampler } from './sampler.ts';
import { createSampler, summarize } from './sampler.ts';
import type { DirectionStats } from './thread-stats.ts';
import { slatOf } from './thread-stats.ts';

/** A number that is printed with six decimals, even if it is an integer. */
class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

type Json = string | number | Float | readonly Json[] | JsonObject;
/** Holds pairs, since an object would sort keys like "4" first. */
class JsonObject {
  readonly pairs: readonly (readonly [string, Json])[];
  constructor(...pairs: readonly (readonly [string, Json])[]) {
    this.pairs = pairs;
  }
}

/** Prints JSON in fio's layout: `"key" : value`, two spaces a level, empty objects and arrays on two lines. */
function layOut(value: Json, indent: string): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof Float) return value.value.toFixed(6);
  const inner = `${indent}  `;
  if (value instanceof JsonObject) {
    const lines = value.pairs.map(
      ([key, item]) => `${inner}${JSON.stringify(key)} : ${layOut(item, inner)}`,
    );
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return `[\n${value.map((item) => `${inner}${layOut(item, inner)}`).join(',\n')}\n${indent}]`;
}

const float = (value: number): Float => new Float(value);

export interface JsonOptions {
  /** json+ prints every bucket of the histograms. */
  readonly bins: boolean;
  readonly diskUtil: readonly DiskUtil[];
}

/** The figures of a disk, and of the disks below a mapped device. */
export interface DiskUtil {
  readonly name: string;
  readonly figures: DiskFigures;
  readonly below: DiskFigures | null;
}

export interface DiskFigures {
  readonly ios: readonly [read: number, write: number];
  readonly merges: readonly [read: number, write: number];
  readonly ticks: readonly [read: number, write: number];
  readonly inQueue: number;
  readonly util: number;
}

export function printJson(
  sim: Sim,
  list: JobList,
  reports: readonly Report[],
  { groups, bins, diskUtil }: JsonOptions & { readonly groups: readonly Group[] },
): string {
  const now = momentOf(sim);
  const top: [string, Json][] = [
    ['fio version', 'fio-3.33'],
    ['timestamp', now.seconds],
    ['timestamp_ms', now.seconds * 1000 + Math.floor(now.nanos / 1e6)],
    ['time', formatTime('%a %b %e %H:%M:%S %Y', now.seconds, now.nanos)],
  ];
  if (list.globals.length > 0) top.push(['global options', optionsObject(list.globals)]);
  const jobs = reports.map((report) => {
    const group = groups.find(({ number }) => number === report.job.group);
    return jobObject(report, group, bins);
  });
  top.push(['jobs', jobs]);
  if (diskUtil.length > 0) top.push(['disk_util', diskUtil.map(diskObject)]);
  return `${layOut(new JsonObject(...top), '')}\n`;
}

const isFile = ([name]: readonly [string, string]): boolean => name === 'filename';

/** Leaves out options without a value, and puts the file last. */
function optionsObject(written: readonly WrittenOption[]): JsonObject {
  const shown = written.flatMap(({ name, value }) =>
    value === null ? [] : [[name, value] as const],
  );
  return new JsonObject(...shown.filter((pair) => !isFile(pair)), ...shown.filter(isFile));
}

function jobObject(report: Report, group: Group | undefined, bins: boolean): JsonObject {
  const { job, stats } = report;
  const total = stats.read.issued + stats.write.issued + stats.trim.issued;
  const done = stats.read.ios + stats.write.ios + stats.trim.ios;
  const names = BELOW_1000.map(String);
  const pairs: [string, Json][] = [
    ['jobname', job.name],
    ['groupid', job.group],
    ['error', stats.error === null ? 0 : errnoNumber(stats.error.errno)],
    ['eta', 2147483647],
    ['elapsed', Math.max(1, Math.ceil(stats.runtime / 1e9))],
    ['job options', optionsObject(job.written)],
    ...DIRECTIONS.map((way): [string, Json] => [
      way,
      directionObject(report, stats[way], { rate: group?.[way].rate ?? 0, bins }),
    ]),
    ['sync', syncObject(report, bins)],
    ['job_runtime', Math.floor(stats.runtime / 1e6)],
    ['usr_cpu', float(0)],
    ['sys_cpu', float(0)],
    ['ctx', stats.waits],
    ['majf', 0],
    ['minf', 11 * report.threads.length],
    ['iodepth_level', percentObject(DEPTHS, shares(stats.depths, total, 0.1))],
    ['iodepth_submit', percentObject(BATCHES, shares(stats.submits, stats.totalSubmit, 0.1))],
    ['iodepth_complete', percentObject(BATCHES, shares(stats.completes, stats.totalComplete, 0.1))],
    ['latency_ns', percentObject(names, shares(stats.steps.ns, done, 0.01))],
    ['latency_us', percentObject(names, shares(stats.steps.us, done, 0.01))],
    ['latency_ms', percentObject(MILLISECONDS, shares(stats.steps.ms, done, 0.01))],
    ['latency_depth', job.options.iodepth],
    ['latency_target', 0],
    ['latency_percentile', float(100)],
    ['latency_window', 0],
  ];
  if (job.options.continueOnError.size > 0) {
    const first = stats.firstError === null ? 0 : errnoNumber(stats.firstError);
    const at = pairs.findIndex(([key]) => key === 'latency_depth');
    pairs.splice(at, 0, ['total_err', stats.errors], ['first_error', first]);
  }
  return new JsonObject(...pairs);
}

const percentObject = (names: readonly string[], percents: readonly number[]): JsonObject =>
  new JsonObject(...names.map((name, i) => [name, float(percents[i] ?? 0)] as const));

interface WayOptions {
  /** The rate of the whole group, in bytes per second. */
  readonly rate: number;
  readonly bins: boolean;
}

function directionObject(
  { job }: Report,
  way: DirectionStats,
  { rate, bins }: WayOptions,
): JsonObject {
  const { options } = job;
  const ms = runtimeMs(way);
  const bytesPerSecond = Math.floor(perSecond(way.bytes, ms));
  const [bw, iops] = [summarize(way.bw), summarize(way.iops)];
  const share = rate === 0 ? 0 : Math.min(100, (100 * bw.mean * 1024) / rate);
  // A call that waits has no submission latency.
  const slat = SYNC_ENGINES.includes(options.ioengine) ? createSampler() : slatOf(way);
  const latency = (sampler: Sampler, buckets: LatencyBuckets | null): JsonObject =>
    latencyObject(sampler, { buckets, percentiles: options.percentiles, bins });
  return new JsonObject(
    ['io_bytes', way.bytes],
    ['io_kbytes', Math.floor(way.bytes / 1024)],
    ['bw_bytes', bytesPerSecond],
    ['bw', Math.floor(bytesPerSecond / 1024)],
    ['iops', float(perSecond(way.ios, ms))],
    ['runtime', ms],
    ['total_ios', way.ios],
    ['short_ios', way.short],
    ['drop_ios', 0],
    ['slat_ns', latency(slat, slat.n === 0 ? null : way.slatBuckets)],
    ['clat_ns', latency(way.clat, way.clatBuckets)],
    ['lat_ns', latency(way.clat, way.latBuckets)],
    ['bw_min', bw.min],
    ['bw_max', bw.max],
    ['bw_agg', float(share)],
    ['bw_mean', float(bw.mean)],
    ['bw_dev', float(bw.deviation)],
    ['bw_samples', bw.n],
    ['iops_min', iops.min],
    ['iops_max', iops.max],
    ['iops_mean', float(iops.mean)],
    ['iops_stddev', float(iops.deviation)],
    ['iops_samples', iops.n],
  );
}

interface LatencyOptions {
  readonly buckets: LatencyBuckets | null;
  readonly percentiles: readonly number[];
  readonly bins: boolean;
}

function latencyObject(
  sampler: Sampler,
  { buckets, percentiles, bins }: LatencyOptions,
): JsonObject {
  const { n, min, max, mean, deviation } = summarize(sampler);
  const pairs: [string, Json][] = [
    ['min', min],
    ['max', max],
    ['mean', float(mean)],
    ['stddev', float(deviation)],
    ['N', n],
  ];
  if (buckets === null || buckets.total === 0) return new JsonObject(...pairs);
  const values = percentilesOf(buckets, percentiles);
  const listed = percentiles.map(
    (percentile, i) => [percentile.toFixed(6), values[i] ?? 0] as const,
  );
  pairs.push(['percentile', new JsonObject(...listed)]);
  if (bins) pairs.push(['bins', binsObject(buckets)]);
  return new JsonObject(...pairs);
}

function binsObject({ bits, counts }: LatencyBuckets): JsonObject {
  const pairs: [string, Json][] = [];
  for (const [i, count] of counts.entries())
    if (count > 0) pairs.push([String(bucketValue(bits, i)), count]);
  return new JsonObject(...pairs);
}

function syncObject({ job, stats: { sync } }: Report, bins: boolean): JsonObject {
  const { percentiles } = job.options;
  const latency = latencyObject(sync.lat, { buckets: sync.buckets, percentiles, bins });
  return new JsonObject(['total_ios', sync.total], ['lat_ns', latency]);
}

function diskObject({ name, figures, below }: DiskUtil): JsonObject {
  const { ios, merges, ticks, inQueue, util } = figures;
  const pairs: [string, Json][] = [
    ['name', name],
    ['read_ios', ios[0]],
    ['write_ios', ios[1]],
    ['read_merges', merges[0]],
    ['write_merges', merges[1]],
    ['read_ticks', ticks[0]],
    ['write_ticks', ticks[1]],
    ['in_queue', inQueue],
    ['util', float(util)],
  ];
  if (below !== null)
    pairs.push(
      ['aggr_read_ios', below.ios[0]],
      ['aggr_write_ios', below.ios[1]],
      ['aggr_read_merges', below.merges[0]],
      ['aggr_write_merge', below.merges[1]],
      ['aggr_read_ticks', below.ticks[0]],
      ['aggr_write_ticks', below.ticks[1]],
      ['aggr_in_queue', below.inQueue],
      ['aggr_util', float(below.util)],
    );
  return new JsonObject(...pairs);
}
