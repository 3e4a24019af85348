// shows-devices.ts — A directory whose content depends on devices: whoever looks into it depends on what goes on in the kernel.
import type { Sim } from '@dmsim/sim';
import { touchDevices } from '@dmsim/sim';
import type { Directory } from '@dmsim/vfs';

/** The same directory. Every walk to what is below goes through it. */
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
