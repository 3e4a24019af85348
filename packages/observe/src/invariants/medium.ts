// medium.ts — Finds the medium that a device leads to, so that reads through one name can be checked against writes through another.
import type { BlockDevice, Store } from '@dmsim/block';
import { scsiDeviceOf } from '@dmsim/block';

import type { Watched } from '../watched.ts';

/**
 * Gives devices that lead to one medium, sector for sector, the same number: a plain disk, the paths to one logical unit, a
 * multipath map over such paths. Any other device gets 0, since other targets may put data anywhere.
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
    if (dev.major !== machine.dm.major) return numberOf(scsiDeviceOf(dev)?.behind.store ?? dev);
    const store = commonStore(machine, dev);
    return store === null ? 0 : numberOf(store);
  };
}

/** The medium of a map whose live table is multipath over paths to one medium; null for any other map. */
function commonStore({ dm }: Watched, dev: BlockDevice): Store | null {
  const map = dm.devices.get(dev.minor)?.map;
  const [target, ...others] = map?.targets ?? [];
  if (target?.type.name !== 'multipath' || others.length > 0) return null;
  const stores = (map?.devices ?? []).map(({ bdev }) => scsiDeviceOf(bdev)?.behind.store);
  const [store] = stores;
  return store !== undefined && stores.every((other) => other === store) ? store : null;
}
