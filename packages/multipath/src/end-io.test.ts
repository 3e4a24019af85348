import type { BlkStatus } from '@dmsim/block';
import { BLK_STS } from '@dmsim/block';
import { describe, expect, it } from 'vitest';

import {
  create,
  createMachine,
  disk,
  message,
  release,
  settle,
  start,
  status,
} from './machine.case.ts';

const NOT_A_PATH_ERROR: readonly (readonly [BlkStatus, string])[] = [
  [BLK_STS.NOTSUPP, 'EOPNOTSUPP'],
  [BLK_STS.NOSPC, 'ENOSPC'],
  [BLK_STS.TARGET, 'EREMOTEIO'],
  [BLK_STS.RESV_CONFLICT, 'EBADE'],
  [BLK_STS.MEDIUM, 'ENODATA'],
  [BLK_STS.PROTECTION, 'EILSEQ'],
];

for (const mode of ['2 queue_mode bio', '0']) {
  describe(`an I/O that fails on its path (features: ${mode})`, () => {
    it('goes to another path', () => {
      const m = createMachine({ disks: 2 });
      create(m, `${mode} 0 1 1 round-robin 0 2 1 8:0 1 8:16 1`);
      disk(m, 'a').mode = BLK_STS.TRANSPORT;
      const io = start(m, 0);
      settle(m);
      expect(io.outcome).toBe('ok');
      expect(m.sent).toEqual(['a', 'b']);
      expect(status(m)).toBe('2 0 0 0 1 1 A 0 2 0 8:0 F 1 8:16 A 0 ');
    });

    it('keeps the path when the error is not the path’s', () => {
      for (const [code, errno] of NOT_A_PATH_ERROR) {
        const m = createMachine({ disks: 2 });
        create(m, `${mode} 0 1 1 queue-length 0 2 1 8:0 1 8:16 1`);
        disk(m, 'a').mode = code;
        const io = start(m, 0);
        settle(m);
        expect(io.outcome).toBe(errno);
        expect(status(m)).toBe('2 0 0 0 1 1 A 0 2 1 8:0 A 0 0 8:16 A 0 0 ');
      }
    });
  });
}

describe('the last path’s error', () => {
  it('becomes EIO in bio mode', () => {
    const m = createMachine({ disks: 1 });
    create(m, '2 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1');
    disk(m, 'a').mode = BLK_STS.TIMEOUT;
    const io = start(m, 0);
    settle(m);
    expect(io.outcome).toBe('EIO');
  });

  it('gets out as it is in request mode', () => {
    const m = createMachine({ disks: 1 });
    create(m, '0 0 1 1 round-robin 0 1 1 8:0 1');
    disk(m, 'a').mode = BLK_STS.TIMEOUT;
    const io = start(m, 0);
    settle(m);
    expect(io.outcome).toBe('ETIMEDOUT');
    // No I/O has looked for a path since: the letter stays.
    expect(status(m)).toBe('2 0 0 0 1 1 A 0 1 0 8:0 F 1 ');
  });
});

describe('a bio that waits for a path', () => {
  it('was counted back already, and is counted back again when it is given up', () => {
    const m = createMachine({ disks: 1 });
    create(m, '3 queue_if_no_path queue_mode bio 0 1 1 queue-length 0 1 1 8:0 1');
    disk(m, 'a').mode = BLK_STS.IOERR;
    const io = start(m, 0);
    settle(m);
    expect(status(m)).toBe('2 0 0 0 1 1 E 0 1 1 8:0 F 1 0 ');
    message(m, 'fail_if_no_path');
    settle(m);
    expect(io.outcome).toBe('EIO');
    expect(status(m)).toBe('2 0 0 0 1 1 E 0 1 1 8:0 F 1 -1 ');
  });

  it('goes on in order when a path is back, and costs nothing until then', () => {
    const m = createMachine({ disks: 1 });
    create(m, '3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1');
    message(m, 'fail_path 8:0');
    const ios = [96, 32, 64].map((sector) => start(m, sector));
    settle(m);
    const before = m.sim.events;
    settle(m, 60_000);
    expect(m.sim.events - before).toBeLessThan(3);
    message(m, 'reinstate_path 8:0');
    settle(m);
    expect(ios.map((io) => io.outcome)).toEqual(['ok', 'ok', 'ok']);
    expect(m.sentTo).toEqual(['a@96', 'a@32', 'a@64']);
  });
});

describe('an I/O in flight on a path that is failed by hand', () => {
  it('may still succeed there', () => {
    const m = createMachine({ disks: 2 });
    create(m, '0 0 1 1 queue-length 0 2 1 8:0 1 8:16 1');
    disk(m, 'a').mode = 'hold';
    const io = start(m, 0);
    settle(m);
    message(m, 'fail_path 8:0');
    expect(status(m)).toBe('2 0 0 0 1 1 A 0 2 1 8:0 F 1 1 8:16 A 0 0 ');
    release(m, disk(m, 'a'));
    expect(io.outcome).toBe('ok');
    expect(status(m)).toBe('2 0 0 0 1 1 A 0 2 1 8:0 F 1 0 8:16 A 0 0 ');
  });
});
