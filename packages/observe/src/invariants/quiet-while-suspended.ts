// quiet-while-suspended.ts — No bio is in a target from the end of a suspend to the resume.
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { flightOn } from './ledger.ts';
import { bioText, devText, instantText } from './violation.ts';

const SUSPENDED = SUSPEND_PHASES.indexOf('suspended');

function start({ ledger, report }: WatchedRun): Check {
  const mapped = (event: TraceEvent): void => {
    if (event.dm?.state !== 'suspended') return;
    const { at, id, dev } = event;
    const message = `${bioText(event.bio ?? event)} is mapped by ${devText(dev)} ${instantText(at)}, which is suspended`;
    report({ message, at, bioId: id, dev });
  };
  const suspended = ({ at, dev }: TraceEvent): void => {
    for (const bio of ledger.bios.values()) {
      const flight = flightOn(bio, dev);
      if (flight === undefined || flight.clones <= 0) continue;
      const message = `${devText(dev)} counts as suspended ${instantText(at)} though ${bioText(bio)} is in flight below it`;
      report({ message, at, bioId: bio.id, dev });
    }
  };
  return {
    see(event) {
      if (event.point === DM_TRACE.dm_map.code) mapped(event);
      else if (argumentsOf(event, DM_TRACE.dm_suspend).phase === SUSPENDED) suspended(event);
    },
  };
}

export const quietWhileSuspended: Invariant = {
  name: 'a suspended device sends nothing',
  meaning: 'I/O reaches the disks while the table may be changed under it.',
  points: [DM_TRACE.dm_map.code, DM_TRACE.dm_suspend.code],
  start,
};
