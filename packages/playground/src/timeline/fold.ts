// fold.ts — Maps virtual time to distances on the slider. Idle gaps are folded, so that microseconds and minutes of one run both show.
import type { Recording } from '@dmsim/observe';
import { timeOf } from '@dmsim/observe';

export interface FoldedTime {
  /** Distance of each number of records from the start: `at[0]` is 0, and each step is larger than 0. */
  readonly at: Float64Array;
  readonly length: number;
  /** The gaps in which nothing happened for more than `GAP` ns. */
  readonly gaps: readonly Gap[];
}

export interface Gap {
  /** The distance at which the gap ends. */
  readonly at: number;
  /** ns */
  readonly duration: number;
}

/** ns */
const GAP = 100e6;
const EVENT = 1;
/** The distance that a tenfold longer wait adds. */
const PER_DECADE = 0.6;

export function foldTime(recording: Recording): FoldedTime {
  const at = new Float64Array(recording.count + 1);
  const gaps: Gap[] = [];
  let before = 0;
  for (let nth = 1; nth <= recording.count; nth++) {
    const now = timeOf(recording, nth);
    const passed = now - before;
    at[nth] = (at[nth - 1] as number) + EVENT + PER_DECADE * Math.log10(1 + passed / 1000);
    if (passed >= GAP) gaps.push({ at: at[nth] as number, duration: passed });
    before = now;
  }
  return { at, length: at[recording.count] as number, gaps };
}

/** Returns the number of records at a distance. */
export function nthAt({ at }: FoldedTime, distance: number): number {
  let low = 0;
  let high = at.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((at[middle] as number) <= distance) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns the number of records that were written by `time`, in ns. */
export function nthAtTime(recording: Recording, time: number): number {
  let low = 0;
  let high = recording.count;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (timeOf(recording, middle) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}
