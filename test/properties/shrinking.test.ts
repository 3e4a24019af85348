// shrinking.test.ts — Schedules shrink to what a failure needs: whole commands go first, then times and latencies towards zero and towards each other.
import { anyGuest, anySchedule } from '@dmsim/kit';
import type { Schedule } from '@dmsim/kit';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

/** The smallest schedule that was found for which `fails`. */
function smallest(
  schedules: fc.Arbitrary<Schedule>,
  fails: (schedule: Schedule) => boolean,
): Schedule {
  const property = fc.property(schedules, (schedule) => !fails(schedule));
  const { counterexample } = fc.check(property, { seed: 1, numRuns: 1000 });
  return counterexample?.[0] ?? expect.fail('no schedule fails');
}

const all = anySchedule({ outages: 3, hangs: 3, transitions: 3, latencies: true });

const timesOf = ({ commands }: Schedule, wanted: string): number[] =>
  commands.flatMap((command) => (command.kind === wanted && 'ms' in command ? [command.ms] : []));

it('makes a hang and a pause that must both be long end at one instant, and drops everything else', () => {
  const isLong = (ms: number): boolean => ms > 50;
  const schedule = smallest(
    all,
    (each) => timesOf(each, 'stall').some(isLong) && timesOf(each, 'sleep').some(isLong),
  );
  expect(schedule.commands).toEqual(
    expect.arrayContaining([
      { kind: 'stall', path: 0, ms: 100 },
      { kind: 'sleep', ms: 100 },
    ]),
  );
  expect(schedule.commands).toHaveLength(2);
  expect(schedule).not.toHaveProperty('latencies');
  expect(schedule).not.toHaveProperty('portGroups');
});

it('makes a time that does not matter as short as it can be', () => {
  const schedule = smallest(all, (each) => timesOf(each, 'stall').length > 0);
  expect(schedule.commands).toEqual([{ kind: 'stall', path: 0, ms: 1 }]);
});

it('keeps only the latencies that matter, each as small as it may be', () => {
  const schedule = smallest(
    all,
    ({ latencies: [first = 0, , third = 0] = [] }) => third > first + 200,
  );
  expect(schedule.commands).toEqual([]);
  expect(schedule.latencies?.toSorted()).toEqual([0, 0, 0, expect.any(Number)]);
  const equal = smallest(
    all,
    ({ latencies = [] }) => latencies.filter((us) => us >= 500).length > 1,
  );
  const [slowest, second, ...others] = (equal.latencies ?? []).toSorted((a, b) => b - a);
  expect([second, ...others]).toEqual([slowest, 0, 0]);
});

it('keeps the port groups of a transition that matters, and drops everything beside it', () => {
  const schedule = smallest(all, ({ commands }) =>
    commands.some((command) => command.kind === 'access' && command.state === 'transitioning'),
  );
  expect(schedule.commands).toEqual([{ kind: 'access', path: 0, state: 'transitioning' }]);
  expect(schedule.portGroups).toBe(true);
});

it('drops a virtual machine that does not matter, and keeps of one that does only what matters', () => {
  const guests = anySchedule({ guest: anyGuest() });
  const without = smallest(guests, ({ commands }) => commands.some(({ kind }) => kind === 'write'));
  expect(without).not.toHaveProperty('guest');
  const retrying = smallest(
    guests,
    ({ guest, commands }) =>
      guest?.werror === 'retry' && commands.some(({ kind }) => kind === 'monitor'),
  );
  expect(retrying.commands).toEqual([{ kind: 'monitor', word: expect.any(String) }]);
  expect(retrying.guest).toEqual({
    disk: 'virtio-blk',
    iothread: false,
    werror: 'retry',
    rerror: 'report',
    retryInterval: 50,
    retryTimeout: 0,
    ioHang: 0,
  });
});
