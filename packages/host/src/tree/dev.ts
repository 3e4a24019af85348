// dev.ts — /dev: the disks there are (devtmpfs), what scripts add, /dev/mapper, /dev/null and its kin.
import type { BlockDevice } from '@dmsim/block';
import { findDevice } from '@dmsim/block';
import type { DeviceNode, Directory, Vnode } from '@dmsim/shell';
import { createDirectory, devFull, devNull, devZero } from '@dmsim/shell';

import { openBlockDevice } from '../block-io/block-file.ts';
import type { Machine } from '../machine.ts';
import { pageCacheOf } from '../page-caches.ts';
import { removeIfDeferred } from '@dmsim/dm';

/** A block device node: whoever drives `major:minor` when it is opened answers, ENXIO when no one does. */
export function blockNode(machine: Machine, major: number, minor: number): DeviceNode {
  return {
    kind: 'block',
    mode: 0o660,
    major,
    minor,
    *open(_process, path, flags) {
      const dev = findDevice(machine.layer, major, minor);
      if (dev === undefined) return 'ENXIO';
      const context = {
        dev,
        cache: pageCacheOf(machine, dev),
        closed: (closed: BlockDevice) => deviceClosed(machine, closed),
      };
      return openBlockDevice(context, path, flags);
    },
  };
}

/** A mapped device that was to be removed by its last user is now. */
function deviceClosed(machine: Machine, dev: BlockDevice): void {
  if (dev.major !== machine.dm.major) return;
  const md = machine.dm.devices.get(dev.minor);
  if (md !== undefined) removeIfDeferred(md);
}

/** Kernel-made nodes come and go with the disks; what a script makes stays. */
export function devDirectory(machine: Machine): Directory {
  const own = createDirectory({
    null: devNull,
    zero: devZero,
    full: devFull,
    mapper: createDirectory({ control: controlNode }),
    shm: createDirectory(),
  });
  const disk = (name: string): BlockDevice | undefined =>
    [...machine.layer.devices.values()].find((dev) => dev.name === name);
  return {
    kind: 'directory',
    mode: 0o755,
    entries: () => [...own.entries(), ...[...machine.layer.devices.values()].map((dev) => dev.name)],
    lookup(name): Vnode | undefined {
      const known = own.lookup(name);
      if (known !== undefined) return known;
      const dev = disk(name);
      return dev === undefined ? undefined : blockNode(machine, dev.major, dev.minor);
    },
    link: (name, node) => own.link(name, node),
    unlink: (name) => (disk(name) === undefined ? own.unlink(name) : 'EBUSY'),
  };
}

const controlNode: DeviceNode = {
  kind: 'character',
  mode: 0o600,
  major: 10,
  minor: 236,
  *open() {
    return 'EACCES';
  },
};
