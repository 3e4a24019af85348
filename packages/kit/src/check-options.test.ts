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
      "anyGuest: policies is to be a list, each element of which is report or ignore or enospc or stop or retry, not ['panic']",
    ],
    ['no run', checkWith({ runs: 0 }), 'check: runs is to be a whole number from 1, not 0'],
    ['an order that is none', checkWith({ strategy: 'x' }), "fifo or random or pct, not 'x'"],
    [
      'a time as a text',
      checkWith({ slack: '1ms' }),
      "slack is to be a number of nanoseconds from 0, not '1ms'",
    ],
    [
      'a selector that the file does not export',
      () => checkSelector(undefined as never),
      'checkSelector: the selector is to be an object, not undefined',
    ],
    ['a way of requeueing', checkWith({ requeue: 'head' }), 'requeue is to be deferred-head or '],
    [
      'an invariant that is none',
      checkWith({ invariants: [null] }),
      'an invariant (name is to be a line of text)',
    ],
    [
      'an invariant that sees nothing',
      checkWith({ invariants: [{ ...seen, points: [] }] }),
      'points is to be a list of the codes of trace points',
    ],
    [
      'an invariant that starts nothing',
      checkWith({ invariants: [{ ...seen, start: null }] }),
      'it has no function start',
    ],
    [
      'a selector that is none',
      checkWith({ selectors: [{ type: {}, file: 'mine.js' }] }),
      'one whose type is a path selector (name is to be a word',
    ],
    [
      'a verdict that is none',
      checkWith({ judge: () => undefined }),
      'check: judge is to answer a text or null, not undefined',
    ],
    [
      'a path that no failure had',
      checkWith({ path: 'first' }),
      "path is to be what an earlier failure gave as its path, such as '12', not 'first'",
    ],
    [
      'options that are none',
      () => check(anySchedule(), 200 as never),
      'check: the options are to be an object, not 200',
    ],
    [
      'a schedule in place of an arbitrary',
      () => check({ stacked: false } as never),
      'check: schedules is to be an arbitrary of fast-check, not an object',
    ],
    [
      'a table of one’s own without its words',
      () => anySchedule({ ownTarget: { type: 'target', target: 'mine' } as never }),
      'anySchedule: ownTarget is to be a table that is whole (a table has no params), not an object',
    ],
    [
      'a selector of one’s own with a misspelt part',
      () => anySchedule({ ownSelector: { name: 'mine', arg: [], pathArgs: [] } as never }),
      'a selector that is whole (a selector has no option arg: it has name, args, pathArgs)',
    ],
    [
      'an overlay without a guest',
      () => anySchedule({ overlay: true }),
      'anySchedule: overlay is about the disk of a guest, and there is no guest',
    ],
    [
      'a guest without a policy',
      () => anyGuest({ policies: [] }),
      'anyGuest: policies is to be a list of at least 1, not []',
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
