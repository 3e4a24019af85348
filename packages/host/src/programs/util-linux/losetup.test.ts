import { describe, expect, it } from 'vitest';

import { programWorld } from '../program-world.case.ts';

describe('a loop device over a disk', () => {
  it('writes to the page cache of the disk, and to the disk with a flush', () => {
    const w = programWorld();
    expect(w.call('losetup /dev/loop0 /dev/ram0')).toMatchObject({ status: 0, err: '' });
    w.call('dd if=/proc/version of=/dev/loop0 bs=4096 conv=sync,notrunc oflag=direct');
    expect(w.call('head -c 5 /dev/ram0').out).toBe('Linux');
    expect(w.call('dd if=/dev/ram0 bs=512 count=1 iflag=direct status=none').out).not.toBe('Linux');
    w.call('blockdev --flushbufs /dev/loop0');
    w.call('blockdev --flushbufs /dev/ram0');
    expect(w.call('dd if=/dev/ram0 bs=512 count=1 iflag=direct status=none').out).toMatch(/^Linux/);
  });

  it('keeps the disk open until it lets go of it', () => {
    const w = programWorld();
    w.call(['dmsetup', 'create', 'm', '--table', '0 8 linear 1:0 0']);
    w.call('losetup /dev/loop0 /dev/mapper/m');
    expect(w.call('dmsetup remove m').err).toContain('busy');
    w.call('losetup -d /dev/loop0');
    expect(w.call('dmsetup remove m').status).toBe(0);
  });
});
