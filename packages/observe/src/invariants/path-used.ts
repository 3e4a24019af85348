// path-used.ts — No bio keeps waiting inside a target that has a path for it.
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { bioText, devText, instantText } from './violation.ts';

/**
 * Checked only at the end, when nothing is due any more: a bio may wait a while for its group to be initialised or for a
 * delayed retry, and both have an event to come.
 */
function start({ machine, ledger, report }: WatchedRun): Check {
  return {
    see: () => undefined,
    end({ nothingDue }) {
      if (!nothingDue) return;
      const at = machine.sim.now;
      for (const bio of ledger.bios.values()) {
        for (const { kind, dev } of bio.pieces) {
          const paths = ledger.devices.get(dev)?.validPaths ?? 0;
          if (kind !== 'queued in the target' || paths === 0) continue;
          const message = `${bioText(bio)} is still queued in the target of ${devText(dev)} ${instantText(at)} though ${paths} of its paths can be used`;
          report({ message, at, bioId: bio.id, dev });
        }
      }
    },
  };
}

export const pathUsed: Invariant = {
  name: 'queued I/O uses a path that is there',
  meaning: 'I/O goes on waiting although it could be done.',
  points: [],
  start,
};
