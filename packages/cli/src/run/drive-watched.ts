// drive-watched.ts — Runs one lab of many that use the user's code: a hook that never returns must not stop all of them.
import type { Drive, LabOutcome, Machine } from '@dmsim/host';
import { limited } from '@dmsim/host';
import { showTrace } from '@dmsim/sim';

import { callWithin } from '../process/watchdog.ts';
import { eventOf } from './drive-lab.ts';

/** Events between two looks at the clock, and ms of one call of the watchdog, which costs some. */
const PIECE = 200;
const SLICE_MS = 50;
/** However long a run may take, none of its events takes so long. */
const STUCK_MS = 10_000;

/** A run that is broken off ends by the limit cpuTime, whose message names the hook. */
export const driveWatched =
  (stuckMs: number = STUCK_MS): Drive =>
  (machine, lab) => {
    for (;;) {
      const outcome = callWithin(stuckMs, () => slice(machine, lab));
      if (outcome === undefined) return limited(machine, 'cpuTime', eventOf(machine));
      if (outcome !== null) return outcome;
    }
  };

function slice(machine: Machine, lab: Parameters<Drive>[1]): LabOutcome | null {
  const end = clock() + SLICE_MS;
  for (;;) {
    const outcome = lab.advance(PIECE);
    // Invariants of the user's own see the last events within the time, too.
    if (outcome !== null) showTrace(machine.sim);
    if (outcome !== null || clock() >= end) return outcome;
  }
}

const clock = (): number => process.uptime() * 1000;
