// dispatched-in-time.ts — A bio that waits in a target is sent soon after there is a path for it.
//
// `path-used.ts` finds what still waits when the run is over. A lost wake-up is often hidden by a later one, and shows only in
// the time that passes from the last thing that should have woken the queue to the moment when it is looked at.
import { DM_TRACE } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import type { Nanos } from '@dmsim/sim';
import { formatSeconds, millis, seconds } from '@dmsim/sim';

import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { findPiece } from './ledger.ts';
import { bioText, devText, instantText } from './violation.ts';

/** A worker runs within it, even on a machine that is busy. */
const SOON = millis(100);
/** A group is activated within it: `pg_init_delay_msecs` is a minute at most. */
const ACTIVATION = seconds(61);

function start({ machine, report }: WatchedRun): Check {
  const bound = SOON + 10 * machine.sim.slack;
  /** By device: when the last event came that could end a wait, and for how long it may take effect. */
  const changed = new Map<number, { at: Nanos; within: Nanos }>();

  const dequeued = (event: TraceEvent): void => {
    const { bio, dm, at, dev } = event;
    if (bio === null || dm === null || dm.validPaths === null || dm.validPaths === 0) return;
    const piece = findPiece(bio, event, (kind) => kind === 'queued in the target');
    const last = changed.get(dev);
    if (piece === undefined || last === undefined) return;
    const since = Math.max(piece.at, last.at);
    if (at - since <= last.within) return;
    const message = `${bioText(bio)} is taken from the target of ${devText(dev)} ${instantText(at)}, ${formatSeconds(at - since)} s after the last change, though ${dm.validPaths} of its paths could be used`;
    report({ message, at, bioId: bio.id, dev });
  };
  return {
    see(event) {
      const { point, dev, at } = event;
      if (point === MULTIPATH_TRACE.mpath_bio_dequeued.code) {
        dequeued(event);
        return;
      }
      const within = ACTIVATING.has(point) ? ACTIVATION : bound;
      const last = changed.get(dev);
      if (last === undefined) {
        changed.set(dev, { at, within });
      } else {
        last.at = at;
        last.within = within;
      }
    },
  };
}

const ACTIVATING: ReadonlySet<number> = new Set([
  MULTIPATH_TRACE.mpath_pg_init_start.code,
  MULTIPATH_TRACE.mpath_pg_init_done.code,
]);

export const dispatchedInTime: Invariant = {
  name: 'queued I/O is sent soon after a path is there',
  meaning: 'I/O waits longer than it has to, until something else happens to wake it.',
  points: [
    MULTIPATH_TRACE.mpath_bio_dequeued.code,
    MULTIPATH_TRACE.mpath_path_failed.code,
    MULTIPATH_TRACE.mpath_path_reinstated.code,
    MULTIPATH_TRACE.mpath_group_switched.code,
    MULTIPATH_TRACE.mpath_queue_if_no_path.code,
    DM_TRACE.dm_suspend.code,
    DM_TRACE.dm_resume.code,
    DM_TRACE.dm_swap_table.code,
    ...ACTIVATING,
  ],
  start,
};
