// add-path.ts — A path that was found becomes a map's. Mirrors multipathd/main.c: ev_add_path.
import type { Task } from '@dmsim/sim';
import { seconds } from '@dmsim/sim';

import { readAttribute } from '../discovery/sysfs.ts';
import { tellOpen } from '../discovery/tell-open.ts';
import { isPresent } from '../dm/dm-maps.ts';
import { adoptPaths, mapOfPath } from '../maps/create-map.ts';
import { domap } from '../maps/domap.ts';
import { orphanPath } from '../maps/orphan.ts';
import { askForKeys } from '../maps/reservation-keys.ts';
import { setupMap } from '../maps/setup-map.ts';
import { shouldMultipath } from '../maps/should-multipath.ts';
import { syncMapState } from '../maps/sync-map-state.ts';
import { triggerPathEvent } from '../maps/trigger-path-events.ts';
import { collectPaths } from '../maps/update-from-kernel.ts';
import { verifyPaths } from '../maps/verify-paths.ts';
import type { Multipath } from '../multipath.ts';
import { countPaths } from '../multipath.ts';
import type { Path } from '../path.ts';
import { dropPath, findMapByWwid } from '../session.ts';
import type { Daemon } from './daemon.ts';
import { pause } from './daemon.ts';
import { watchMap } from './dm-events.ts';
import { forgetMap, setupMultipath } from './setup-multipath.ts';

const RETRIES = 3;

export interface LoadOption {
  /** False: the map is loaded for an event that follows. */
  readonly load: boolean;
}

export const LOAD: LoadOption = { load: true };

/** False when it could not be; it stays known, but for one of another size. */
export function* addPath(daemon: Daemon, path: Path, { load }: LoadOption = LOAD): Task<boolean> {
  const { log } = daemon;
  if (path.wwid === '') {
    log.put(0, `${path.dev}: failed to get path uid`);
    return giveUp(daemon, path);
  }
  const present = findMapByWwid(daemon.maps, path.wwid);
  if (present !== undefined && !mayJoin(daemon, present, path)) {
    return daemon.paths.includes(path);
  }
  if (present === undefined && !(yield* shouldMultipath(daemon, path, daemon.maps))) {
    orphanPath(daemon, path, 'only one path');
    return true;
  }
  const map = yield* mapFor(daemon, path, present);
  if (map === null) return giveUp(daemon, path);
  tellOpen(daemon, path.dev, 'ro');
  const ro = readAttribute(daemon.host, `/sys/block/${path.dev}/ro`);
  if (ro === '1') map.forceReadOnly = true;
  if (map.reservationKey !== null) askForKeys(daemon, path);
  return !load || (yield* pushMap(daemon, map, path));
}

/** False when the path is not taken in, or not now. */
function mayJoin(daemon: Daemon, map: Multipath, path: Path): boolean {
  const { log } = daemon;
  if (path.size > 0 && map.size !== path.size) {
    log.put(0, `${map.alias}: failed to add new path ${path.dev}, device size mismatch`);
    dropPath(daemon, path);
    return false;
  }
  triggerPathEvent(daemon, path, { isMultipath: true });
  if (!waitsForUdev(map, path)) return true;
  log.put(3, `${path.dev}: delaying path addition until ${map.alias} is fully initialized`);
  map.waitForUdev = 'delayed';
  orphanPath(daemon, path, 'waiting for create to complete');
  return false;
}

function giveUp(daemon: Daemon, path: Path): false {
  orphanPath(daemon, path, 'failed to add path');
  return false;
}

/** A map that was just created is not loaded again before udev has answered, as long as it has a path to use. */
function waitsForUdev(map: Multipath, path: Path): boolean {
  if (map.waitForUdev === 'no') return false;
  if (countPaths(map, ({ state }) => state === 'up') > 0) return true;
  const ghosts = countPaths(map, ({ state }) => state === 'ghost');
  return ghosts > 0 && path.tpgs !== 'implicit' && map.ghostDelayTick <= 0;
}

/** The map there is, or a new one, with all paths that it should have. */
function* mapFor(
  daemon: Daemon,
  path: Path,
  present: Multipath | undefined,
): Task<Multipath | null> {
  if (present !== undefined) {
    daemon.log.put(4, `${present.alias}: adopting all paths for path ${path.dev}`);
    path.map = present;
    yield* adoptPaths(daemon, present);
    if ((path.map as Multipath | null) !== present || !present.paths.includes(path)) return null;
    verifyPaths(daemon, present);
    present.action = 'reload';
    return present;
  }
  daemon.log.put(4, `${path.dev}: creating new map`);
  const made = yield* mapOfPath(daemon, path);
  if (made === null) return null;
  daemon.maps.push(made);
  made.action = 'create';
  return made;
}

function* pushMap(daemon: Daemon, map: Multipath, path: Path): Task<boolean> {
  const { log, host } = daemon;
  for (let left = RETRIES; ; left--) {
    const isNew = !isPresent(host.dm, map.alias);
    if (isNew) map.action = 'create';
    const params = yield* setupMap(daemon, map);
    if (params === null) {
      log.put(0, `${map.alias}: failed to setup map for addition of new path ${path.dev}`);
      return dropNew(daemon, map, path);
    }
    if ((yield* domap(daemon, map, params)) !== 'fail') {
      if (isNew) watchMap(daemon, map.alias);
      break;
    }
    log.put(0, `${map.alias}: failed in domap for addition of new path ${path.dev}`);
    if (map.action !== 'reload') return dropNew(daemon, map, path);
    if (left === 0) {
      log.put(0, `${map.alias}: giving up reload`);
      return giveUp(daemon, path);
    }
    log.put(0, `${map.alias}: ev_add_path sleep`);
    yield* pause(daemon, seconds(1), { background: false });
    collectPaths(daemon, map);
    yield* adoptPaths(daemon, map);
    verifyPaths(daemon, map);
    map.action = 'reload';
    if (map.reservationKey !== null) askForKeys(daemon, path);
  }
  if (!(yield* setupMultipath(daemon, map))) return giveUp(daemon, path);
  syncMapState(daemon, map);
  log.put(2, `${path.dev} [${path.devT}]: path added to devmap ${map.alias}`);
  return true;
}

function dropNew(daemon: Daemon, map: Multipath, path: Path): false {
  forgetMap(daemon, map);
  return giveUp(daemon, path);
}
