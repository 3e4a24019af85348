// remove-path.ts — A path leaves: its map is loaded without it, or goes with its last path. Mirrors multipathd/main.c: ev_remove_path.
import type { Task } from '@dmsim/sim';

import { domap } from '../maps/domap.ts';
import { setPathRemoved } from '../maps/orphan.ts';
import { setupMap } from '../maps/setup-map.ts';
import { syncMapState } from '../maps/sync-map-state.ts';
import { collectPaths } from '../maps/update-from-kernel.ts';
import type { Path } from '../path.ts';
import { dropPath } from '../session.ts';
import type { LoadOption } from './add-path.ts';
import { LOAD } from './add-path.ts';
import type { Daemon } from './daemon.ts';
import { flushWithoutPaths } from './reload-map.ts';
import { forgetMap, setupMultipath } from './setup-multipath.ts';

/** `delayed`: it goes with the next load; `map-error`: the map had to be given up. */
export type RemoveResult = 'removed' | 'delayed' | 'failed' | 'map-error';

export function* removePath(
  daemon: Daemon,
  path: Path,
  { load }: LoadOption = LOAD,
): Task<RemoveResult> {
  const { map } = path;
  if (map === null) {
    dropPath(daemon, path);
    return 'removed';
  }
  setPathRemoved(daemon, path);
  collectPaths(daemon, map);
  map.paths = map.paths.filter((other) => other !== path);
  if (map.paths.length === 0 && (yield* flushWithoutPaths(daemon, map))) return 'removed';
  const params = yield* setupMap(daemon, map);
  if (params === null) {
    daemon.log.put(0, `${map.alias}: failed to setup map for removal of path ${path.dev}`);
    forgetMap(daemon, map);
    return 'map-error';
  }
  if (map.waitForUdev !== 'no') {
    map.waitForUdev = 'delayed';
    return 'delayed';
  }
  if (!load) return 'delayed';
  map.action = 'reload';
  if ((yield* domap(daemon, map, params)) === 'fail') {
    daemon.log.put(0, `${map.alias}: failed in domap for removal of path ${path.dev}`);
    return 'failed';
  }
  const { devT } = path;
  if (!(yield* setupMultipath(daemon, map))) return 'map-error';
  syncMapState(daemon, map);
  daemon.log.put(2, `${devT}: path removed from map ${map.alias}`);
  return 'removed';
}
