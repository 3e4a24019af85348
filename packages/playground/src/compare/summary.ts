// summary.ts — Summarizes how runs of one lab differ: in output, in how bios ended, and in how many waited at each time.
import { BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';
import { createReplay, pointOf } from '@dmsim/observe';
import { RECORD_WIDTH } from '@dmsim/sim';

import type { RequeueName, RunResult } from '../engine/run.ts';
import { foldTime } from '../timeline/fold.ts';

export interface Summary {
  readonly requeue: RequeueName;
  readonly result: RunResult;
  readonly succeeded: number;
  readonly failed: number;
  readonly givenBack: number;
  /** The number of bios that waited in a map, over the run from its beginning (0) to its end (1). */
  readonly waiting: readonly (readonly [at: number, count: number])[];
  readonly lines: readonly string[];
}

/** The most points of the curve. */
const MAX_POINTS = 400;

export function summarize(requeue: RequeueName, result: RunResult): Summary {
  const { recording, output } = result;
  let [succeeded, failed, givenBack] = [0, 0, 0];
  const fold = foldTime(recording);
  const waiting: [number, number][] = [[0, 0]];
  const replay = createReplay(recording);
  const step = Math.max(1, Math.ceil(recording.count / MAX_POINTS));
  for (let nth = 1; nth <= recording.count; nth++) {
    const point = pointOf(recording, nth);
    if (point === BLOCK_TRACE.block_bio_complete.code) {
      if (recording.records[(nth - 1) * RECORD_WIDTH + 7] === 0) succeeded++;
      else failed++;
    } else if (point === DM_TRACE.dm_pushback.code) givenBack++;
    if (nth % step !== 0 && nth !== recording.count) continue;
    const count = replay
      .stateAt(nth)
      .maps.reduce(
        (sum, map) =>
          sum +
          map.deferred.length +
          map.pushedBack.length +
          map.queued.length +
          map.requeued.length,
        0,
      );
    waiting.push([(fold.at[nth] ?? 0) / Math.max(1, fold.length), count]);
  }
  const lines = output
    .map(({ text }) => text)
    .join('')
    .split('\n');
  return { requeue, result, succeeded, failed, givenBack, waiting, lines };
}

/** Returns the lines of one text that the other lacks; a line that occurs more often counts that many times. */
export function differingLines(lines: readonly string[], reference: readonly string[]): boolean[] {
  const left = new Map<string, number>();
  for (const line of reference) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.map((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
