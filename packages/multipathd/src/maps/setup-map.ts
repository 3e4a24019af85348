// setup-map.ts — A map as it should be: settings, groups, the table line. Mirrors libmultipath/configure.c: setup_map.
import type { Task } from '@dmsim/sim';

import { assembleMap } from '../dm/assemble-map.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
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
  if (!map.knowsDevices) adoptDevices(session, map);
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

const isGood = ({ state, initialized }: Path): boolean =>
  state === 'up' && initialized !== 'partial';

/** A map that was found in the kernel has its device entries from a path, a good one if there is any. */
export function adoptDevices({ log }: Session, map: Multipath): void {
  log.put(4, `${map.alias}: searching paths for valid hwe`);
  const has = map.paths.filter(({ initialized }) => initialized !== 'removed');
  const from = has.find(isGood) ?? has[0];
  if (from === undefined) {
    log.put(2, `${map.alias}: no hwe found`);
    return;
  }
  map.devices = from.devices;
  map.knowsDevices = true;
  log.put(3, `${map.alias}: got hwe from path ${from.dev}`);
}
