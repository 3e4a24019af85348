// orphan.ts — A path that belongs to no map any more. Mirrors libmultipath/structs_vec.c: orphan_path, remove_map.
import { tellCheckerUsers, tellPrioritizerUsers } from '../libraries.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import { forgetMap } from '../path.ts';
import type { Session } from '../session.ts';
import { dropPath } from '../session.ts';

export function orphanPath(session: Session, path: Path, reason: string): void {
  session.log.put(3, `${path.dev}: orphan path, ${reason}`);
  path.map = null;
  const { checker, prioritizer } = path;
  forgetMap(path);
  if (session.log.verbosity < 4) return;
  if (checker !== null) tellCheckerUsers(session, checker.name);
  if (prioritizer !== null) tellPrioritizerUsers(session, prioritizer.name);
}

/** It leaves with the next table of its map, which it stays linked to until then. */
export function setPathRemoved(session: Session, path: Path): void {
  const { map } = path;
  orphanPath(session, path, 'removed');
  path.map = map;
  path.initialized = 'removed';
  session.leaving.add(path);
}

/** The daemon forgets the map; what the kernel has is not touched. */
export function forgetMultipath(session: Session, map: Multipath): void {
  map.paths = [];
  map.groups = [];
  for (const path of session.paths.slice()) {
    if (path.map !== map) continue;
    if (path.initialized === 'removed' || path.initialized === 'partial') {
      session.log.put(3, `${path.dev}: freeing path in ${path.initialized} state`);
      dropPath(session, path);
      path.map = null;
    } else orphanPath(session, path, 'map removed internally');
  }
  const at = session.maps.indexOf(map);
  if (at >= 0) session.maps.splice(at, 1);
}
