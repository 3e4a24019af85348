// queueing-kept.ts — A map queues after a resume exactly if its table, or the last message, says so.
//
// A suspend turns queue_if_no_path off for its own purposes. The resume must restore what was asked for, no more and no less.
import { DM_TRACE } from '@dmsim/dm';
import { MULTIPATH_TRACE, QUEUE_IF_NO_PATH_REASONS } from '@dmsim/multipath';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { devText, instantText } from './violation.ts';

/** The queueing of one table. */
interface Queueing {
  /** The setting of the table line or of the last message; the time-out of the module counts as a message. */
  wanted: boolean;
  /** As it is. */
  on: boolean;
}

function start({ report }: WatchedRun): Check {
  const tables = new Map<number, Queueing>();

  const changed = (event: TraceEvent): void => {
    const { table, on: flag, reason } = argumentsOf(event, MULTIPATH_TRACE.mpath_queue_if_no_path);
    const on = flag === 1;
    const why = QUEUE_IF_NO_PATH_REASONS[reason];
    const known = tables.get(table);
    if (known === undefined) {
      // The watch may have begun after the table was loaded.
      if (why === 'table' || why === 'asked') tables.set(table, { wanted: on, on });
      return;
    }
    if (why === 'table' || why === 'asked') known.wanted = on;
    known.on = on;
    if (why === 'suspend' && on) say(event, 'is turned on by a suspend');
  };
  const resumed = (event: TraceEvent): void => {
    const { table } = argumentsOf(event, DM_TRACE.dm_resume);
    const known = tables.get(table);
    if (known === undefined || known.on === known.wanted) return;
    say(event, known.wanted ? 'is lost' : 'is gained, though nobody asked for it,');
    known.on = known.wanted;
  };
  const say = ({ dev, at }: TraceEvent, what: string): void => {
    const message = `queue_if_no_path of ${devText(dev)} ${what} at the resume ${instantText(at)}`;
    report({ message, at, dev });
  };
  return {
    see(event) {
      if (event.point === MULTIPATH_TRACE.mpath_queue_if_no_path.code) changed(event);
      else if (event.point === DM_TRACE.dm_resume.code) resumed(event);
      else tables.delete(argumentsOf(event, DM_TRACE.dm_destroy_table).table);
    },
  };
}

export const queueingKept: Invariant = {
  name: 'queueing is neither lost nor gained',
  meaning: 'The next loss of all paths fails I/O that should wait, or hangs I/O that should fail.',
  points: [
    MULTIPATH_TRACE.mpath_queue_if_no_path.code,
    DM_TRACE.dm_resume.code,
    DM_TRACE.dm_destroy_table.code,
  ],
  start,
};
