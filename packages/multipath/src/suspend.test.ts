import { describe, expect, it } from 'vitest';

import {
  create,
  createMachine,
  disk,
  interruptedSuspend,
  load,
  message,
  release,
  resume,
  settle,
  start,
  status,
  suspend,
} from './machine.case.ts';

const BIO = '3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1';
const RQ = '1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1';

describe('a suspend with I/O queued in the target', () => {
  for (const params of [BIO, RQ]) {
    it(`fails it when it flushes (${params})`, () => {
      const m = createMachine();
      create(m, params);
      message(m, 'fail_path 8:0');
      const ios = [0, 8].map((sector) => start(m, sector));
      settle(m);
      expect(suspend(m, { lockFs: true })).toBeUndefined();
      expect(ios.map((io) => io.outcome)).toEqual(['EIO', 'EIO']);
    });

    it(`gives it to the next table when it does not (${params})`, () => {
      const m = createMachine({ disks: 2 });
      create(m, params);
      message(m, 'fail_path 8:0');
      const ios = [0, 8].map((sector) => start(m, sector));
      settle(m);
      expect(suspend(m, { noflush: true })).toBeUndefined();
      load(m, params.replace('8:0', '8:16'));
      expect(resume(m)).toBeUndefined();
      settle(m, 200);
      expect(ios.map((io) => io.outcome)).toEqual(['ok', 'ok']);
      expect(m.sent).toEqual(['b', 'b']);
    });

    it(`queues it again when the same table is resumed without paths (${params})`, () => {
      const m = createMachine();
      create(m, params);
      message(m, 'fail_path 8:0');
      const io = start(m, 0);
      settle(m);
      suspend(m, { noflush: true });
      resume(m);
      settle(m, 300);
      expect(io.outcome).toBe('pending');
      message(m, 'reinstate_path 8:0');
      settle(m, 300);
      expect(io.outcome).toBe('ok');
    });
  }

  it('pushes back during a noflush suspend what could not be queued before it', () => {
    const m = createMachine();
    create(m, '2 queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1');
    disk(m, 'a').mode = 'hold';
    const io = start(m, 0);
    expect(suspend(m, { noflush: true })).toBe('waiting');
    release(m, disk(m, 'a'), 10);
    settle(m);
    expect(io.outcome).toBe('pending');
    resume(m);
    settle(m);
    expect(io.outcome).toBe('EIO');
  });

  it('fails at once, when interrupted, what it had pushed back', () => {
    const m = createMachine({ disks: 2 });
    create(m, '3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1');
    disk(m, 'a').mode = 'hold';
    const slow = start(m, 0);
    message(m, 'fail_path 8:0');
    message(m, 'fail_path 8:16');
    const queued = [8, 16].map((sector) => start(m, sector));
    settle(m);
    expect(status(m)).toBe('2 0 0 0 1 1 E 0 2 0 8:0 F 1 8:16 F 1 ');
    expect(interruptedSuspend(m, { noflush: true })).toBe('EINTR');
    expect(queued.map((io) => io.outcome)).toEqual(['EIO', 'EIO']);
    release(m, disk(m, 'a'));
    expect(slow.outcome).toBe('ok');
  });

  it('hands pushed back bios to the next table newest first, and before what came during the suspend', () => {
    const m = createMachine({ disks: 2 });
    create(m, BIO);
    message(m, 'fail_path 8:0');
    for (const sector of [96, 200, 304, 400]) start(m, sector);
    settle(m);
    suspend(m, { noflush: true });
    for (const sector of [504, 600, 704]) start(m, sector);
    load(m, BIO.replace('8:0', '8:16'));
    resume(m);
    settle(m);
    expect(m.sentTo.map((to) => Number(to.slice(2)))).toEqual([400, 304, 200, 96, 504, 600, 704]);
  });
});
