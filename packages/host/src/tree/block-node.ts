// block-node.ts — A block device node: opened, it is the disk with that number. Mirrors fs/char_dev.c's twin, block/bdev.c: blkdev_get_no_open.
import { openBlockDevice, pageCacheOf } from '@dmsim/bdev';
import type { BlockDevice } from '@dmsim/block';
import { findDevice } from '@dmsim/block';
import { removeIfDeferred } from '@dmsim/dm';
import type { DeviceNode } from '@dmsim/vfs';
import { ready } from '@dmsim/vfs';

import type { Userland } from '../userland.ts';

/** Whoever drives `major:minor` when it is opened answers; ENXIO when no one does. */
export function blockNode(machine: Userland, major: number, minor: number): DeviceNode {
  return {
    kind: 'block',
    mode: 0o660,
    major,
    minor,
    open(_process, path, flags) {
      const dev = findDevice(machine.layer, major, minor);
      if (dev === undefined) return ready('ENXIO');
      const context = {
        dev,
        cache: pageCacheOf(machine, dev),
        closed: (closed: BlockDevice) => deviceClosed(machine, closed),
      };
      return ready(openBlockDevice(context, path, flags));
    },
  };
}

/** A mapped device that was to be removed by its last user is now. */
function deviceClosed(machine: Userland, dev: BlockDevice): void {
  if (machine.dm === null || dev.major !== machine.dm.major) return;
  const md = machine.dm.devices.get(dev.minor);
  if (md !== undefined) removeIfDeferred(md);
}
