// thread-stats.ts — The figures of a job, and their sum over the jobs of a group. After fio's stat.h: struct thread_stat, stat.c: sum_thread_stats.
import type { Errno, Nanos } from '@dmsim/sim';
import { errnoNumber, strerror } from '@dmsim/sim';

import type { LatencySteps } from './distribution-map.ts';
import { addCounts, createLatencySteps } from './distribution-map.ts';
import type { Direction, JobOptions } from './job-options.ts';
import type { LatencyBuckets } from './latency-buckets.ts';
import { createBuckets, mergeBuckets } from './latency-buckets.ts';
import type { Sampler } from './sampler.ts';
import { createSampler, mergeSampler } from './sampler.ts';

/** The figures of one direction. */
export interface DirectionStats {
  ios: number;
  bytes: number;
  issued: number;
  short: number;
  /** The time from the job's start to this direction's last I/O. */
  runtime: Nanos;
  /** Submission takes no time, so that this is the whole latency as well. */
  readonly clat: Sampler;
  /** Histograms, if percentiles are wanted. */
  readonly slatBuckets: LatencyBuckets | null;
  readonly clatBuckets: LatencyBuckets | null;
  readonly latBuckets: LatencyBuckets | null;
  /** Samples of KiB/s and of I/Os per second, every half second. */
  readonly bw: Sampler;
  readonly iops: Sampler;
}

/** Submission latencies: nothing but zeros. */
export const slatOf = ({ ios }: DirectionStats): Sampler => ({
  ...createSampler(),
  n: ios,
  min: 0,
});

export interface ThreadStats {
  readonly read: DirectionStats;
  readonly write: DirectionStats;
  readonly trim: DirectionStats;
  readonly sync: { readonly lat: Sampler; readonly buckets: LatencyBuckets; total: number };
  readonly depths: Float64Array;
  readonly submits: Float64Array;
  readonly completes: Float64Array;
  /** The number of calls that submitted or collected I/O, which `submits` and `completes` classify. */
  totalSubmit: number;
  totalComplete: number;
  readonly steps: LatencySteps;
  runtime: Nanos;
  waits: number;
  error: JobFailure | null;
  /** The errors after which the job went on. */
  errors: number;
  firstError: Errno | null;
}

/** Why a job ended early. `func` and `where` are fio's words. */
export interface JobFailure {
  readonly errno: Errno;
  readonly where: string;
  readonly func: string;
}

/** `err=5/file:io_u.c:1876, func=io_u error, error=Input/output error` */
export const failureText = ({ errno, where, func }: JobFailure): string =>
  `err=${errnoNumber(errno)}/${where}, func=${func}, error=${strerror(errno)}`;

export function createThreadStats(options: JobOptions): ThreadStats {
  const way = (): DirectionStats => ({
    ios: 0,
    bytes: 0,
    issued: 0,
    short: 0,
    runtime: 0,
    clat: createSampler(),
    slatBuckets: options.slatPercentiles ? createBuckets() : null,
    clatBuckets: options.clatPercentiles ? createBuckets() : null,
    latBuckets: options.latPercentiles ? createBuckets() : null,
    bw: createSampler(),
    iops: createSampler(),
  });
  return {
    read: way(),
    write: way(),
    trim: way(),
    sync: { lat: createSampler(), buckets: createBuckets(), total: 0 },
    depths: new Float64Array(7),
    submits: new Float64Array(7),
    completes: new Float64Array(7),
    totalSubmit: 0,
    totalComplete: 0,
    steps: createLatencySteps(),
    runtime: 0,
    waits: 0,
    error: null,
    errors: 0,
    firstError: null,
  };
}

const WAYS: readonly Direction[] = ['read', 'write', 'trim'];

/** Adds the figures of another job of the group. */
export function mergeStats(into: ThreadStats, from: ThreadStats): void {
  for (const way of WAYS) mergeDirection(into[way], from[way]);
  mergeSampler(into.sync.lat, from.sync.lat);
  mergeBuckets(into.sync.buckets, from.sync.buckets);
  into.sync.total += from.sync.total;
  for (const name of ['depths', 'submits', 'completes'] as const) addCounts(into[name], from[name]);
  for (const unit of ['ns', 'us', 'ms'] as const) addCounts(into.steps[unit], from.steps[unit]);
  into.totalSubmit += from.totalSubmit;
  into.totalComplete += from.totalComplete;
  into.runtime = Math.max(into.runtime, from.runtime);
  into.waits += from.waits;
  into.errors += from.errors;
  into.firstError ??= from.firstError;
  into.error ??= from.error;
}

function mergeDirection(into: DirectionStats, from: DirectionStats): void {
  into.ios += from.ios;
  into.bytes += from.bytes;
  into.issued += from.issued;
  into.short += from.short;
  into.runtime = Math.max(into.runtime, from.runtime);
  for (const name of ['clat', 'bw', 'iops'] as const) mergeSampler(into[name], from[name]);
  for (const name of ['slatBuckets', 'clatBuckets', 'latBuckets'] as const) {
    const [a, b] = [into[name], from[name]];
    if (a !== null && b !== null) mergeBuckets(a, b);
  }
}
