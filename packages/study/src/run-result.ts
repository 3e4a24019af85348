// run-result.ts — The result of a run: numbers that can be sent to another process and kept in a file.
import type { Machine, Mark } from '@dmsim/host';
import { bucketValue, diskTotals, percentilesOf, workloadOf } from '@dmsim/host';

export interface RunResult {
  /** By name: figures of the workload, and what the lab measured (`simctl measure`). */
  readonly figures: Readonly<Record<string, number>>;
  /** Part of the I/O that each disk served, 0 … 1. */
  readonly shares: Readonly<Record<string, number>>;
  /** Latencies in ns and how often each came, ascending. */
  readonly latencies: readonly (readonly [ns: number, count: number])[];
  readonly timeline: ResultTimeline | null;
  readonly marks: readonly Mark[];
}

/**
 * Windows of `seconds` from the first I/O on: bytes that came back in each, and the worst latency in ns. What is left of the
 * time at the end is none.
 */
export interface ResultTimeline {
  readonly seconds: number;
  readonly bytes: readonly number[];
  readonly worst: readonly number[];
}

/** Latencies in seconds, rates per second. */
export const WORKLOAD_FIGURES = [
  'iops',
  'bandwidth',
  'mean',
  'p50',
  'p95',
  'p99',
  'p99.9',
  'max',
  'blocked',
  'errors',
] as const;

export function resultOf(machine: Machine): RunResult {
  const { measures, marks } = machine.records;
  const workload = workloadOf(machine.records);
  const started = workload.started ?? 0;
  const seconds = (workload.ended - started) / 1e9;
  const [p50, p95, p99, p999] = percentilesOf(workload.latencies, [50, 95, 99, 99.9]);
  const perSecond = (amount: number): number => (seconds === 0 ? 0 : amount / seconds);
  const figures: Record<string, number> = {};
  if (workload.started !== null) {
    figures['iops'] = perSecond(workload.ios);
    figures['bandwidth'] = perSecond(workload.bytes);
    figures['mean'] = workload.ios === 0 ? 0 : workload.latencySum / workload.ios / 1e9;
    figures['p50'] = (p50 ?? 0) / 1e9;
    figures['p95'] = (p95 ?? 0) / 1e9;
    figures['p99'] = (p99 ?? 0) / 1e9;
    figures['p99.9'] = (p999 ?? 0) / 1e9;
    figures['max'] = workload.latencyMax / 1e9;
    figures['blocked'] = workload.blocked / 1e9;
    figures['errors'] = workload.errors;
  }
  for (const [name, value] of measures) figures[name] = value;
  return {
    figures,
    shares: sharesOf(workload.disksBefore, diskTotals(machine)),
    latencies: bucketsOf(machine),
    timeline: timelineOf(machine),
    marks: marks.map(({ at, text }) => ({ at: (at - started) / 1e9, text })),
  };
}

function bucketsOf({ records }: Machine): [number, number][] {
  const { bits, counts } = workloadOf(records).latencies;
  const pairs: [number, number][] = [];
  for (const [i, count] of counts.entries())
    if (count > 0) pairs.push([bucketValue(bits, i), count]);
  return pairs;
}

function timelineOf({ records }: Machine): ResultTimeline | null {
  const { timeline, started, ended } = workloadOf(records);
  if (started === null) return null;
  const used = Math.max(1, Math.floor((ended - started) / timeline.width));
  return {
    seconds: timeline.width / 1e9,
    bytes: Array.from(timeline.bytes.subarray(0, used)),
    worst: Array.from(timeline.worst.subarray(0, used)),
  };
}

type Totals = ReadonlyMap<string, number>;

function sharesOf(before: Totals, after: Totals): Record<string, number> {
  const served = [...after].map(([name, ios]) => [name, ios - (before.get(name) ?? 0)] as const);
  const total = served.reduce((sum, [, ios]) => sum + ios, 0);
  if (total === 0) return {};
  return Object.fromEntries(served.map(([name, ios]) => [name, ios / total]));
}
