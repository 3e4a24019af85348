// suspends-paired.ts — Suspends and resumes take turns, and a table is replaced only in between.
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import type { SuspendState } from './ledger.ts';
import { devText, instantText } from './violation.ts';

/** The states from which each phase may come. */
const FROM: Readonly<Record<(typeof SUSPEND_PHASES)[number], readonly SuspendState[]>> = {
  begin: ['running'],
  blocked: ['suspending'],
  suspended: ['blocked'],
  undone: ['suspending', 'blocked'],
};

const VERBS: Readonly<Record<(typeof SUSPEND_PHASES)[number], string>> = {
  begin: 'begins to suspend',
  blocked: 'blocks I/O',
  suspended: 'counts as suspended',
  undone: 'gives a suspend up',
};

function start({ report }: WatchedRun): Check {
  const say = ({ dev, at, dm }: TraceEvent, what: string): void => {
    const message = `${devText(dev)} ${what} ${instantText(at)} while it is ${dm?.state ?? 'unknown'}`;
    report({ message, at, dev });
  };
  return {
    see(event) {
      const { dm, point } = event;
      if (dm === null) return;
      if (point === DM_TRACE.dm_suspend.code) {
        const phase = SUSPEND_PHASES[argumentsOf(event, DM_TRACE.dm_suspend).phase] ?? 'begin';
        if (!FROM[phase].includes(dm.state)) say(event, VERBS[phase]);
      } else if (dm.state !== 'suspended') {
        say(event, point === DM_TRACE.dm_resume.code ? 'resumes' : 'gets another table');
      }
    },
  };
}

export const suspendsPaired: Invariant = {
  name: 'suspends and resumes take turns',
  meaning:
    'A device is resumed that someone else relies on to be suspended, or the other way round.',
  points: [DM_TRACE.dm_suspend.code, DM_TRACE.dm_resume.code, DM_TRACE.dm_swap_table.code],
  start,
};
