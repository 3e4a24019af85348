// pg-init.ts — Tells the array, through the hardware handler, that a group is about to be used: once for each active path of
// the group. Mirrors dm-mpath.c: __pg_init_all_paths, activate_path_work, pg_init_done.
import { millis, printk, queueDelayedWork, record, wakeUp } from '@dmsim/sim';

import type { ScsiDhResult } from './handlers/hardware-handler.ts';
import { SCSI_DH } from './handlers/hardware-handler.ts';
import { activateHandler } from './handlers/scsi-dh.ts';
import type { Multipath, PgPath } from './multipath.ts';
import { bypassPg, failPath } from './path-state.ts';
import { processQueuedIoList } from './queue-bio.ts';
import { MULTIPATH_TRACE } from './trace-points.ts';

/** The delay before another attempt, unless the table says otherwise (DM_PG_INIT_DELAY_MSECS). */
const DEFAULT_DELAY_MSECS = 2000;

/** Starts to initialise the current group, unless that is in progress. True if it is in progress now. */
export function pgInitAllPaths(m: Multipath): boolean {
  if (m.pgInitInProgress > 0 || m.pgInitDisabled) return false;
  m.pgInitCount++;
  m.pgInitRequired = false;
  if (m.currentPg === null) return false;
  const delayMsecs = m.pgInitDelayRetry ? (m.pgInitDelayMsecs ?? DEFAULT_DELAY_MSECS) : 0;
  for (const pgpath of m.currentPg.pgpaths) {
    if (!pgpath.active) continue;
    tracePgInit(m, pgpath, MULTIPATH_TRACE.mpath_pg_init_start.code, m.pgInitCount);
    if (queueDelayedWork(m.module.kmpathHandlerd, pgpath.activatePath, millis(delayMsecs))) {
      m.pgInitInProgress++;
    }
  }
  // Read again, since the count was zero above.
  return isInProgress(m);
}

const isInProgress = (m: Multipath): boolean => m.pgInitInProgress > 0;

/** The work item of a path. Since it was queued, the path may have failed or its disk may have gone. */
export function activateOrOfflinePath(pgpath: PgPath): void {
  const { m } = pgpath.pg;
  const { bdev } = pgpath.dev;
  if (!pgpath.active || bdev.dying) pgInitDone(pgpath, SCSI_DH.DEV_OFFLINED);
  else activateHandler(m.module, bdev, (result) => pgInitDone(pgpath, result));
}

/** Called when the disk goes just as a request is about to be sent there. */
export function offlinePath(pgpath: PgPath): void {
  pgpath.pg.m.pgInitInProgress++;
  activateOrOfflinePath(pgpath);
}

function pgInitDone(pgpath: PgPath, result: ScsiDhResult): void {
  const { pg } = pgpath;
  const { m } = pg;
  tracePgInit(m, pgpath, MULTIPATH_TRACE.mpath_pg_init_done.code, result);
  const failed = judge(m, pgpath, result);
  if (failed && pgpath === m.currentPgpath) {
    printk(m.sim, `device-mapper: multipath: Could not failover device. Error ${result}.`);
    m.currentPgpath = null;
    m.currentPg = null;
  }
  // A group that can be initialised is no longer bypassed.
  if (!failed && !m.pgInitRequired) pg.bypassed = false;
  if (--m.pgInitInProgress > 0) return;
  finishPgInit(m, result === SCSI_DH.RETRY);
}

/** Acts on the handler's answer for the path. True if it stays an error. */
function judge(m: Multipath, pgpath: PgPath, result: ScsiDhResult): boolean {
  switch (result) {
    case SCSI_DH.OK:
      return false;
    case SCSI_DH.NOSYS:
      if (m.hwHandlerName === null) return false;
      printk(
        m.sim,
        `device-mapper: multipath: Could not failover the device: Handler scsi_dh_${m.hwHandlerName} Error ${result}.`,
      );
      failPath(pgpath);
      return true;
    case SCSI_DH.DEV_TEMP_BUSY:
      bypassPg(m, pgpath.pg, true);
      return true;
    case SCSI_DH.RETRY:
    case SCSI_DH.IMM_RETRY:
    case SCSI_DH.RES_TEMP_UNAVAIL:
      if (mayRetry(m)) m.pgInitRequired = true;
      else failPath(pgpath);
      return false;
    default:
      failPath(pgpath);
      return true;
  }
}

/** The opposite of pg_init_limit_reached. */
const mayRetry = (m: Multipath): boolean => m.pgInitCount <= m.pgInitRetries && !m.pgInitDisabled;

/** Called with the last path's answer: starts another attempt, or lets the waiting I/O go on. */
function finishPgInit(m: Multipath, delayed: boolean): void {
  if (m.pgInitRequired) {
    m.pgInitDelayRetry = delayed;
    if (pgInitAllPaths(m)) return;
  }
  m.queueIo = false;
  processQueuedIoList(m);
  wakeUp(m.pgInitWait);
}

function tracePgInit(m: Multipath, pgpath: PgPath, point: number, detail: number): void {
  const { sim, md } = m;
  if (sim.trace === null) return;
  record(sim, point, md.dev, pgpath.dev.bdev.dev, pgpath.pg.pgNum, detail);
}
