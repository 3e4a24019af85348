import type { BlockDevice } from '@dmsim/block';
import { findCell, prepareIoctl } from '@dmsim/dm';
import type { Errno } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { Machine } from './machine.case.ts';
import { create, createMachine, disk, message, perform, start, suspend } from './machine.case.ts';

const KEY = { name: 'mp' };

function ioctl(m: Machine): string {
  const md = findCell(m.dm, KEY)?.md;
  if (md === undefined) throw new Error('mp is there');
  const answer: Errno | BlockDevice | 'waiting' = perform(m, prepareIoctl(md), 1e9);
  return typeof answer === 'string' ? answer : answer.name;
}

describe('an ioctl', () => {
  it('goes to the path the selector chooses', () => {
    const m = createMachine({ disks: 2 });
    create(m, '2 queue_mode bio 0 1 1 round-robin 0 2 0 8:0 8:16');
    expect([ioctl(m), ioctl(m), ioctl(m)]).toEqual(['sda', 'sdb', 'sda']);
  });

  it('fails without a path, waits while there may be one, and is refused while suspended', () => {
    const m = createMachine({ disks: 1 });
    create(m, '2 queue_mode bio 0 1 1 round-robin 0 1 0 8:0');
    message(m, 'fail_path 8:0');
    expect(ioctl(m)).toBe('EIO');
    message(m, 'queue_if_no_path');
    expect(ioctl(m)).toBe('waiting');
    suspend(m);
    expect(ioctl(m)).toBe('EAGAIN');
  });
});

describe('a request', () => {
  it('stays in its queue while all paths of the group are busy', () => {
    const m = createMachine({ disks: 2, depth: 1 });
    create(m, '0 0 1 1 queue-length 0 2 0 8:0 8:16');
    for (const each of m.disks) each.mode = 'hold';
    for (const sector of [0, 8, 16]) start(m, sector);
    expect(m.sent).toEqual(['a', 'b']);
    expect(findCell(m.dm, KEY)?.md.disk?.queue?.waiting).toBe(1);
    expect(disk(m, 'a').held).toHaveLength(1);
  });
});
