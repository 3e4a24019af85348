// left-suspended.ts — Once everything is put right, no device is left suspended: a suspend ends in a resume or a removal.
//
// Not for every lab: one that ends between the two is no mistake.
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { devText, instantText } from './violation.ts';

function start({ machine, ledger, report }: WatchedRun): Check {
  return {
    see: () => undefined,
    end({ nothingDue }) {
      if (!nothingDue) return;
      const at = machine.sim.now;
      for (const { dev, minor, suspended } of machine.dm.devices.values()) {
        const state = ledger.devices.get(dev)?.state;
        if (state === undefined || (state === 'running' && !suspended)) continue;
        const device = `${devText(dev)} (dm-${minor})`;
        const message = suspended
          ? `${device} is suspended ${instantText(at)}, and nobody will resume it`
          : `a suspend of ${device} waits ${instantText(at)} for I/O in flight, and nothing will ever complete that`;
        report({ message, at, dev });
      }
    },
  };
}

export const leftSuspended: Invariant = {
  name: 'no device is left suspended',
  meaning: 'All I/O of the device waits for ever, and so does whoever syncs all disks.',
  points: [],
  start,
};
