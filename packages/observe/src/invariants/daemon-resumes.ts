// daemon-resumes.ts — multipath and its daemon resume or remove a map that they have suspended, before they go on to something else.
import { DM_TRACE } from '@dmsim/dm';
import { LOCK_PHASES, MAP_VERBS, MULTIPATHD_TRACE } from '@dmsim/multipathd';
import { SIM_TRACE } from '@dmsim/sim';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { devText, instantText } from './violation.ts';

function start({ report }: WatchedRun): Check {
  /** By map: the process that has suspended it. */
  const suspendedBy = new Map<number, number>();

  const goesOn = (pid: number, at: number): void => {
    for (const [dev, by] of suspendedBy) {
      if (by !== pid) continue;
      suspendedBy.delete(dev);
      const message = `${devText(dev)} was suspended by process ${pid}, which goes on ${instantText(at)} without having resumed or removed it`;
      report({ message, at, dev });
    }
  };
  const changes = (event: TraceEvent): void => {
    const { dev, verb, pid, asked } = argumentsOf(event, MULTIPATHD_TRACE.mpathd_map);
    if (MAP_VERBS[verb] === 'suspend' && asked === 0) suspendedBy.set(dev, pid);
  };
  return {
    see(event) {
      switch (event.point) {
        case MULTIPATHD_TRACE.mpathd_map.code:
          return changes(event);
        case MULTIPATHD_TRACE.mpathd_lock.code: {
          if (suspendedBy.size === 0) return;
          const { pid, phase } = argumentsOf(event, MULTIPATHD_TRACE.mpathd_lock);
          if (LOCK_PHASES[phase] === 'frees') goesOn(pid, event.at);
          return;
        }
        case SIM_TRACE.sched_process_exit.code:
          // Every program of a lab ends.
          if (suspendedBy.size > 0)
            goesOn(argumentsOf(event, SIM_TRACE.sched_process_exit).pid, event.at);
          return;
        default:
          suspendedBy.delete(event.dev);
      }
    },
  };
}

export const daemonResumes: Invariant = {
  name: 'who suspends a map resumes or removes it',
  meaning: 'All I/O of the map waits for ever, and so does whoever syncs all disks.',
  points: [
    MULTIPATHD_TRACE.mpathd_map.code,
    MULTIPATHD_TRACE.mpathd_lock.code,
    SIM_TRACE.sched_process_exit.code,
    DM_TRACE.dm_resume.code,
    DM_TRACE.dm_remove.code,
  ],
  start,
};
