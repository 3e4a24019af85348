// queueing-ends.ts — A map without a path queues as long as no_path_retry promised, and no longer.
//
// The daemon counts its own passes, which take longer than a second each: the promise is held to with some grace. A suspended map takes no
// messages: the daemon tells it once, and what it is not told it does not do.
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';
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
const PASS: Nanos = seconds(1);

const SUSPENDED = SUSPEND_PHASES.indexOf('suspended');

interface Countdown {
  readonly since: Nanos;
  readonly length: number;
  readonly deadline: Nanos;
}

/** What the daemon has promised, by map. */
interface Promises {
  readonly open: Map<number, Countdown>;
  /** The first deadline. */
  next: Nanos;
}

function settle(promises: Promises): void {
  const deadlines = [...promises.open.values()].map(({ deadline }) => deadline);
  promises.next = Math.min(Infinity, ...deadlines);
}

function promised({ open }: Promises, event: TraceEvent): void {
  const { dev, seconds: length } = argumentsOf(event, MULTIPATHD_TRACE.mpathd_recovery);
  if (length === 0) open.delete(dev);
  else {
    const deadline = event.at + seconds(length * GRACE) + MORE_GRACE;
    open.set(dev, { since: event.at, length, deadline });
  }
}

/** The message may have come while the map was suspended, unless that was for less than a pass of the daemon. */
function resumed({ open }: Promises, dev: number, { from, at }: { from: Nanos; at: Nanos }): void {
  const promise = open.get(dev);
  if (promise === undefined || at - from < PASS) return;
  if (at >= promise.since + seconds(promise.length)) open.delete(dev);
}

/** What the kernel says of maps. */
interface Maps {
  readonly queueing: Map<number, boolean>;
  /** Active paths, as the kernel reported last. */
  readonly validPaths: Map<number, number>;
  /** Since when. */
  readonly suspended: Map<number, Nanos>;
}

function seeKernel(maps: Maps, promises: Promises, event: TraceEvent): void {
  const { dev, point, at } = event;
  switch (point) {
    case MULTIPATH_TRACE.mpath_queue_if_no_path.code: {
      const { on, validPaths } = argumentsOf(event, MULTIPATH_TRACE.mpath_queue_if_no_path);
      maps.queueing.set(dev, on === 1);
      maps.validPaths.set(dev, validPaths);
      return;
    }
    case DM_TRACE.dm_suspend.code:
      if (argumentsOf(event, DM_TRACE.dm_suspend).phase === SUSPENDED) maps.suspended.set(dev, at);
      return;
    case DM_TRACE.dm_resume.code:
      resumed(promises, dev, { from: maps.suspended.get(dev) ?? at, at });
      maps.suspended.delete(dev);
      return;
    case DM_TRACE.dm_remove.code:
      promises.open.delete(dev);
      maps.suspended.delete(dev);
      return;
    default:
      maps.validPaths.set(dev, argumentsOf(event, MULTIPATH_TRACE.mpath_path_failed).validPaths);
  }
}

function start({ machine, report }: WatchedRun): Check {
  const promises: Promises = { open: new Map(), next: Infinity };
  const maps: Maps = { queueing: new Map(), validPaths: new Map(), suspended: new Map() };
  /** The threads that count: what they promised ends with them. */
  const counting = new Set<number>();

  const overdue = (at: Nanos): void => {
    for (const [dev, { since, length, deadline }] of promises.open) {
      if (at < deadline) continue;
      promises.open.delete(dev);
      if (maps.suspended.has(dev)) continue;
      if (maps.queueing.get(dev) !== true || (maps.validPaths.get(dev) ?? 0) > 0) continue;
      const message = `${devText(dev)} still queues ${instantText(at)} and has no path; ${instantText(since)} the daemon set out to end that in ${length} s`;
      report({ message, at, dev });
    }
    settle(promises);
  };
  const begins = (event: TraceEvent): void => {
    const { pid, name } = argumentsOf(event, MULTIPATHD_TRACE.mpathd_thread);
    if (machine.sim.traceNames[name] === 'multipathd: checker') counting.add(pid);
  };
  const ends = (event: TraceEvent): void => {
    if (!counting.delete(argumentsOf(event, SIM_TRACE.sched_process_exit).pid)) return;
    promises.open.clear();
  };
  return {
    see(event) {
      if (event.at >= promises.next) overdue(event.at);
      switch (event.point) {
        case MULTIPATHD_TRACE.mpathd_lock.code:
          return;
        case MULTIPATHD_TRACE.mpathd_recovery.code:
          promised(promises, event);
          break;
        case MULTIPATHD_TRACE.mpathd_thread.code:
          return begins(event);
        case SIM_TRACE.sched_process_exit.code:
          ends(event);
          break;
        default:
          seeKernel(maps, promises, event);
      }
      if (promises.open.size > 0 || promises.next !== Infinity) settle(promises);
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
    DM_TRACE.dm_suspend.code,
    DM_TRACE.dm_resume.code,
    DM_TRACE.dm_remove.code,
  ],
  start,
};
