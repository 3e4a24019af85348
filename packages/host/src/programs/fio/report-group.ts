// report-group.ts — Groups the figures for the report: each job, or all copies of a job, and the totals of each group. After fio's stat.c: __show_run_stats.
import type { Nanos } from '@dmsim/sim';

import { DIRECTIONS } from './job-options.ts';
import type { Job } from './read-jobs.ts';
import type { DirectionStats, ThreadStats } from './thread-stats.ts';
import { createThreadStats, mergeStats } from './thread-stats.ts';
import type { Thread } from './thread.ts';

/** A job of the report: one thread, or all threads of its group with group_reporting. */
export interface Report {
  readonly job: Job;
  readonly threads: readonly Thread[];
  readonly stats: ThreadStats;
  readonly pid: number;
}

export interface GroupWay {
  bytes: number;
  /** The rates of the slowest and the fastest job, in bytes per second. */
  slowest: number;
  fastest: number;
  /** The rate of all jobs: their bytes over the longest time. */
  rate: number;
  shortest: Nanos;
  longest: Nanos;
}

export interface Group {
  readonly number: number;
  readonly read: GroupWay;
  readonly write: GroupWay;
  readonly trim: GroupWay;
}

export function reportsOf(threads: readonly Thread[]): readonly Report[] {
  const reports: { job: Job; threads: Thread[]; stats: ThreadStats; pid: number }[] = [];
  for (const thread of threads) {
    const last = reports.at(-1);
    const { job } = thread;
    const together =
      last !== undefined &&
      job.options.groupReporting &&
      last.job.options.groupReporting &&
      last.job.group === job.group;
    if (together) {
      last.threads.push(thread);
      mergeStats(last.stats, thread.stats);
      continue;
    }
    const stats = createThreadStats(job.options);
    mergeStats(stats, thread.stats);
    reports.push({ job, threads: [thread], stats, pid: thread.process?.pid ?? 0 });
  }
  return reports;
}

/** Converts to whole milliseconds, at least one, as fio does. */
export const runtimeMs = ({ runtime, ios }: DirectionStats): number =>
  ios === 0 ? 0 : Math.max(1, Math.floor(runtime / 1e6));

export const perSecond = (amount: number, milliseconds: number): number =>
  milliseconds === 0 ? 0 : (amount * 1000) / milliseconds;

export function groupsOf(reports: readonly Report[]): readonly Group[] {
  const groups = new Map<number, Group>();
  for (const { job, threads } of reports) {
    const group = groups.get(job.group) ?? createGroup(job.group);
    groups.set(job.group, group);
    for (const { stats } of threads) for (const way of DIRECTIONS) addWay(group[way], stats[way]);
  }
  for (const group of groups.values())
    for (const way of DIRECTIONS) {
      const total = group[way];
      total.rate = perSecond(total.bytes, total.longest);
    }
  return [...groups.values()];
}

const createGroup = (number: number): Group => ({
  number,
  read: createWay(),
  write: createWay(),
  trim: createWay(),
});

const createWay = (): GroupWay => ({
  bytes: 0,
  slowest: Infinity,
  fastest: 0,
  rate: 0,
  shortest: Infinity,
  longest: 0,
});

function addWay(total: GroupWay, stats: DirectionStats): void {
  if (stats.ios === 0) return;
  const ms = runtimeMs(stats);
  const rate = perSecond(stats.bytes, ms);
  total.bytes += stats.bytes;
  total.slowest = Math.min(total.slowest, rate);
  total.fastest = Math.max(total.fastest, rate);
  total.shortest = Math.min(total.shortest, ms);
  total.longest = Math.max(total.longest, ms);
}
