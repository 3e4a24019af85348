// guests.test.ts — Virtual machines on a map: their error policies hold whatever happens below, and no request is lost. A share of the
// runs; DMSIM_TESTS=all makes ten times as many, DMSIM_RUNS=200000 as many as it says.
import { BLK_STS } from '@dmsim/block';
import {
  anyGuest,
  anySchedule,
  failureText,
  queueingSchedule,
  search,
  soundness,
} from '@dmsim/kit';
import type { CheckOptions, Schedule, ScheduleResult } from '@dmsim/kit';
import type { Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LONG, times } from '../share.ts';

/** Returns the reason that refutes it, or null. */
function tried(schedules: Arbitrary<Schedule>, options: CheckOptions): string | null {
  const { failure } = search(schedules, options);
  return failure === null ? null : failureText(failure);
}

describe('a virtual machine on a map', () => {
  it(
    'with any policy sees the errors that it lets through, reads what was acknowledged and loses no request',
    () => {
      const schedules = anySchedule({ guest: anyGuest() });
      expect(tried(schedules, { runs: times(60) })).toBeNull();
    },
    LONG,
  );

  it(
    'does so in whole outages, with paths that hang and arrays that move their port groups',
    () => {
      const trouble = { outages: 4, hangs: 3, transitions: 2, latencies: true };
      const schedules = anySchedule({ guest: anyGuest(), ...trouble });
      expect(tried(schedules, { runs: times(40), seed: 2 })).toBeNull();
    },
    LONG,
  );

  it(
    'does so on an image above the map, which jobs commit to the map and fill from it',
    () => {
      const schedules = anySchedule({ guest: anyGuest(), overlay: true, outages: 3 });
      expect(tried(schedules, { runs: times(30), seed: 5 })).toBeNull();
    },
    LONG,
  );

  it(
    'does so while its guest discards, on the map and on an image above it',
    () => {
      for (const overlay of [false, true]) {
        const schedules = anySchedule({ guest: anyGuest(), overlay, discards: true, outages: 3 });
        expect(tried(schedules, { runs: times(25), seed: 6 })).toBeNull();
      }
    },
    LONG,
  );

  it(
    'that retries for ever sees no error, whatever the map does',
    () => {
      const guest = anyGuest({ policies: ['retry'], patient: true });
      const schedules = anySchedule({ guest, outages: 4 });
      const judge = (result: ScheduleResult): string | null =>
        soundness(result) ?? noneFails(result);
      expect(tried(schedules, { runs: times(30), seed: 3, judge })).toBeNull();
    },
    LONG,
  );

  it(
    'that reports errors sees none while the map queues without paths and every suspend is noflush',
    () => {
      const schedules = queueingSchedule({ guest: anyGuest(), outages: 4 });
      const judge = (result: ScheduleResult): string | null =>
        soundness(result) ?? (result.rescued ? null : noneFails(result));
      expect(tried(schedules, { runs: times(30), seed: 4, judge })).toBeNull();
    },
    LONG,
  );
});

function noneFails({ ios }: ScheduleResult): string | null {
  const failed = ios.find(({ status }) => status !== null && status !== BLK_STS.OK);
  return failed === undefined ? null : `the ${failed.kind} of ${failed.sector} fails`;
}

it('a failure is found again by its seed and path, and made as small', () => {
  const schedules = anySchedule({ guest: anyGuest({ policies: ['report'] }) });
  const judge = ({ ios }: ScheduleResult): string | null =>
    ios.some(({ status }) => status === BLK_STS.IOERR) ? 'an I/O fails' : null;
  const first = search(schedules, { judge }).failure ?? expect.fail('nothing fails');
  const { seed, path } = first;
  const again = search(schedules, { judge, seed, path, runs: 1 }).failure;
  expect(again?.schedule).toEqual(first.schedule);
  expect(again?.choices).toEqual(first.choices);
});
