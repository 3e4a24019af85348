// names.ts — Names of devices in the timeline.
import { devText } from '../invariants/violation.ts';
import type { Watched } from '../watched.ts';

/** `sda (8:0)`; a disk that is gone keeps the name under which it was first seen. */
export function deviceNames(machine: Watched): (dev: number) => string {
  const known = new Map<number, string>();
  return (dev) => {
    let name = known.get(dev);
    if (name === undefined) {
      const disk = machine.layer.devices.get(dev);
      name = disk === undefined ? devText(dev) : `${disk.name} (${devText(dev)})`;
      known.set(dev, name);
    }
    return name;
  };
}
