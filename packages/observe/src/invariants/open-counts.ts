// open-counts.ts — When a run is over, a disk is held open by exactly the tables that there are.
import type { BlockDevice } from '@dmsim/block';
import { devNumber } from '@dmsim/block';
import type { MappedDevice } from '@dmsim/dm';

import type { Watched } from '../watched.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { instantText } from './violation.ts';

function start({ machine, report }: WatchedRun): Check {
  return {
    see: () => undefined,
    end({ nothingDue }) {
      if (!nothingDue) return;
      const at = machine.sim.now;
      const maps = [...machine.dm.devices.values()];
      // A resume that waits has a table in its hands that is in no slot.
      if (maps.some((md) => md.suspendLock.locked || md.freeing)) return;
      const holders = new Map<BlockDevice, number>();
      for (const md of maps) {
        const wrong = wrongUses(md);
        for (const bdev of md.tableDevices.keys()) holders.set(bdev, (holders.get(bdev) ?? 0) + 1);
        if (wrong !== null) report({ message: `${wrong} ${instantText(at)}`, at, dev: md.dev });
      }
      for (const { bdev, wanted, found } of wrongHolders(machine, holders)) {
        const message = `${bdev.name} is held open by ${found} of device-mapper's devices ${instantText(at)}, but ${wanted} have it in a table`;
        report({ message, at, dev: devNumber(bdev.major, bdev.minor) });
      }
    },
  };
}

/** The tables of one device against the uses it counts. */
function wrongUses({ name, cell, map, tableDevices }: MappedDevice): string | null {
  const tables = [map, cell?.newMap ?? null].filter((table) => table !== null);
  for (const [bdev, uses] of tableDevices) {
    const users = tables.filter(({ devices }) => devices.some((dev) => dev.bdev === bdev));
    if (users.length === uses) continue;
    return `${name} counts ${uses} uses of ${bdev.name}, and ${users.length} of its tables have it`;
  }
  return null;
}

interface WrongHolders {
  readonly bdev: BlockDevice;
  readonly wanted: number;
  readonly found: number;
}

function wrongHolders(
  { layer }: Watched,
  holders: ReadonlyMap<BlockDevice, number>,
): WrongHolders[] {
  const wrong: WrongHolders[] = [];
  const look = (bdev: BlockDevice): void => {
    if (bdev.holder !== null && bdev.holder !== 'device-mapper') return;
    const wanted = holders.get(bdev) ?? 0;
    if (bdev.holders !== wanted) wrong.push({ bdev, wanted, found: bdev.holders });
  };
  for (const bdev of layer.devices.values()) look(bdev);
  // Those that are gone are held by tables alone.
  for (const bdev of holders.keys()) if (layer.devices.get(bdev.dev) !== bdev) look(bdev);
  return wrong;
}

export const openCounts: Invariant = {
  name: 'disks are open as often as tables have them',
  meaning: 'A disk can never be removed, or goes away under a table that still uses it.',
  points: [],
  start,
};
