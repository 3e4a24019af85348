import { describe, expect, it } from 'vitest';

import {
  create,
  createMachine,
  eventNr,
  log,
  message,
  settle,
  status,
  suspend,
} from './machine.case.ts';

const TWO = '2 queue_mode bio 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1';

describe('a message', () => {
  it('is refused, with a line in the log where Linux writes one', () => {
    const cases = [
      ['disable_group 0', 'EINVAL', 'invalid PG number supplied to bypass_pg'],
      ['disable_group 3', 'EINVAL', 'invalid PG number supplied to bypass_pg'],
      ['enable_group x', 'EINVAL', 'invalid PG number supplied to bypass_pg'],
      ['switch_group 0', 'EINVAL', 'invalid PG number supplied to switch_pg_num'],
      ['switch_group 1x', 'EINVAL', 'invalid PG number supplied to switch_pg_num'],
      ['fail_path nosuch', 'ENOENT', 'message: error getting device nosuch'],
      ['fail_path /tmp/file', 'ENOTBLK', 'message: error getting device /tmp/file'],
      ['fail_path 8:0x', 'ENOENT', 'message: error getting device 8:0x'],
      ['fail_path 4096:0', 'EOVERFLOW', 'message: error getting device 4096:0'],
      ['fail_path 9:9', 'EINVAL', null],
      ['fail_path', 'EINVAL', 'Invalid multipath message arguments. Expected 2 arguments, got 1.'],
      [
        'fail_path 1:0 1:1',
        'EINVAL',
        'Invalid multipath message arguments. Expected 2 arguments, got 3.',
      ],
      [
        'queue_if_no_path now',
        'EINVAL',
        'Unrecognised multipath message received: queue_if_no_path',
      ],
      ['Nonsense 1', 'EINVAL', 'Unrecognised multipath message received: Nonsense'],
    ] as const;
    for (const [text, errno, line] of cases) {
      const m = createMachine({ disks: 2 });
      create(m, TWO);
      expect([text, message(m, text)]).toEqual([text, errno]);
      expect(log(m)).toEqual(line === null ? [] : [`multipath: ${line}`]);
      expect(eventNr(m)).toBe(0);
    }
  });

  it('may be in any case, name a device by path, and wrap its numbers', () => {
    const m = createMachine({ disks: 2 });
    create(m, TWO);
    expect(message(m, 'FAIL_PATH /dev/a')).toBeUndefined();
    expect(message(m, 'Reinstate_Path 8:0')).toBeUndefined();
    expect(message(m, 'switch_group 4294967298')).toBeUndefined();
    expect(status(m)).toBe('2 1 0 0 2 2 E 0 1 0 8:0 A 1 E 0 1 0 8:16 A 0 ');
  });

  it('is refused while suspended', () => {
    const m = createMachine({ disks: 2 });
    create(m, TWO);
    suspend(m);
    expect(message(m, 'fail_path 8:0')).toBe('EBUSY');
    expect(log(m)).toEqual([]);
  });
});

describe('fail_path and reinstate_path', () => {
  it('reach every path on the device: one event, an uevent each, newest first', () => {
    const m = createMachine({ disks: 2 });
    create(m, '2 queue_mode bio 0 2 1 round-robin 0 2 1 8:0 1 8:16 1 queue-length 0 1 1 8:0 1');
    m.uevents.length = 0;
    expect(message(m, 'fail_path 8:0')).toBeUndefined();
    settle(m);
    expect(status(m)).toBe('2 1 0 0 2 1 E 0 2 0 8:0 F 1 8:16 A 0 E 0 1 1 8:0 F 1 0 ');
    expect(eventNr(m)).toBe(1);
    const seen = m.uevents.map(({ variables }) => Object.fromEntries(variables));
    expect(
      seen.map((v) => `${v['DM_ACTION']} ${v['DM_SEQNUM']} ${v['DM_NR_VALID_PATHS']}`),
    ).toEqual(['PATH_FAILED 2 1', 'PATH_FAILED 1 2']);
    expect(log(m)).toEqual([
      'multipath: 254:0: Failing path 8:0.',
      'multipath: 254:0: Failing path 8:0.',
    ]);
  });

  it('do nothing, silently, to a path that is so already', () => {
    const m = createMachine({ disks: 2 });
    create(m, TWO);
    expect(message(m, 'reinstate_path 8:0')).toBeUndefined();
    message(m, 'fail_path 8:0');
    settle(m);
    expect(message(m, 'fail_path 8:0')).toBeUndefined();
    settle(m);
    expect(eventNr(m)).toBe(1);
    expect(log(m)).toEqual(['multipath: 254:0: Failing path 8:0.']);
    expect(status(m)).toContain('8:0 F 1 ');
  });
});
