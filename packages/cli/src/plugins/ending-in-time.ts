// ending-in-time.ts — Breaks off the hooks of a user's invariant that are called before a run and after it, where nothing else watches the time.
import type { Check, Invariant } from '@dmsim/observe';
import { HookStuck } from '@dmsim/observe';

import { callWithin } from '../process/watchdog.ts';

const PATIENCE_MS = 5000;

/** The same invariant. `see` is left as it is: it is called in the middle of a run, which a watchdog of its own breaks off. */
export function endingInTime(invariant: Invariant): Invariant {
  const { name, meaning, points } = invariant;
  return {
    name,
    meaning,
    points,
    start: (run) => withWatchedEnd(inTime(() => invariant.start(run))),
  };
}

function withWatchedEnd(check: Check): Check {
  // What is no check at all is told by others.
  const { see } = Object(check) as Partial<Check>;
  if (typeof see !== 'function' || check.end === undefined) return check;
  return {
    see: (event) => check.see(event),
    end: (at) => inTime(() => check.end?.(at)),
  };
}

function inTime<T>(act: () => T): T {
  const result = callWithin(PATIENCE_MS, () => ({ value: act() }));
  if (result === undefined) throw new HookStuck(`does not end: ${PATIENCE_MS / 1000} s are over`);
  return result.value;
}
