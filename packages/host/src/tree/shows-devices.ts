// shows-devices.ts — Marks a directory whose content depends on devices: an event that looks into it depends on the kernel's state.
import type { Sim } from '@dmsim/sim';
import { touchDevices } from '@dmsim/sim';
import type { Directory } from '@dmsim/vfs';

/** Returns the directory with its lookups marked. Every walk to a file below passes through them. */
export function showsDevices(sim: Sim, directory: Directory): Directory {
  return {
    kind: 'directory',
    mode: directory.mode,
    entries() {
      touchDevices(sim);
      return directory.entries();
    },
    lookup(name) {
      touchDevices(sim);
      return directory.lookup(name);
    },
    link(name, node) {
      touchDevices(sim);
      return directory.link(name, node);
    },
    unlink(name) {
      touchDevices(sim);
      return directory.unlink(name);
    },
  };
}
