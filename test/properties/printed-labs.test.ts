// Every schedule is a lab: bash reads it, it runs here to its end, and no invariant breaks on the way.
import { spawnSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';

import { createMachine, runLab } from '@dmsim/host';
import { anyGuest, anySchedule, printLab } from '@dmsim/kit';
import { random } from '@dmsim/sim';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

it('forty printed schedules run to their end', { timeout: 120_000 }, () => {
  const worlds = fc.oneof(
    anySchedule(),
    anySchedule({ outages: 3, hangs: 3, transitions: 3, latencies: true }),
    anySchedule({ guest: anyGuest(), outages: 3 }),
    anySchedule({ guest: anyGuest(), discards: true }),
  );
  const schedules = fc.tuple(worlds, fc.nat({ max: 0x7fffffff }));
  const property = fc.property(schedules, ([schedule, seed]) => {
    const text = printLab(schedule, 'a schedule');
    const machine = createMachine({ chooser: random(seed) });
    const { outcome, violations } = runLab(machine, {
      name: 'lab.sh',
      text,
      onOutput: () => undefined,
    });
    const ending = { kind: outcome.kind, violations };
    return isDeepStrictEqual(ending, { kind: 'exited', violations: [] });
  });
  const { counterexample } = fc.check(property, { numRuns: 40, seed: 1 });
  expect(counterexample && printLab(counterexample[0][0], 'this one does not')).toBeNull();
});

it('bash accepts the syntax of printed schedules', () => {
  const trouble = { outages: 3, hangs: 3, transitions: 3, latencies: true };
  const schedules = anySchedule({ guest: anyGuest(), ...trouble });
  for (const schedule of fc.sample(schedules, { seed: 2, numRuns: 10 })) {
    const { status, stderr } = spawnSync('bash', ['-n'], {
      input: printLab(schedule, 'a schedule'),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }
});
