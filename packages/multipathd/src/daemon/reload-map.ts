// reload-map.ts — A map is set up anew from its paths, and the kernel's brought in line. Mirrors multipathd/main.c: reload_map, update_map.
import type { Task } from '@dmsim/sim';
import { seconds } from '@dmsim/sim';

import { pathinfo } from '../discovery/pathinfo.ts';
import { setQueueing } from '../dm/messages.ts';
import { adoptPaths } from '../maps/create-map.ts';
import { domap } from '../maps/domap.ts';
import { askForKeys } from '../maps/reservation-keys.ts';
import { selectAction } from '../maps/select-action.ts';
import { setupMap } from '../maps/setup-map.ts';
import { syncMapState } from '../maps/sync-map-state.ts';
import { collectPaths } from '../maps/update-from-kernel.ts';
import { verifyPaths } from '../maps/verify-paths.ts';
import type { Multipath } from '../multipath.ts';
import { isUsable } from '../path.ts';
import type { Daemon } from './daemon.ts';
import { pause } from './daemon.ts';
import { watchMap } from './dm-events.ts';
import { removeMultipath } from './remove-map.ts';
import { forgetMap, setupMultipath } from './setup-multipath.ts';

/** `gone`: the daemon has forgotten the map, since the kernel no longer has it. */
export type ReloadResult = 'loaded' | 'failed' | 'gone';

/** Loaded in any case; with `refresh` priorities are asked for first. */
export function* reloadAndSync(
  daemon: Daemon,
  map: Multipath,
  { refresh }: { readonly refresh: boolean },
): Task<ReloadResult> {
  collectPaths(daemon, map);
  if (refresh) for (const path of map.paths) yield* pathinfo(daemon, path, { prio: true });
  const params = yield* setupMap(daemon, map);
  if (params === null) {
    daemon.log.put(0, `${map.alias}: failed to setup map`);
    return 'failed';
  }
  selectAction(daemon, map, { current: daemon.maps, force: true });
  if ((yield* domap(daemon, map, params)) === 'fail') {
    daemon.log.put(3, `${map.alias}: domap (0) failure for reload map`);
    return 'failed';
  }
  if (!(yield* setupMultipath(daemon, map))) return 'gone';
  syncMapState(daemon, map);
  return 'loaded';
}

const RETRIES = 3;

/** All paths with its WWID are taken in, and the table loaded; tried again when that fails. False when the map is gone. */
export function* updateMap(
  daemon: Daemon,
  map: Multipath,
  { isNew = false }: { readonly isNew?: boolean } = {},
): Task<boolean> {
  const result = yield* loadNew(daemon, map);
  if (result === 'gone') return false;
  if (isNew && result === 'failed') {
    daemon.log.put(0, `${map.alias}: failed to create new map`);
    forgetMap(daemon, map, { quietly: true });
    return false;
  }
  if (isNew) watchMap(daemon, map.alias);
  if (!(yield* setupMultipath(daemon, map))) return false;
  syncMapState(daemon, map);
  if (result === 'failed') {
    daemon.log.put(0, `${map.alias}: failed reload in new map update`);
  }
  return true;
}

/** `gone`: it has no paths, and was flushed. */
function* loadNew(daemon: Daemon, map: Multipath): Task<ReloadResult> {
  for (let left = RETRIES; ; left--) {
    daemon.log.put(4, `${map.alias}: updating new map`);
    yield* adoptPaths(daemon, map);
    verifyPaths(daemon, map);
    if (map.paths.length === 0 && (yield* flushWithoutPaths(daemon, map))) return 'gone';
    map.action = 'reload';
    if (map.reservationActive) askUsablePaths(daemon, map);
    const params = yield* setupMap(daemon, map);
    if (params === null) {
      daemon.log.put(0, `${map.alias}: failed to setup new map in update`);
      return 'failed';
    }
    if ((yield* domap(daemon, map, params)) !== 'fail') return 'loaded';
    if (left === 0) return 'failed';
    daemon.log.put(0, `${map.alias}: map_udate sleep`);
    yield* pause(daemon, seconds(1), { background: false });
  }
}

/** Asks which reservation keys are registered. */
function askUsablePaths(daemon: Daemon, map: Multipath): void {
  if (map.reservationKey === null) return;
  for (const path of map.paths) if (isUsable(path.state)) askForKeys(daemon, path);
}

/** The last path has gone: the map goes, too, unless someone has it open. True when it is gone. */
export function* flushWithoutPaths(daemon: Daemon, map: Multipath): Task<boolean> {
  const { alias } = map;
  if (map.flushOnLastDelete) {
    daemon.log.put(2, `${alias} Last path deleted, disabling queueing`);
    map.retryTick = 0;
    map.noPathRetry = 'fail';
    map.queueingDisabled = true;
    map.stats.mapFailures++;
    setQueueing(daemon, alias, false);
  }
  const result = yield* removeMultipath(daemon, map, { withoutPaths: true });
  if (result !== 'removed') return false;
  daemon.log.put(2, `${alias}: removed map after removing all paths`);
  return true;
}
