// Whatever happens, in whatever order, every invariant holds.
import type { ScheduleResult } from '@dmsim/kit';
import { anySchedule, failedWrites, queueingSchedule } from '@dmsim/kit';
import { describe, expect, it } from 'vitest';

import { checkProperty, failureText, soundness } from './check-property.ts';

const FILE = 'test/properties/invariants.test.ts';
const LONG = 300_000;

describe.each(['deferred-head', 'pushback'] as const)('with requeue: %s', (requeue) => {
  it(
    'ten thousand schedules of at least thirty commands break no invariant',
    () => {
      const { failure, runs, commands } = checkProperty({
        schedules: anySchedule(),
        requeue,
        runs: 10_000,
        judge: soundness,
      });
      if (failure !== null) expect.fail(failureText(failure, FILE));
      expect(commands / runs).toBeGreaterThanOrEqual(30);
    },
    LONG,
  );

  it(
    'no write fails while the map queues without paths and every suspend is noflush',
    () => {
      const { failure } = checkProperty({
        schedules: queueingSchedule(),
        requeue,
        runs: 2000,
        judge: (result) => soundness(result) ?? noWriteFails(result),
      });
      if (failure !== null) expect.fail(failureText(failure, FILE));
    },
    LONG,
  );
});

function noWriteFails({ ios }: ScheduleResult): string | null {
  const [first] = failedWrites(ios);
  return first === undefined ? null : `the write of ${first.sector}+${first.nrSectors} failed`;
}
