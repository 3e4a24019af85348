// timeline.ts — The mean course of several runs: throughput by time.
import type { RunResult } from './run-result.ts';

export interface Course {
  /** The width of a window. */
  readonly seconds: number;
  /** Bytes a second in each. */
  readonly rates: readonly number[];
  /** The worst latency of any run in each, seconds. */
  readonly worst: readonly number[];
}

/** Over the runs that have come as far; windows are those of the run with the widest. */
export function mergedTimeline(runs: readonly RunResult[]): Course {
  const timelines = runs.flatMap(({ timeline }) => (timeline === null ? [] : [timeline]));
  const seconds = Math.max(...timelines.map((timeline) => timeline.seconds));
  const sums: number[] = [];
  const worst: number[] = [];
  for (const timeline of timelines) {
    const per = Math.round(seconds / timeline.seconds);
    for (const [i, bytes] of timeline.bytes.entries()) {
      const window = Math.floor(i / per);
      sums[window] = (sums[window] ?? 0) + bytes;
      worst[window] = Math.max(worst[window] ?? 0, (timeline.worst[i] ?? 0) / 1e9);
    }
  }
  return { seconds, rates: sums.map((sum) => sum / seconds / timelines.length), worst };
}
