// medium.ts — Which medium a device leads to, as far as reads through one name can be held to writes through another.
import type { BlockDevice, Store } from '@dmsim/block';
import { scsiDeviceOf } from '@dmsim/block';

import type { Watched } from '../watched.ts';

/**
 * A number that all ways to a medium share, sector for sector: a disk of its own, the paths to one logical unit, a
 * multipath map over such paths. 0 for whatever else there is: a table of other targets may put data anywhere.
 */
export function mediumFinder(machine: Watched): (dev: BlockDevice) => number {
  const numbers = new Map<BlockDevice | Store, number>();
  const numberOf = (medium: BlockDevice | Store): number => {
    let number = numbers.get(medium);
    if (number === undefined) {
      number = numbers.size + 1;
      numbers.set(medium, number);
    }
    return number;
  };
  return (dev) => {
    if (dev.major !== machine.dm.major) return numberOf(scsiDeviceOf(dev)?.unit.store ?? dev);
    const store = commonStore(machine, dev);
    return store === null ? 0 : numberOf(store);
  };
}

/** Of a map whose live table is multipath over paths to one medium; null for any other. */
function commonStore({ dm }: Watched, dev: BlockDevice): Store | null {
  const map = dm.devices.get(dev.minor)?.map;
  const [target, ...others] = map?.targets ?? [];
  if (target?.type.name !== 'multipath' || others.length > 0) return null;
  const stores = (map?.devices ?? []).map(({ bdev }) => scsiDeviceOf(bdev)?.unit.store);
  const [store] = stores;
  return store !== undefined && stores.every((other) => other === store) ? store : null;
}
