// invariants.test.ts — Whatever happens, in whatever order, every invariant holds. A share of the runs; DMSIM_TESTS=all makes ten times as many,
// DMSIM_RUNS=200000 as many as it says.
import type { ScheduleResult } from '@dmsim/kit';
import {
  anySchedule,
  failedWrites,
  failureText,
  queueingSchedule,
  search,
  soundness,
} from '@dmsim/kit';
import type { CheckOptions } from '@dmsim/kit';
import { describe, expect, it } from 'vitest';

import { LONG, times } from '../share.ts';

/** Returns the reason that refutes it, or null; and the number of commands of a schedule. */
function tried(
  schedules: ReturnType<typeof anySchedule>,
  options: CheckOptions,
): { readonly refuted: string | null; readonly length: number } {
  const { failure, runs, commands } = search(schedules, options);
  return { refuted: failure === null ? null : failureText(failure), length: commands / runs };
}

describe.each(['deferred-head', 'pushback'] as const)('with requeue: %s', (requeue) => {
  it(
    'schedules of at least thirty commands break no invariant, with the slack of a machine',
    () => {
      const { refuted, length } = tried(anySchedule(), { requeue, runs: times(200) });
      expect(refuted).toBeNull();
      expect(length).toBeGreaterThanOrEqual(30);
    },
    LONG,
  );

  it(
    'schedules break no invariant with exact times, nor when few events leave their usual order',
    () => {
      const exact = tried(anySchedule(), { requeue, runs: times(80), slack: 0, seed: 2 });
      const few = tried(anySchedule(), { requeue, runs: times(80), strategy: 'pct', seed: 3 });
      expect([exact.refuted, few.refuted]).toEqual([null, null]);
    },
    LONG,
  );

  it(
    'whole outages break no invariant: all paths at once, one controller, paths that flap',
    () => {
      const schedules = anySchedule({ outages: 8 });
      expect(tried(schedules, { requeue, runs: times(100), seed: 4 }).refuted).toBeNull();
    },
    LONG,
  );

  it(
    'paths that hang, arrays that move their port groups and paths of different speed together break no invariant',
    () => {
      const schedules = anySchedule({ outages: 3, hangs: 3, transitions: 3, latencies: true });
      expect(tried(schedules, { requeue, runs: times(60), seed: 5 }).refuted).toBeNull();
    },
    LONG,
  );

  it(
    'no write fails while the map queues without paths and every suspend is noflush',
    () => {
      const schedules = queueingSchedule({ outages: 4, hangs: 2, transitions: 2 });
      const judge = (result: ScheduleResult): string | null =>
        soundness(result) ?? noWriteFails(result);
      expect(tried(schedules, { requeue, runs: times(100), judge }).refuted).toBeNull();
    },
    LONG,
  );
});

function noWriteFails({ ios, rescued }: ScheduleResult): string | null {
  if (rescued) return null;
  const [first] = failedWrites(ios);
  return first === undefined ? null : `the write of ${first.sector}+${first.nrSectors} failed`;
}
