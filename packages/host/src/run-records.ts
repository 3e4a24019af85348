// run-records.ts — The results of a run for tools that compare runs: measures, marks on its timeline, and figures of its workloads.
import type { Nanos } from '@dmsim/sim';

import type { LatencyBuckets } from './programs/fio/latency-buckets.ts';
import { addLatency, createBuckets } from './programs/fio/latency-buckets.ts';

export interface RunRecords {
  /** `simctl measure NAME VALUE`. */
  readonly measures: Map<string, number>;
  /** The message of the first `simctl measure` that was refused: what it was to report is missing. Null: none was. */
  unmeasured: string | null;
  readonly marks: Mark[];
  /** Null until something asks for it, since most labs run no workload. */
  workload: WorkloadRecord | null;
}

/** An event on the timeline: `simctl mark TEXT`, or a command that `simctl at` ran. */
export interface Mark {
  readonly at: Nanos;
  readonly text: string;
}

/** The figures of all jobs of fio together, from the first I/O to the last. */
export interface WorkloadRecord {
  started: Nanos | null;
  /** The totals of each disk before the first I/O (`diskTotals`). */
  disksBefore: ReadonlyMap<string, number>;
  ended: Nanos;
  ios: number;
  bytes: number;
  errors: number;
  outstanding: number;
  /** When I/O last came back, or was sent with none in flight. */
  progressAt: Nanos;
  /** The longest time during which I/O was in flight and none came back. */
  blocked: Nanos;
  latencySum: number;
  latencyMax: Nanos;
  /** A bucket is at most a 512th of its value wide, finer than fio's. */
  readonly latencies: LatencyBuckets;
  readonly timeline: Timeline;
}

/** I/Os and bytes over time, in at most `BINS` windows, whose length doubles as the run grows. */
export interface Timeline {
  width: Nanos;
  ios: Float64Array;
  bytes: Float64Array;
  worst: Float64Array;
}

const BINS = 240;
const FIRST_WIDTH: Nanos = 1e6;
const FINE_BITS = 9;

export const createRunRecords = (): RunRecords => ({
  measures: new Map(),
  unmeasured: null,
  marks: [],
  workload: null,
});

/** The record of the run's workload, empty if fio has not run yet. */
export const workloadOf = (records: RunRecords): WorkloadRecord =>
  (records.workload ??= createWorkloadRecord());

const createWorkloadRecord = (): WorkloadRecord => ({
  started: null,
  disksBefore: new Map(),
  ended: 0,
  ios: 0,
  bytes: 0,
  errors: 0,
  outstanding: 0,
  progressAt: 0,
  blocked: 0,
  latencySum: 0,
  latencyMax: 0,
  latencies: createBuckets(FINE_BITS),
  timeline: {
    width: FIRST_WIDTH,
    ios: new Float64Array(BINS),
    bytes: new Float64Array(BINS),
    worst: new Float64Array(BINS),
  },
});

export function recordStart(record: WorkloadRecord, now: Nanos): void {
  record.started ??= now;
  if (record.outstanding++ === 0) record.progressAt = now;
}

export interface RecordedIo {
  readonly startedAt: Nanos;
  readonly endedAt: Nanos;
  readonly length: number;
}

export function recordEnd(
  record: WorkloadRecord,
  { startedAt, endedAt, length }: RecordedIo,
  failed: boolean,
): void {
  record.outstanding--;
  const gap = endedAt - record.progressAt;
  if (gap > record.blocked) record.blocked = gap;
  record.progressAt = endedAt;
  record.ended = endedAt;
  if (failed) {
    record.errors++;
    return;
  }
  const latency = endedAt - startedAt;
  record.ios++;
  record.bytes += length;
  record.latencySum += latency;
  if (latency > record.latencyMax) record.latencyMax = latency;
  addLatency(record.latencies, latency);
  addToTimeline(record.timeline, endedAt - (record.started ?? 0), length, latency);
}

function addToTimeline(timeline: Timeline, at: Nanos, length: number, latency: Nanos): void {
  while (at >= timeline.width * BINS) halve(timeline);
  const i = Math.floor(at / timeline.width);
  timeline.ios[i] = (timeline.ios[i] as number) + 1;
  timeline.bytes[i] = (timeline.bytes[i] as number) + length;
  if (latency > (timeline.worst[i] as number)) timeline.worst[i] = latency;
}

/** Merges windows in pairs. */
function halve(timeline: Timeline): void {
  const { ios, bytes, worst } = timeline;
  for (let i = 0; i < BINS; i++) {
    const [a, b] = [2 * i, 2 * i + 1];
    const inside = b < BINS;
    ios[i] = inside ? (ios[a] as number) + (ios[b] as number) : 0;
    bytes[i] = inside ? (bytes[a] as number) + (bytes[b] as number) : 0;
    worst[i] = inside ? Math.max(worst[a] as number, worst[b] as number) : 0;
  }
  timeline.width *= 2;
}
