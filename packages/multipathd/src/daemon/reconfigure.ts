// reconfigure.ts — Reads the configuration, forgets everything, and finds it again. Mirrors multipathd/main.c: reconfigure, configure, coalesce_maps.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { filterPath } from '../discovery/filter-path.ts';
import { pathDiscovery } from '../discovery/path-discovery.ts';
import { ALL } from '../discovery/pathinfo.ts';
import { multipathMaps } from '../dm/dm-maps.ts';
import { flushMap } from '../dm/flush-map.ts';
import { reassign } from '../dm/reassign.ts';
import { coalescePaths } from '../maps/coalesce-paths.ts';
import { forgetMultipath } from '../maps/orphan.ts';
import { sendIn } from '../maps/reservation-keys.ts';
import { syncMapState } from '../maps/sync-map-state.ts';
import { triggerPathEvents } from '../maps/trigger-path-events.ts';
import { readKernelTable } from '../maps/update-from-kernel.ts';
import type { Multipath } from '../multipath.ts';
import { createMultipath } from '../multipath.ts';
import { checkAliasSettings } from '../names/bindings.ts';
import { rememberWwid } from '../names/wwids.ts';
import { dropPath, findMapByWwid } from '../session.ts';
import type { Daemon } from './daemon.ts';
import { watchMap } from './dm-events.ts';
import { forgetMap, setupMultipath } from './setup-multipath.ts';
import { watchConfig } from './watch-config.ts';

/** False when the configuration can't be used: that ends the daemon. `reload`: every map, or those that differ. */
export function* reconfigure(daemon: Daemon, reload: 'weak' | 'force'): Task<boolean> {
  const { host, process, log } = daemon;
  const config = yield* loadConfig({ process, root: host.root, log });
  if (config === null) return false;
  log.put(2, 'reconfigure: setting up paths and maps');
  for (const map of daemon.maps.slice()) forgetMap(daemon, map, { quietly: true });
  keepUidAttrs(daemon, config);
  daemon.eventNumbers.clear();
  for (const path of daemon.paths) dropPath(daemon, path);
  daemon.config = config;
  watchConfig(daemon);
  if (!(yield* checkAliasSettings(daemon))) return false;
  yield* configure(daemon, reload);
  return true;
}

/** Paths are known by these: they stay as they were when the daemon started. */
function keepUidAttrs({ config, log }: Daemon, next: Daemon['config']): void {
  const [before, now] = [config.defaults.get('uid_attrs'), next.defaults.get('uid_attrs')];
  if (before === now) return;
  log.put(1, 'multipathd must be restarted to change uid_attrs, keeping old values');
  if (before === undefined) next.defaults.delete('uid_attrs');
  else next.defaults.set('uid_attrs', before);
}

function* configure(daemon: Daemon, reload: 'weak' | 'force'): Task<void> {
  yield* pathDiscovery(daemon, ALL);
  for (const path of daemon.paths) if (filterPath(daemon, path)) dropPath(daemon, path);
  yield* discoverMaps(daemon);
  const made = yield* coalescePaths(daemon, { reload });
  yield* removeUnwanted(daemon, made);
  for (const map of made) syncMapState(daemon, map);
  for (const map of made) {
    if ((yield* rememberWwid(daemon, map.wwid)) === 'added') {
      triggerPathEvents(daemon, map, { isMultipath: true });
    }
    readReservationKeys(daemon, map);
  }
  daemon.maps = made;
  for (const map of made.slice()) {
    watchMap(daemon, map.alias);
    yield* setupMultipath(daemon, map);
  }
}

/** Asks a path which keys are registered, if the map has one. Disks without reservations don't say (update_map_pr). */
function readReservationKeys(daemon: Daemon, map: Multipath): void {
  const { log } = daemon;
  const { alias } = map;
  if (map.reservationKey !== null) {
    const status = sendIn(daemon, map);
    log.put(0, `${alias} : pr in read keys service action failed Error=${status}`);
  } else log.put(4, `${alias}: reservation_key not set in multipath.conf`);
}

/** The maps that the kernel has. */
function* discoverMaps(daemon: Daemon): Task<void> {
  for (const { name, wwid } of multipathMaps(daemon.host.dm)) {
    const map = createMultipath(name, wwid);
    daemon.maps.push(map);
    if ((yield* readKernelTable(daemon, map)) === 'gone') forgetMultipath(daemon, map);
  }
}

/** Maps that the configuration does not want any more go; those that are open stay. */
function* removeUnwanted(daemon: Daemon, made: Multipath[]): Task<void> {
  for (const map of daemon.maps.slice()) {
    daemon.log.put(3, `${map.alias}: coalesce map`);
    if (findMapByWwid(made, map.wwid) !== undefined) {
      if (defaultOf(daemon.config, 'reassign_maps') !== 'yes') continue;
      daemon.log.put(3, `${map.alias}: Reassign existing device-mapper devices`);
      yield* reassign(daemon, map.alias);
      continue;
    }
    if ((yield* flushMap(daemon, map.alias)) === 'removed') {
      daemon.log.put(2, `${map.alias} devmap removed`);
      continue;
    }
    daemon.log.put(0, `${map.alias}: unable to flush devmap`);
    if (yield* setupMultipath(daemon, map)) made.push(map);
  }
}
