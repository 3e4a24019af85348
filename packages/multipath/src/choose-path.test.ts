import { describe, expect, it } from 'vitest';

import {
  create,
  createMachine,
  eventNr,
  log,
  message,
  read,
  settle,
  status,
} from './machine.case.ts';

const TWO_GROUPS = '2 2 round-robin 0 2 1 8:0 1 8:16 1 round-robin 0 2 1 8:32 1 8:48 1';

for (const mode of ['2 queue_mode bio', '0']) {
  describe(`choosing a path (features: ${mode})`, () => {
    it('walks through groups as they are switched, disabled, enabled and fail', () => {
      const m = createMachine({ disks: 4 });
      create(m, `${mode} 0 ${TWO_GROUPS}`);
      const say = (text: string): void => {
        expect(message(m, text)).toBeUndefined();
        settle(m);
      };
      const full = (): string => status(m);
      expect(full()).toBe('2 1 0 0 2 2 E 0 2 0 8:0 A 0 8:16 A 0 E 0 2 0 8:32 A 0 8:48 A 0 ');
      expect(read(m, 5)).toBe('c d c d c');
      expect(full()).toBe('2 0 0 0 2 2 E 0 2 0 8:0 A 0 8:16 A 0 A 0 2 0 8:32 A 0 8:48 A 0 ');
      say('switch_group 1');
      expect(full()).toBe('2 0 0 0 2 1 E 0 2 0 8:0 A 0 8:16 A 0 E 0 2 0 8:32 A 0 8:48 A 0 ');
      expect(read(m, 3)).toBe('a b a');
      say('disable_group 1');
      expect(full()).toBe('2 0 0 0 2 1 D 0 2 0 8:0 A 0 8:16 A 0 E 0 2 0 8:32 A 0 8:48 A 0 ');
      expect(read(m, 3)).toBe('d c d');
      expect(full()).toBe('2 0 0 0 2 2 D 0 2 0 8:0 A 0 8:16 A 0 A 0 2 0 8:32 A 0 8:48 A 0 ');
      say('disable_group 2');
      expect(read(m, 3)).toBe('b a b');
      expect(full()).toBe('2 0 0 0 2 1 D 0 2 0 8:0 A 0 8:16 A 0 D 0 2 0 8:32 A 0 8:48 A 0 ');
      say('enable_group 2');
      expect(read(m, 2)).toBe('c d');
      say('disable_group 1');
      say('switch_group 2');
      expect(full()).toBe('2 0 0 0 2 2 E 0 2 0 8:0 A 0 8:16 A 0 E 0 2 0 8:32 A 0 8:48 A 0 ');
      say('fail_path 8:32');
      expect(read(m, 2)).toBe('d d');
      say('fail_path 8:48');
      expect(full()).toBe('2 0 0 0 2 2 E 0 2 0 8:0 A 0 8:16 A 0 A 0 2 0 8:32 F 1 8:48 F 1 ');
      expect(read(m, 3)).toBe('a b a');
      say('reinstate_path 8:32');
      expect(read(m, 3)).toBe('b a b');
      expect(eventNr(m)).toBe(9);
      expect(log(m)).toEqual([
        'multipath: 254:0: Failing path 8:32.',
        'multipath: 254:0: Failing path 8:48.',
        'multipath: 254:0: Reinstating path 8:32.',
      ]);
    });
  });
}

describe('a group', () => {
  it('keeps its letter when all its paths have failed, until an I/O is tried', () => {
    const m = createMachine({ disks: 2 });
    create(m, '2 queue_mode bio 0 2 2 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1');
    expect(read(m, 1)).toBe('b');
    message(m, 'fail_path 8:16');
    message(m, 'fail_path 8:0');
    expect(status(m)).toBe('2 0 0 0 2 2 E 0 1 0 8:0 F 1 A 0 1 0 8:16 F 1 ');
    expect(read(m, 1)).toBe('');
    expect(status(m)).toBe('2 0 0 0 2 1 E 0 1 0 8:0 F 1 E 0 1 0 8:16 F 1 ');
    message(m, 'reinstate_path 8:16');
    expect(read(m, 1)).toBe('b');
  });

  it('is used while bypassed when there is no other, and its letter stays D', () => {
    const m = createMachine({ disks: 2 });
    create(m, '0 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1');
    message(m, 'disable_group 1');
    message(m, 'disable_group 2');
    expect(read(m, 3)).toBe('a a a');
    expect(status(m)).toBe('2 0 0 0 2 1 D 0 1 0 8:0 A 0 D 0 1 0 8:16 A 0 ');
  });

  it('that is asked for waits until there is a path at all', () => {
    const m = createMachine({ disks: 2 });
    create(m, '1 queue_if_no_path 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1');
    message(m, 'fail_path 8:0');
    message(m, 'fail_path 8:16');
    message(m, 'switch_group 2');
    expect(read(m, 1)).toBe('');
    expect(status(m).split(' ')[5]).toBe('2');
    message(m, 'reinstate_path 8:0');
    settle(m, 200);
    // Group 2 has no path: it falls through to the first that has one.
    expect(m.sent).toEqual(['a']);
    expect(status(m).split(' ')[5]).toBe('1');
  });
});
