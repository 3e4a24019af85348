// queueing-ends.ts — A map without a path queues as long as no_path_retry promised, and no longer.
//
// The daemon counts its own passes, which take longer than a second each: the promise is held to with some grace.
import { DM_TRACE } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import { MULTIPATHD_TRACE } from '@dmsim/multipathd';
import type { Nanos } from '@dmsim/sim';
import { seconds, SIM_TRACE } from '@dmsim/sim';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { devText, instantText } from './violation.ts';

/** How late a promise may be kept: passes are longer than a second, and one may have to wait for a command. */
const GRACE = 1.25;
const MORE_GRACE: Nanos = seconds(5);

interface Countdown {
  readonly since: Nanos;
  readonly length: number;
  readonly deadline: Nanos;
}

function start({ machine, report }: WatchedRun): Check {
  const promises = new Map<number, Countdown>();
  /** Maps that queue, and their active paths, as the kernel reported last. */
  const queueing = new Map<number, boolean>();
  const validPaths = new Map<number, number>();
  /** The threads that count: what they promised ends with them. */
  const counting = new Set<number>();
  let next = Infinity;

  const settle = (): void => {
    next = Math.min(Infinity, ...[...promises.values()].map(({ deadline }) => deadline));
  };
  const overdue = (at: Nanos): void => {
    for (const [dev, { since, length, deadline }] of promises) {
      if (at < deadline) continue;
      promises.delete(dev);
      if (queueing.get(dev) !== true || (validPaths.get(dev) ?? 0) > 0) continue;
      const message = `${devText(dev)} still queues ${instantText(at)} and has no path; ${instantText(since)} the daemon set out to end that in ${length} s`;
      report({ message, at, dev });
    }
    settle();
  };
  const promised = (event: TraceEvent): void => {
    const { dev, seconds: length } = argumentsOf(event, MULTIPATHD_TRACE.mpathd_recovery);
    if (length === 0) promises.delete(dev);
    else {
      const deadline = event.at + seconds(length * GRACE) + MORE_GRACE;
      promises.set(dev, { since: event.at, length, deadline });
    }
    settle();
  };
  const begins = (event: TraceEvent): void => {
    const { pid, name } = argumentsOf(event, MULTIPATHD_TRACE.mpathd_thread);
    if (machine.sim.traceNames[name] === 'multipathd: checker') counting.add(pid);
  };
  const ends = (event: TraceEvent): void => {
    if (!counting.delete(argumentsOf(event, SIM_TRACE.sched_process_exit).pid)) return;
    promises.clear();
    settle();
  };
  const kernel = (event: TraceEvent): void => {
    const { dev, point } = event;
    if (point === MULTIPATH_TRACE.mpath_queue_if_no_path.code) {
      const { on, validPaths: left } = argumentsOf(event, MULTIPATH_TRACE.mpath_queue_if_no_path);
      queueing.set(dev, on === 1);
      validPaths.set(dev, left);
    } else if (point === DM_TRACE.dm_remove.code) {
      promises.delete(dev);
      settle();
    } else validPaths.set(dev, argumentsOf(event, MULTIPATH_TRACE.mpath_path_failed).validPaths);
  };
  return {
    see(event) {
      if (event.at >= next) overdue(event.at);
      switch (event.point) {
        case MULTIPATHD_TRACE.mpathd_lock.code:
          return;
        case MULTIPATHD_TRACE.mpathd_recovery.code:
          return promised(event);
        case MULTIPATHD_TRACE.mpathd_thread.code:
          return begins(event);
        case SIM_TRACE.sched_process_exit.code:
          return ends(event);
        default:
          return kernel(event);
      }
    },
    end() {
      overdue(machine.sim.now);
    },
  };
}

export const queueingEnds: Invariant = {
  name: 'queueing ends when it was promised',
  meaning: 'I/O hangs though no_path_retry is a number, until somebody steps in.',
  points: [
    MULTIPATHD_TRACE.mpathd_recovery.code,
    MULTIPATHD_TRACE.mpathd_lock.code,
    MULTIPATHD_TRACE.mpathd_thread.code,
    SIM_TRACE.sched_process_exit.code,
    MULTIPATH_TRACE.mpath_queue_if_no_path.code,
    MULTIPATH_TRACE.mpath_path_failed.code,
    MULTIPATH_TRACE.mpath_path_reinstated.code,
    DM_TRACE.dm_remove.code,
  ],
  start,
};
