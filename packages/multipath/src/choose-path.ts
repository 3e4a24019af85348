// choose-path.ts — Chooses the path that an I/O takes. Mirrors dm-mpath.c: choose_pgpath, choose_path_in_pg, __switch_pg.
import { record } from '@dmsim/sim';

import type { Multipath, PgPath, PriorityGroup } from './multipath.ts';
import { selectPath } from './selectors/select-path.ts';
import { MULTIPATH_TRACE } from './trace-points.ts';

/** The path for an I/O of `nrBytes`, or null if there is none. Nearly every I/O calls this, so that the selector can balance. */
export function pathFor(m: Multipath, nrBytes: number): PgPath | null {
  // While a group is being initialised, all of its I/O waits and there is nothing to balance.
  if (m.queueIo && m.currentPgpath !== null) return m.currentPgpath;
  return choosePgpath(m, nrBytes);
}

/** Tries the group that was asked for, then the current one, then each in turn. A group is left only when it has no path. */
export function choosePgpath(m: Multipath, nrBytes: number): PgPath | null {
  if (m.nrValidPaths === 0) {
    m.queueIo = false;
    return noPath(m);
  }
  if (m.nextPg !== null) {
    const pgpath = choosePathInNextPg(m, m.nextPg, nrBytes);
    if (pgpath !== null) return pgpath;
  }
  // It stays in use even if it has been bypassed meanwhile.
  if (m.currentPg !== null) {
    const pgpath = selectPath(m.currentPg, nrBytes);
    if (pgpath !== null) return pgpath;
  }
  return searchGroups(m, nrBytes) ?? noPath(m);
}

function choosePathInNextPg(m: Multipath, pg: PriorityGroup, nrBytes: number): PgPath | null {
  m.nextPg = null;
  return choosePathInPg(m, pg, nrBytes);
}

function noPath(m: Multipath): null {
  if (m.currentPg !== null) traceSwitch(m, m.currentPg, null);
  m.currentPgpath = null;
  m.currentPg = null;
  return null;
}

/** Tries bypassed groups last. To spare them, a further attempt to initialise one is delayed. */
function searchGroups(m: Multipath, nrBytes: number): PgPath | null {
  for (const pg of m.priorityGroups) {
    const pgpath = pg.bypassed ? null : choosePathInPg(m, pg, nrBytes);
    if (pgpath !== null) return pgpath;
  }
  for (const pg of m.priorityGroups) {
    const pgpath = pg.bypassed ? choosePathInPg(m, pg, nrBytes) : null;
    if (pgpath === null) continue;
    m.pgInitDelayRetry = true;
    return pgpath;
  }
  return null;
}

function choosePathInPg(m: Multipath, pg: PriorityGroup, nrBytes: number): PgPath | null {
  const pgpath = selectPath(pg, nrBytes);
  if (pgpath !== null && m.currentPg !== pg) enterPg(m, pg, pgpath);
  return pgpath;
}

/** With a hardware handler I/O waits until the group has been initialised (__switch_pg). */
function enterPg(m: Multipath, pg: PriorityGroup, pgpath: PgPath): void {
  traceSwitch(m, m.currentPg, pg);
  m.currentPg = pg;
  m.currentPgpath = pgpath;
  const mustInit = m.hwHandlerName !== null;
  m.pgInitRequired = mustInit;
  m.queueIo = mustInit;
  m.pgInitCount = 0;
}

function traceSwitch(m: Multipath, from: PriorityGroup | null, to: PriorityGroup | null): void {
  const { sim } = m;
  if (sim.trace === null) return;
  const point = MULTIPATH_TRACE.mpath_group_switched.code;
  record(sim, point, m.md.dev, from?.pgNum ?? 0, to?.pgNum ?? 0);
}
