// queue-if-no-path.ts — Turns queueing without a path on and off. Mirrors dm-mpath.c: queue_if_no_path, the nopath timer.
import { deleteTimer, modTimer, printk, record, seconds } from '@dmsim/sim';

import type { Multipath } from './multipath.ts';
import { deviceName } from './multipath.ts';
import { processQueuedIoList, runMdQueueAsync } from './queue-bio.ts';
import { MULTIPATH_TRACE, QUEUE_IF_NO_PATH_REASONS } from './trace-points.ts';

/** Turns queueing on or off. With `save`, resume restores the present setting; without it, turning queueing off forgets the saved one. */
export function setQueueIfNoPath(
  m: Multipath,
  { on, save }: { readonly on: boolean; readonly save: boolean },
): void {
  if (save) saveQueueIfNoPath(m);
  else if (!on) m.savedQueueIfNoPath = false;
  m.queueIfNoPath = on;
  traceQueueing(m, save ? 'suspend' : 'asked');
  if (on) return;
  runMdQueueAsync(m);
  processQueuedIoList(m);
}

export function traceQueueing(
  m: Multipath,
  reason: (typeof QUEUE_IF_NO_PATH_REASONS)[number],
): void {
  const { sim, md, ti, queueIfNoPath, nrValidPaths } = m;
  if (sim.trace === null) return;
  const point = MULTIPATH_TRACE.mpath_queue_if_no_path.code;
  const why = QUEUE_IF_NO_PATH_REASONS.indexOf(reason);
  record(sim, point, md.dev, ti.table.id, queueIfNoPath ? 1 : 0, why, nrValidPaths);
}

/** A suspend that failed may have left a saved flag: it holds what the administrator asked for, so it is kept. */
function saveQueueIfNoPath(m: Multipath): void {
  if (m.queueIfNoPath || !m.savedQueueIfNoPath) {
    m.savedQueueIfNoPath = m.queueIfNoPath;
    return;
  }
  const text = 'QIFNP disabled but saved as enabled, saving again loses state, not saving!';
  printk(m.sim, `device-mapper: multipath: ${deviceName(m)}: ${text}`);
}

/** Starts the module's time-out, if it is set, after which queueing ends by itself. */
export function enableNopathTimeout(m: Multipath): void {
  const timeout = m.module.parameters.queue_if_no_path_timeout_secs;
  if (timeout > 0 && m.nrValidPaths === 0 && m.queueIfNoPath) {
    modTimer(m.nopathTimer, seconds(timeout));
  }
}

export function disableNopathTimeout(m: Multipath): void {
  deleteTimer(m.nopathTimer);
}

/** The time-out also fires for suspended tables and for those not yet live. The saved flag is lost with the other. */
export function nopathTimedOut(m: Multipath): void {
  const text = `queue_if_no_path timeout on ${deviceName(m)}, failing queued IO`;
  printk(m.sim, `device-mapper: multipath: ${text}`);
  setQueueIfNoPath(m, { on: false, save: false });
}
