// destroyed-table.ts — A destroyed table has no I/O in flight and receives none.
import { DM_TRACE } from '@dmsim/dm';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { flightOn } from './ledger.ts';
import { bioText, devText, instantText } from './violation.ts';

function start({ ledger, report }: WatchedRun): Check {
  const mapped = (event: TraceEvent): void => {
    if (event.dm?.tableIsDestroyed !== true) return;
    const { at, id, dev } = event;
    const message = `${bioText(event.bio ?? event)} is mapped ${instantText(at)} by a table of ${devText(dev)} that is destroyed`;
    report({ message, at, bioId: id, dev });
  };
  const destroyed = (event: TraceEvent): void => {
    const { at } = event;
    const { dev, table } = argumentsOf(event, DM_TRACE.dm_destroy_table);
    for (const bio of ledger.bios.values()) {
      const flight = flightOn(bio, dev);
      if (flight === undefined || flight.clones <= 0 || flight.table !== table) continue;
      const message = `table ${table} of ${devText(dev)} is destroyed ${instantText(at)} while ${bioText(bio)} is in flight in it`;
      report({ message, at, bioId: bio.id, dev });
    }
  };
  return {
    see(event) {
      if (event.point === DM_TRACE.dm_map.code) mapped(event);
      else destroyed(event);
    },
  };
}

export const destroyedTable: Invariant = {
  name: 'a destroyed table has no I/O',
  meaning: 'I/O runs through memory that has been freed: a kernel would crash or corrupt data.',
  points: [DM_TRACE.dm_map.code, DM_TRACE.dm_destroy_table.code],
  start,
};
