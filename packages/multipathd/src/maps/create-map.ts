// create-map.ts — A map made of a path: its name, its paths. Mirrors libmultipath/structs_vec.c: add_map_with_path, adopt_paths, propsel.c: select_alias.
import type { Task } from '@dmsim/sim';

import { multipathEntry } from '../config/config.ts';
import { ORIGIN, originForMap } from '../config/origin.ts';
import { selectForMap } from '../config/select.ts';
import { isYes, textOf } from '../config/settings.ts';
import { pathinfo } from '../discovery/pathinfo.ts';
import type { Multipath } from '../multipath.ts';
import { createMultipath } from '../multipath.ts';
import { existingAlias, friendlyAlias } from '../names/bindings.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import { findMapByWwid, tellUnknownNumber } from '../session.ts';
import { forgetMultipath } from './orphan.ts';
import { collectPaths } from './update-from-kernel.ts';

/** Null when the path could not be adopted. The map is in nobody's list yet. */
export function* mapOfPath(session: Session, path: Path): Task<Multipath | null> {
  if (path.wwid === '') return null;
  const map = createMultipath('', path.wwid);
  map.entry = multipathEntry(session.config, path.wwid);
  map.devices = path.devices;
  map.knowsDevices = true;
  map.alias = yield* selectAlias(session, map);
  map.size = path.size;
  yield* adoptPaths(session, map);
  if (path.map === map && map.paths.includes(path)) return map;
  forgetMultipath(session, map);
  return null;
}

/** The configuration's alias, a friendly name, or the WWID. */
function* selectAlias(session: Session, map: Multipath): Task<string> {
  const { config, maps, log } = session;
  const { wwid } = map;
  const configured = textOf(map.entry, 'alias');
  const told = (alias: string, origin: string): string => {
    log.put(3, `${wwid}: alias = ${alias} (setting: ${origin})`);
    return alias;
  };
  if (configured !== undefined) return told(configured, ORIGIN.multipaths);
  const friendly = isYes(selectForMap(config, map, 'user_friendly_names'));
  const from = (keyword: string): string => `(setting: ${originForMap(config, map, keyword)})`;
  log.put(
    3,
    `${wwid}: user_friendly_names = ${friendly ? 'yes' : 'no'} ${from('user_friendly_names')}`,
  );
  if (!friendly) return told(wwid, 'default to WWID');
  const prefix = String(selectForMap(config, map, 'alias_prefix'));
  log.put(3, `${wwid}: alias_prefix = ${prefix} ${from('alias_prefix')}`);
  const present = findMapByWwid(maps, wwid);
  const kept =
    present === undefined
      ? null
      : yield* existingAlias(session, wwid, { alias: present.alias, prefix });
  if (kept !== null) return told(kept, 'using existing alias');
  const given = yield* friendlyAlias(session, wwid, prefix);
  return given === null ? told(wwid, 'default to WWID') : told(given, 'user_friendly_name');
}

/** Every path with its WWID, and its size, becomes the map's. */
export function* adoptPaths(session: Session, map: Multipath): Task<void> {
  collectPaths(session, map);
  for (const path of session.paths) {
    if (path.wwid !== map.wwid || path.initialized === 'removed') continue;
    if (path.size !== 0 && map.size !== 0 && path.size !== map.size) {
      session.log.put(3, `${path.dev}: size mismatch for ${map.alias}, not adding path`);
      continue;
    }
    const result = yield* pathinfo(session, path, { prio: true, checker: true });
    if (result !== 'ok') continue;
    tellUnknownNumber(session, map.paths, path.devT);
    if (!map.paths.includes(path)) map.paths.push(path);
    path.map = map;
    session.log.put(3, `${path.dev}: ownership set to ${map.alias}`);
  }
}
