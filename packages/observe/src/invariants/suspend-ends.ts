// suspend-ends.ts — A suspend is over soon after the last I/O has come back, given back or done.
//
// It may wait as long as a disk holds I/O. I/O that waits in the target itself, without a path, must not hold it up: presuspend turns
// queueing off, and with noflush the target gives back what it has. An administrator who turns queueing on again while
// the suspend waits makes it wait, in Linux too.
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';
import { MULTIPATH_TRACE, QUEUE_IF_NO_PATH_REASONS } from '@dmsim/multipath';
import type { Nanos } from '@dmsim/sim';
import { formatSeconds, millis } from '@dmsim/sim';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import type { Ledger } from './ledger.ts';
import { flightOn } from './ledger.ts';
import { bioText, devText, instantText } from './violation.ts';

/** The wait looks again every 5 ms, and workers are flushed before it. */
const SOON = millis(100);

interface Waiting {
  /** When I/O was blocked, or the last I/O came back. */
  since: Nanos;
  /** Queueing was turned on meanwhile. */
  excused: boolean;
}

function start({ machine, ledger, report }: WatchedRun): Check {
  const bound = SOON + 10 * machine.sim.slack;
  const waits = new Map<number, Waiting>();

  const phase = (event: TraceEvent): void => {
    const { dev, at } = event;
    const name = SUSPEND_PHASES[argumentsOf(event, DM_TRACE.dm_suspend).phase];
    if (name === 'blocked') {
      waits.set(dev, { since: at, excused: false });
      return;
    }
    const wait = waits.get(dev);
    waits.delete(dev);
    if (name !== 'suspended' || wait === undefined || wait.excused) return;
    if (at - wait.since <= bound) return;
    const message = `the suspend of ${devText(dev)} is over ${instantText(at)}, ${formatSeconds(at - wait.since)} s after its last I/O has come back`;
    report({ message, at, dev });
  };
  const queueing = (event: TraceEvent): void => {
    const wait = waits.get(event.dev);
    if (wait === undefined) return;
    const { on, reason } = argumentsOf(event, MULTIPATH_TRACE.mpath_queue_if_no_path);
    if (on === 1 && QUEUE_IF_NO_PATH_REASONS[reason] === 'asked') wait.excused = true;
  };
  return {
    see(event) {
      if (event.point === DM_TRACE.dm_end_io.code) {
        const wait = waits.size === 0 ? undefined : waits.get(event.dev);
        if (wait !== undefined) wait.since = event.at;
      } else if (event.point === DM_TRACE.dm_suspend.code) phase(event);
      else queueing(event);
    },
    end({ nothingDue }) {
      const at = machine.sim.now;
      for (const [dev, { since, excused }] of waits) {
        if (excused || (!nothingDue && at - since <= bound)) continue;
        const held = heldUpBy(ledger, dev);
        if (held === null) continue;
        const message = `the suspend of ${devText(dev)} waits ${instantText(at)}, ${formatSeconds(at - since)} s after anything came back, ${held}`;
        report({ message, at, dev });
      }
    },
  };
}

/** Null: a disk, or a device below, still has some of its I/O. */
function heldUpBy(ledger: Ledger, dev: number): string | null {
  let queued: string | null = null;
  for (const bio of ledger.bios.values()) {
    if ((flightOn(bio, dev)?.clones ?? 0) <= 0) continue;
    if (!bio.pieces.some((piece) => piece.dev === dev && piece.kind === 'queued in the target')) {
      return null;
    }
    queued ??= `for ${bioText(bio)}, which waits in its target`;
  }
  return queued ?? 'though no I/O is in flight';
}

export const suspendEnds: Invariant = {
  name: 'a suspend ends when its I/O has come back',
  meaning: 'A suspend, and whoever waits for it, hangs for no reason.',
  points: [
    DM_TRACE.dm_end_io.code,
    DM_TRACE.dm_suspend.code,
    MULTIPATH_TRACE.mpath_queue_if_no_path.code,
  ],
  start,
};
