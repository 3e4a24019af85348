// path-state.ts — Fails and reinstates paths, bypasses and switches groups. Mirrors dm-mpath.c: fail_path,
// reinstate_path, bypass_pg, switch_pg_num, trigger_event.
import { pathUevent, tableEvent } from '@dmsim/dm';
import type { Errno } from '@dmsim/sim';
import { printk, queueWork, record } from '@dmsim/sim';

import type { Multipath, PgPath, PriorityGroup } from './multipath.ts';
import { deviceName } from './multipath.ts';
import { processQueuedIoList, retryQueuedBios, runMdQueueAsync } from './queue-bio.ts';
import { disableNopathTimeout, enableNopathTimeout } from './queue-if-no-path.ts';
import { MULTIPATH_TRACE } from './trace-points.ts';

/** Sends no more I/O to the path until it is reinstated. Its group stays current until an I/O finds no path in it. */
export function failPath(pgpath: PgPath): void {
  if (!pgpath.active) return;
  const { pg } = pgpath;
  const { m } = pg;
  log(m, `Failing path ${pgpath.dev.name}.`);
  pg.selector.failPath(pg.selectorState, pgpath);
  pgpath.active = false;
  pgpath.failCount++;
  m.nrValidPaths--;
  if (pgpath === m.currentPgpath) m.currentPgpath = null;
  tracePath(m, pgpath, MULTIPATH_TRACE.mpath_path_failed.code);
  pathUevent(m.md, 'PATH_FAILED', { path: pgpath.dev.name, nrValidPaths: m.nrValidPaths });
  queueEvent(m);
  enableNopathTimeout(m);
}

/** Reinstates the path. There is no failback: a group that was left is not entered again for it. */
export function reinstatePath(pgpath: PgPath): Errno | undefined {
  if (pgpath.active) return undefined;
  const { pg } = pgpath;
  const { m } = pg;
  log(m, `Reinstating path ${pgpath.dev.name}.`);
  const error = pg.selector.reinstatePath(pg.selectorState, pgpath);
  if (error !== undefined) return error;
  pgpath.active = true;
  m.nrValidPaths++;
  const isFirst = m.nrValidPaths === 1;
  if (isFirst) m.currentPgpath = null;
  else if (m.hwHandlerName !== null && m.currentPg === pg) activateAgain(m, pgpath);
  tracePath(m, pgpath, MULTIPATH_TRACE.mpath_path_reinstated.code);
  pathUevent(m.md, 'PATH_REINSTATED', { path: pgpath.dev.name, nrValidPaths: m.nrValidPaths });
  // On Linux the worker spins while bios wait without a path, so it maps them before any event is raised.
  retryQueuedBios(m);
  queueEvent(m);
  if (isFirst) {
    runMdQueueAsync(m);
    processQueuedIoList(m);
  }
  disableNopathTimeout(m);
  return undefined;
}

/** Activates a path whose group was initialised while the path was failed. */
function activateAgain(m: Multipath, pgpath: PgPath): void {
  if (queueWork(m.module.kmpathHandlerd, pgpath.activatePath)) m.pgInitInProgress++;
}

/** Bypasses the group or ends that. The next I/O chooses a group anew. Raises an event even if nothing changed. */
export function bypassPg(m: Multipath, pg: PriorityGroup, bypassed: boolean): void {
  pg.bypassed = bypassed;
  m.currentPgpath = null;
  m.currentPg = null;
  queueEvent(m);
  retryQueuedBios(m);
}

/** Makes the next I/O try this group first. No group stays bypassed. */
export function switchPg(m: Multipath, pg: PriorityGroup): void {
  for (const each of m.priorityGroups) each.bypassed = false;
  m.currentPgpath = null;
  m.currentPg = null;
  m.nextPg = pg;
  queueEvent(m);
  retryQueuedBios(m);
}

/** A worker raises the event: everything that happens before it runs is one event. */
function queueEvent(m: Multipath): void {
  queueWork(m.module.kmultipathd, m.triggerEvent);
}

export function triggerEvent(m: Multipath): void {
  tableEvent(m.ti.table);
}

function log(m: Multipath, text: string): void {
  printk(m.sim, `device-mapper: multipath: ${deviceName(m)}: ${text}`);
}

function tracePath(m: Multipath, pgpath: PgPath, point: number): void {
  const { sim, md, ti } = m;
  if (sim.trace === null) return;
  const { dev, pg, failCount } = pgpath;
  record(sim, point, md.dev, dev.bdev.dev, pg.pgNum, m.nrValidPaths, failCount, ti.table.id);
}
