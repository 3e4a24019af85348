// mapper-nodes.ts — /dev/mapper on a machine: `DeviceNodes` as entries of its directory.
import type { Directory } from '@dmsim/vfs';
import { lookupPath } from '@dmsim/vfs';

import type { DeviceNodes } from './device-nodes.ts';
import type { Machine } from './machine.ts';
import { blockNode } from './tree/block-node.ts';

/** `machine` is a function, since the machine holds these nodes itself. */
export function createMapperNodes(machine: () => Machine): DeviceNodes {
  const mapper = (): Directory | undefined => {
    const dev = machine().root.lookup('dev');
    const node = dev?.kind === 'directory' ? dev.lookup('mapper') : undefined;
    return node?.kind === 'directory' ? node : undefined;
  };
  // If udev runs, it makes the links itself, unless it is told to leave the device alone.
  const ours = (own = false): boolean => own || !machine().udev.running;
  return {
    create(name, { major, minor, ...changes }, own) {
      if (!ours(own)) return true;
      const { root } = machine();
      const there = lookupPath(`/dev/mapper/${name}`, { root, cwd: '/' });
      if (typeof there !== 'string') {
        if (there.kind !== 'block') return false;
        // The right one already: its owner and mode stay as they are.
        if (there.major === major && there.minor === minor) return true;
      }
      mapper()?.link(name, { ...blockNode(machine(), major, minor), ...changes });
      return true;
    },
    remove(name, own) {
      if (!ours(own)) return true;
      if (mapper()?.lookup(name)?.kind === 'directory') return false;
      mapper()?.unlink(name);
      return true;
    },
    rename(from, to, own) {
      if (!ours(own)) return true;
      const there = lookupPath(`/dev/mapper/${to}`, { root: machine().root, cwd: '/' });
      if (typeof there !== 'string' && there.kind !== 'block') return false;
      const node = mapper()?.lookup(from);
      mapper()?.unlink(to);
      if (node === undefined) return true;
      mapper()?.unlink(from);
      mapper()?.link(to, node);
      return true;
    },
  };
}
