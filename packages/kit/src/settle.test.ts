import { expect, it } from 'vitest';

import { soundness } from './check/search.ts';
import { runSchedule } from './run-schedule.ts';
import type { Command, Schedule } from './schedule.ts';

const flags = { noflush: true, lockFs: true };
const write: Command = { kind: 'write', sector: 0, nrSectors: 8 };

it('resumes a map whose suspend waits for longer than everything else takes', () => {
  const schedule: Schedule = {
    stacked: false,
    table: { type: 'linear', parts: [0] },
    commands: [
      { kind: 'stall', path: 0, ms: 10_000 },
      write,
      { kind: 'suspend', flags, background: true },
      { kind: 'sleep', ms: 1 },
      write,
    ],
  };
  const result = runSchedule(schedule);
  expect(soundness(result)).toBeNull();
  expect(result.ios.map(({ status }) => status)).toEqual([0, 0]);
});
