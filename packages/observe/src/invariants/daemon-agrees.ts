// daemon-agrees.ts — When nothing changes, the daemon's idea of a path and the kernel's agree within two checks. A suspended map takes no messages.
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import { MULTIPATHD_TRACE, PATH_IDEAS } from '@dmsim/multipathd';
import type { Nanos } from '@dmsim/sim';
import { seconds } from '@dmsim/sim';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Finding, Invariant, WatchedRun } from './invariant.ts';
import { devText, instantText } from './violation.ts';

/** Passes of the daemon are longer than a second. */
const GRACE: Nanos = seconds(3);

/** A disagreement about a path of one map, between two changes. */
interface Disagreement {
  since: Nanos;
  what: string;
  reported: boolean;
}

const SUSPENDED = SUSPEND_PHASES.indexOf('suspended');

const key = (dev: number, path: number): string => `${dev} ${path}`;

function forget(dev: number, from: Map<string, unknown> | Set<string>): void {
  for (const one of from.keys()) if (one.startsWith(`${dev} `)) from.delete(one);
}

function start({ report }: WatchedRun): Check {
  /** Paths that the kernel has failed. */
  const failed = new Set<string>();
  const open = new Map<string, Disagreement>();
  const suspended = new Set<number>();

  const changed = (event: TraceEvent): void => {
    const { dev, path } = argumentsOf(event, MULTIPATH_TRACE.mpath_path_failed);
    if (event.point === MULTIPATH_TRACE.mpath_path_failed.code) failed.add(key(dev, path));
    else failed.delete(key(dev, path));
    open.delete(key(dev, path));
  };
  const sampled = (event: TraceEvent): void => {
    const { dev, path, idea, interval } = argumentsOf(event, MULTIPATHD_TRACE.mpathd_path);
    const at = key(dev, path);
    const isOpen = dev !== 0 && !suspended.has(dev);
    const what = isOpen ? difference(idea, failed.has(at)) : null;
    const before = open.get(at);
    if (what === null) open.delete(at);
    else if (before?.what !== what) open.set(at, { since: event.at, what, reported: false });
    else complain(before, { dev, path, interval, at: event.at }, report);
  };
  return {
    see(event) {
      switch (event.point) {
        case MULTIPATHD_TRACE.mpathd_path.code:
          return sampled(event);
        case MULTIPATH_TRACE.mpath_path_failed.code:
        case MULTIPATH_TRACE.mpath_path_reinstated.code:
          return changed(event);
        case DM_TRACE.dm_suspend.code:
          if (argumentsOf(event, DM_TRACE.dm_suspend).phase === SUSPENDED) suspended.add(event.dev);
          return;
        case DM_TRACE.dm_resume.code:
          suspended.delete(event.dev);
          return;
        default:
          // The paths of another table are active until they fail; a map that is gone has none.
          forget(event.dev, failed);
          forget(event.dev, open);
          if (event.point === DM_TRACE.dm_remove.code) suspended.delete(event.dev);
      }
    },
  };
}

/** Null: they agree, or the daemon keeps the path out on purpose. */
function difference(idea: number, isFailed: boolean): string | null {
  switch (PATH_IDEAS[idea]) {
    case 'usable':
      return isFailed ? 'the daemon finds it usable, and the kernel has failed it' : null;
    case 'unusable':
      return isFailed ? null : 'the daemon finds it unusable, and the kernel uses it';
    default:
      return null;
  }
}

interface Checked {
  readonly dev: number;
  readonly path: number;
  /** Seconds. */
  readonly interval: number;
  readonly at: Nanos;
}

function complain(
  one: Disagreement,
  { dev, path, interval, at }: Checked,
  report: (finding: Finding) => void,
): void {
  if (one.reported || at - one.since <= seconds(2 * interval) + GRACE) return;
  one.reported = true;
  const message = `path ${devText(path)} of ${devText(dev)}: ${one.what}, ${instantText(at)} as well as ${instantText(one.since)}`;
  report({ message, at, dev });
}

export const daemonAgrees: Invariant = {
  name: 'daemon and kernel agree about paths',
  meaning: 'A path that is good is not used, or I/O goes on failing on one that is not.',
  points: [
    MULTIPATHD_TRACE.mpathd_path.code,
    MULTIPATH_TRACE.mpath_path_failed.code,
    MULTIPATH_TRACE.mpath_path_reinstated.code,
    DM_TRACE.dm_suspend.code,
    DM_TRACE.dm_resume.code,
    DM_TRACE.dm_swap_table.code,
    DM_TRACE.dm_remove.code,
  ],
  start,
};
