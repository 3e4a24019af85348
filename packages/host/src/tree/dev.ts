// dev.ts — /dev: nodes of disks (devtmpfs), nodes that scripts add, /dev/mapper, /dev/null and the like.
import type { BlockDevice } from '@dmsim/block';
import type { DeviceNode, Directory, Vnode } from '@dmsim/vfs';
import {
  createDirectory,
  createTmpfs,
  fullDevice,
  nullDevice,
  ready,
  zeroDevice,
} from '@dmsim/vfs';

import type { Userland } from '../userland.ts';
import { blockNode } from './block-node.ts';

/** The nodes of disks come and go with the disks. Nodes that a script makes stay. */
export function devDirectory(machine: Userland): Directory {
  const own = createTmpfs(machine.sim.limits.fileBytes);
  own.link('null', nullDevice());
  own.link('zero', zeroDevice());
  own.link('full', fullDevice());
  own.link('mapper', createDirectory({ control: controlNode }));
  own.link('shm', createDirectory());
  const disks = (): BlockDevice[] => [...machine.layer.devices.values()];
  return {
    kind: 'directory',
    mode: 0o755,
    entries: () => [...own.entries(), ...disks().map((dev) => dev.name)],
    lookup(name): Vnode | undefined {
      const known = own.lookup(name);
      if (known !== undefined) return known;
      const dev = disks().find((disk) => disk.name === name);
      return dev === undefined ? undefined : blockNode(machine, dev.major, dev.minor);
    },
    link: (name, node) => own.link(name, node),
    unlink: (name) => (own.lookup(name) === undefined ? 'EPERM' : own.unlink(name)),
  };
}

const controlNode: DeviceNode = {
  kind: 'character',
  mode: 0o600,
  major: 10,
  minor: 236,
  open: () => ready('EACCES'),
};
