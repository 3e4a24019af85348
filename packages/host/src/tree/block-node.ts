// block-node.ts — A block device node, which opens the disk with that number. Mirrors block/bdev.c: blkdev_get_no_open.
import { openWhenFree, pageCacheOf } from '@dmsim/bdev';
import { findDevice } from '@dmsim/block';
import type { DeviceNode } from '@dmsim/vfs';
import { ready } from '@dmsim/vfs';

import type { Userland } from '../userland.ts';

/** Opens the disk that has `major:minor` at that time; ENXIO if there is none. */
export function blockNode(machine: Userland, major: number, minor: number): DeviceNode {
  return {
    kind: 'block',
    mode: 0o660,
    major,
    minor,
    open(_process, path, flags) {
      const dev = findDevice(machine.layer, major, minor);
      if (dev === undefined) return ready('ENXIO');
      const { onWritableClose } = machine;
      const context = { dev, cache: pageCacheOf(machine, dev), onWritableClose };
      return openWhenFree(context, path, flags);
    },
  };
}
