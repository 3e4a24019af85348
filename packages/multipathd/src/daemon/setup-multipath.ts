// setup-multipath.ts — The daemon's idea of a map is made what the kernel has; a map that is gone is forgotten. Mirrors multipathd/main.c: __setup_multipath, update_multipath.
import type { Task } from '@dmsim/sim';

import { dmInfo } from '../dm/dm-maps.ts';
import { cancelDeferredRemove } from '../dm/messages.ts';
import { forgetMultipath } from '../maps/orphan.ts';
import { updateFromKernel } from '../maps/update-from-kernel.ts';
import type { Multipath } from '../multipath.ts';
import { pathsInGroups } from '../multipath.ts';
import { isUsable } from '../path.ts';
import { findMapByAlias } from '../session.ts';
import type { Daemon } from './daemon.ts';
import { unblockReconfigure } from './daemon.ts';
import { stopWaiter } from './map-waiters.ts';
import { pathLost, setNoPathRetry } from './queueing.ts';

/** False when the map was forgotten. With `reset` queueing is set right, too. */
export function* setupMultipath(
  daemon: Daemon,
  map: Multipath,
  { reset = true }: { readonly reset?: boolean } = {},
): Task<boolean> {
  const { dm } = daemon.host;
  map.info = dmInfo(dm, map.alias);
  const isThere = map.info !== null;
  if (!isThere || (yield* updateFromKernel(daemon, map)) === 'gone') {
    const what = isThere ? 'failed to setup multipath' : 'cannot access table';
    daemon.log.put(isThere ? 0 : 2, `${map.alias}: ${what}`);
    forgetMap(daemon, map);
    return false;
  }
  if (reset) {
    setNoPathRetry(daemon, map);
    if (map.paths.length > 0 || pathsInGroups(map).length > 0) keepWithPaths(daemon, map);
  }
  return true;
}

/** A map that has a path again does not go with its last opener (dm_cancel_deferred_remove). */
function keepWithPaths(daemon: Daemon, map: Multipath): void {
  if (map.info?.deferredRemove !== true) return;
  map.deferredRemovePending = false;
  const verb = cancelDeferredRemove(daemon, map.alias) ? 'canceled' : "can't cancel";
  daemon.log.put(verb === 'canceled' ? 2 : 0, `${map.alias}: ${verb} deferred remove`);
}

/** As the checkers and timers of the daemon see it, too: a path that the kernel has failed is down. */
export function* updateMultipath(
  daemon: Daemon,
  alias: string,
  { reset }: { readonly reset: boolean },
): Task<boolean> {
  const map = findMapByAlias(daemon.maps, alias);
  if (map === undefined) {
    daemon.log.put(3, `${alias}: multipath map not found`);
    return false;
  }
  if (!(yield* setupMultipath(daemon, map, { reset }))) return false;
  for (const path of pathsInGroups(map)) {
    if (path.dmState !== 'failed' || path.state === 'down') continue;
    const was = path.state;
    daemon.log.put(2, `${path.dev}: mark as failed`);
    map.stats.pathFaults++;
    path.state = 'down';
    if (isUsable(was)) pathLost(daemon, map);
    path.tick = Math.min(path.tick, daemon.config.pollingInterval);
  }
  return true;
}

export function forgetMap(
  daemon: Daemon,
  map: Multipath,
  { quietly = false }: { readonly quietly?: boolean } = {},
): void {
  if (!quietly) daemon.log.put(3, `${map.alias}: removing map from internal tables`);
  if (map.waitForUdev !== 'no') unblockReconfigure(daemon);
  daemon.eventNumbers.delete(map.alias);
  if (daemon.mapWaiters !== null) stopWaiter(daemon, map.alias);
  forgetMultipath(daemon, map);
}
