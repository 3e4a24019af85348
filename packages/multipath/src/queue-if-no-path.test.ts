import { describe, expect, it } from 'vitest';

import type { Machine } from './machine.case.ts';
import {
  create,
  createMachine,
  disk,
  inactiveTable,
  interruptedSuspend,
  load,
  log,
  message,
  release,
  resume,
  settle,
  start,
  suspend,
  table,
} from './machine.case.ts';

const BIO = '3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1';
const RQ = '1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1';
const WARNING =
  'multipath: 254:0: QIFNP disabled but saved as enabled, saving again loses state, not saving!';

const queues = (m: Machine): boolean => table(m).includes('queue_if_no_path');

describe('queue_if_no_path', () => {
  it('is hidden while suspended, except in request mode without a flush, and back after resume', () => {
    for (const [params, noflush, hidden] of [
      [BIO, false, true],
      [BIO, true, true],
      [RQ, false, true],
      [RQ, true, false],
    ] as const) {
      const m = createMachine();
      create(m, params);
      suspend(m, { noflush });
      expect(queues(m)).toBe(!hidden);
      resume(m);
      expect(queues(m)).toBe(true);
    }
  });

  it('is lost by a suspend that fails, until the next one and its resume', () => {
    const m = createMachine();
    create(m, BIO);
    disk(m, 'a').mode = 'hold';
    start(m, 0);
    expect(interruptedSuspend(m)).toBe('EINTR');
    expect(queues(m)).toBe(false);
    release(m, disk(m, 'a'));
    message(m, 'fail_path 8:0');
    const io = start(m, 0);
    settle(m);
    expect(io.outcome).toBe('EIO');
    resume(m);
    expect(queues(m)).toBe(false);
    suspend(m);
    expect(log(m)).toContain(WARNING);
    resume(m);
    expect(queues(m)).toBe(true);
  });

  it('is forgotten for good by fail_if_no_path', () => {
    const m = createMachine();
    create(m, BIO);
    disk(m, 'a').mode = 'hold';
    start(m, 0);
    interruptedSuspend(m);
    message(m, 'fail_if_no_path');
    release(m, disk(m, 'a'));
    suspend(m);
    resume(m);
    expect(queues(m)).toBe(false);
    expect(log(m)).not.toContain(WARNING);
  });

  it('that is sent while a suspend waits survives it', () => {
    const m = createMachine();
    create(m, BIO);
    disk(m, 'a').mode = 'hold';
    start(m, 0);
    expect(suspend(m)).toBe('waiting');
    expect(message(m, 'queue_if_no_path')).toBeUndefined();
    release(m, disk(m, 'a'));
    expect(message(m, 'queue_if_no_path')).toBe('EBUSY');
    expect(queues(m)).toBe(true);
  });
});

describe('its time-out', () => {
  const TIMEOUT = 'multipath: queue_if_no_path timeout on 254:0, failing queued IO';
  const parameters = { queue_if_no_path_timeout_secs: 5 };

  for (const params of [BIO, RQ]) {
    it(`fails what waits when no path has come back (${params})`, () => {
      const m = createMachine({ parameters });
      create(m, params);
      message(m, 'fail_path 8:0');
      const io = start(m, 0);
      settle(m, 4_900);
      expect(io.outcome).toBe('pending');
      settle(m, 200);
      expect(io.outcome).toBe('EIO');
      expect(log(m)).toContain(TIMEOUT);
      expect(queues(m)).toBe(false);
    });
  }

  it('stops when a path is back, and begins with the message', () => {
    const m = createMachine({ parameters });
    create(m, BIO);
    message(m, 'fail_path 8:0');
    settle(m, 4_000);
    message(m, 'reinstate_path 8:0');
    settle(m, 9_000);
    expect(queues(m)).toBe(true);
    message(m, 'fail_if_no_path');
    message(m, 'fail_path 8:0');
    settle(m, 9_000);
    message(m, 'queue_if_no_path');
    settle(m, 5_100);
    expect(queues(m)).toBe(false);
  });

  it('runs on while suspended, and then resume brings nothing back', () => {
    const m = createMachine({ parameters });
    create(m, BIO);
    message(m, 'fail_path 8:0');
    suspend(m);
    settle(m, 6_000);
    resume(m);
    expect(queues(m)).toBe(false);
  });

  it('runs out on a table that was only loaded', () => {
    const m = createMachine({ parameters });
    create(m, BIO);
    load(m, '3 queue_if_no_path queue_mode bio 0 0 0');
    expect(inactiveTable(m)).toContain('queue_if_no_path');
    settle(m, 6_000);
    expect(inactiveTable(m)).not.toContain('queue_if_no_path');
    expect(queues(m)).toBe(true);
  });
});
