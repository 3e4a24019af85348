// setup-map.ts — A map as it should be: settings, groups, the table line. Mirrors libmultipath/configure.c: setup_map.
import type { Task } from '@dmsim/sim';

import { assembleMap } from '../dm/assemble-map.ts';
import type { Multipath } from '../multipath.ts';
import type { Session } from '../session.ts';
import { selectPathGroup } from './best-group.ts';
import { groupPaths } from './group-paths.ts';
import { selectSettings, splitsMarginal } from './select-settings.ts';

/** The parameters of its table, from `map.paths`, which are in groups afterwards; null when its size is not known. */
export function* setupMap(session: Session, map: Multipath): Task<string | null> {
  if (map.size <= 0) {
    session.log.put(3, `${map.alias}: devmap size is unknown`);
    return null;
  }
  const { paths } = map;
  if (paths.length > 0) map.queueingDisabled = false;
  if (map.devices.length === 0) adoptDevices(map);
  yield* selectSettings(session, map, paths);
  if (map.marginalPath !== null && session.samples === null) startSampling(session);
  groupPaths(map, { splitMarginal: splitsMarginal(session) });
  map.bestGroup = selectPathGroup(map);
  const params = assembleMap(map);
  session.log.put(4, `${map.alias}: assembled map [${params}]`);
  return params;
}

function startSampling(session: Session): void {
  session.samples = [];
  session.sampler?.start();
  session.log.put(2, 'io error statistic: io_error statistic thread started');
}

/** A map that was found in the kernel has its device entries from a path, a good one if there is any. */
function adoptDevices(map: Multipath): void {
  const has = map.paths.filter(({ devices }) => devices.length > 0);
  const from = has.find(({ state }) => state === 'up') ?? has[0];
  if (from !== undefined) map.devices = from.devices;
}
