// Options as JavaScript passes them: what is misspelt or of the wrong kind is refused by name, and nothing runs.
import { describe, expect, it } from 'vitest';

import { anyGuest, anySchedule, check, checkSelector, queueingSchedule } from './index.ts';

const seen = { name: 'seen', meaning: 'It is not.', points: [1], start: () => ({ see() {} }) };
const checkWith = (options: object) => (): void => check(anySchedule(), { runs: 1, ...options });

describe('a wrong option is refused by name:', () => {
  it.each<[what: string, call: () => unknown, says: string]>([
    [
      'a misspelt kind of trouble',
      () => anySchedule({ outagez: 5 } as object),
      'anySchedule has no option outagez: it has minCommands, ',
    ],
    [
      'a misspelt kind of trouble where nothing may fail',
      () => queueingSchedule({ hang: 1 } as object),
      'queueingSchedule has no option hang: ',
    ],
    [
      'trouble in more places than there are',
      () => anySchedule({ outages: 20, hangs: 5 }),
      'anySchedule: outages, hangs and transitions are to be 24 at most, together',
    ],
    [
      'a schedule of more commands than it may have',
      () => anySchedule({ maxCommands: 10 }),
      'anySchedule: minCommands, 30, is more than maxCommands, 10',
    ],
    ['a guest that is none', () => anySchedule({ guest: true } as object), 'guest is to be an arb'],
    [
      'a policy that QEMU has not',
      () => anyGuest({ policies: ['panic'] } as object),
      'anyGuest: policies is to be a list, each element of which is report or ',
    ],
    ['no run', checkWith({ runs: 0 }), 'check: runs is to be a whole number from 1, not 0'],
    ['an order that is none', checkWith({ strategy: 'x' }), "fifo or random or pct, not 'x'"],
    [
      'a time as a text',
      checkWith({ slack: '1ms' }),
      "slack is to be a number of nanoseconds, not '1ms'",
    ],
    ['a way of requeueing', checkWith({ requeue: 'head' }), 'requeue is to be deferred-head or '],
    ['an invariant that is none', checkWith({ invariants: [null] }), 'with a name and a meaning'],
    [
      'an invariant that sees nothing',
      checkWith({ invariants: [{ ...seen, points: [] }] }),
      'the trace points it reads (points)',
    ],
    [
      'an invariant that starts nothing',
      checkWith({ invariants: [{ ...seen, start: null }] }),
      'with a function start',
    ],
    [
      'a selector that is none',
      checkWith({ selectors: [{ type: {}, file: 'mine.js' }] }),
      'one whose type is a path selector (name is to be a word',
    ],
    [
      'an option of another call',
      () => checkSelector({ name: 'mine' } as never, { judge: () => null } as object),
      'checkSelector has no option judge: ',
    ],
  ])('%s', (_what, call, says) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(says);
  });
});

it('options that are right, or undefined, are taken', () => {
  const schedules = anySchedule({ outages: 24, minCommands: 2, maxCommands: 3, latencies: true });
  const options = { runs: 2, seed: -7, slack: 0, invariants: [seen], requeue: undefined };
  expect(() => check(schedules, options as object)).not.toThrow();
});
