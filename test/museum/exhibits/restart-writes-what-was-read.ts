// restart-writes-what-was-read.ts — A read that failed is sent again as a write.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a read that failed is sent again as a write',
  source: 'QEMU, January 2010: “virtio-blk: Fix restart after read error”',
  story: [
    'The code that sends failed requests again was older than `rerror=stop`, and took all of them for writes. A machine that stopped',
    'for a read error wrote the buffer of that read to its disk when it went on.',
  ],
  file: 'qemu/src/devices/virtio-blk.ts',
  replace: 'handleQueue(disk, parked);',
  by: "handleQueue(disk, parked.map((request) => ({ ...request, op: 'write' })));",
  guest: true,
  breaks: 'a guest sees the errors that its policy lets through, and no other',
  rare: true,
};
