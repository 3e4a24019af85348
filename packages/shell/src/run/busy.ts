// busy.ts — A loop that polls for a change would never end if its commands took no time.
import type { Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';

import type { Shell } from '../shell.ts';
import { handleSignals } from './trap.ts';

/** After so many commands without a wait, 10 ms pass. */
const BUSY_SLICE = 1000;
const BUSY_COST = 10e6;

/** Counts a command, or a round of a loop without any. */
export const isTurnOver = (shell: Shell): boolean => ++shell.busy % BUSY_SLICE === 0;

export function* takeTime(shell: Shell): Task<void> {
  withinLimit(shell.sim.limits, 'busyCommands', shell.busy);
  yield { on: 'its turn', queue: null, timeout: BUSY_COST, interruptible: true };
  yield* handleSignals(shell);
}
