// add-map.ts — A map that is in the kernel becomes the daemon's, or is known and udev has answered for it. Mirrors multipathd/main.c: ev_add_map, add_map_without_path.
import type { Task } from '@dmsim/sim';

import { defaultOf, multipathEntry } from '../config/config.ts';
import { dmInfo, isMultipathMap, wwidOf } from '../dm/dm-maps.ts';
import { reassign } from '../dm/reassign.ts';
import { forgetMultipath } from '../maps/orphan.ts';
import { syncMapState } from '../maps/sync-map-state.ts';
import { readKernelTable } from '../maps/update-from-kernel.ts';
import type { Multipath } from '../multipath.ts';
import { createMultipath } from '../multipath.ts';
import { findMapByAlias } from '../session.ts';
import type { Daemon } from './daemon.ts';
import { mustDelayReconfigure, unblockReconfigure } from './daemon.ts';
import { updateMap } from './reload-map.ts';

/** `kernel` is `dm-0`. False when it could not be taken in. */
export function* addMap(daemon: Daemon, kernel: string, alias: string): Task<boolean> {
  const { host, log } = daemon;
  if (!isMultipathMap(host.dm, alias)) return true;
  const known = findMapByAlias(daemon.maps, alias);
  if (known !== undefined) return yield* udevAnswered(daemon, known);
  log.put(2, `${alias}: adding map`);
  const map = yield* adoptMap(daemon, alias);
  if (map === null) {
    log.put(2, `${kernel}: ev_add_map failed`);
    return false;
  }
  syncMapState(daemon, map);
  log.put(2, `${alias}: devmap ${kernel} registered`);
  return true;
}

function* udevAnswered(daemon: Daemon, map: Multipath): Task<boolean> {
  if (map.waitForUdev === 'delayed') {
    daemon.log.put(2, `${map.alias}: performing delayed actions`);
    if (!(yield* updateMap(daemon, map))) return false;
  }
  map.info = dmInfo(daemon.host.dm, map.alias);
  if (map.waitForUdev !== 'no') {
    map.waitForUdev = 'no';
    if (!mustDelayReconfigure(daemon) && unblockReconfigure(daemon)) return true;
  }
  if (defaultOf(daemon.config, 'reassign_maps') === 'yes') yield* reassign(daemon, map.alias);
  return true;
}

function* adoptMap(daemon: Daemon, alias: string): Task<Multipath | null> {
  const { host, config } = daemon;
  const map = createMultipath(alias, wwidOf(host.dm, alias) ?? '');
  map.info = dmInfo(host.dm, alias);
  if (map.info === null) return null;
  map.entry = multipathEntry(config, map.wwid);
  if ((yield* readKernelTable(daemon, map)) === 'gone') {
    forgetMultipath(daemon, map);
    return null;
  }
  daemon.maps.push(map);
  return (yield* updateMap(daemon, map, { isNew: true })) ? map : null;
}
