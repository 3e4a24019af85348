// recording.ts — A run as data: its records, and how the machine looked whenever that changed. Plain values only.
import { RECORD_WIDTH } from '@dmsim/sim';
import type { Nanos } from '@dmsim/sim';

import type { Survey } from './survey.ts';

/** How the machine looked once `nth` records had been written, until the next one of these. */
export interface SurveyAt {
  readonly nth: number;
  readonly at: Nanos;
  readonly survey: Survey;
}

export interface Recording {
  /** `RECORD_WIDTH` numbers each (see `record` of sim); more may follow the `count` that there are. */
  readonly records: Float64Array;
  readonly count: number;
  /** The names that records refer to by number (`sim.traceNames`). */
  readonly names: readonly string[];
  /** In order of `nth`. */
  readonly surveys: readonly SurveyAt[];
}

/** The last of a list ordered by `nth` that was there once `nth` records had been written; -1 when there is none. */
export function lastUpTo(list: readonly { readonly nth: number }[], nth: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as { nth: number }).nth <= nth) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const EMPTY: Survey = { disks: [], maps: [], processes: [] };

export const surveyAt = ({ surveys }: Recording, nth: number): Survey =>
  surveys[lastUpTo(surveys, nth)]?.survey ?? EMPTY;

/** Virtual time of record `nth` (from 1); 0 before the first. */
export const timeOf = ({ records }: Recording, nth: number): Nanos =>
  nth === 0 ? 0 : (records[(nth - 1) * RECORD_WIDTH] as number);

export const pointOf = ({ records }: Recording, nth: number): number =>
  nth === 0 ? 0 : (records[(nth - 1) * RECORD_WIDTH + 1] as number);
