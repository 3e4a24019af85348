// coalesce-paths.ts — From paths to maps: for each WWID the map it should have, and what is done about it. Mirrors libmultipath/configure.c: coalesce_paths.
import type { Task } from '@dmsim/sim';

import { filterPath } from '../discovery/filter-path.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import { mapOfPath } from './create-map.ts';
import { domap } from './domap.ts';
import { forgetMultipath, orphanPath } from './orphan.ts';
import { selectAction } from './select-action.ts';
import { setupMap } from './setup-map.ts';
import { shouldMultipath } from './should-multipath.ts';
import { verifyPaths } from './verify-paths.ts';

export interface CoalesceOptions {
  /** Restricts it to this WWID. */
  readonly wwid?: string;
  /** Maps that exist: left alone, reloaded where they differ, or reloaded in any case. */
  readonly reload: 'none' | 'weak' | 'force';
  readonly dryRun?: boolean;
  /** Called for each map after it was dealt with, to print it or to do more. */
  readonly onMap?: (map: Multipath) => Task<void>;
}

/** The maps there are now; `session.maps` are those that the kernel had before. */
export function* coalescePaths(session: Session, options: CoalesceOptions): Task<Multipath[]> {
  if (options.reload !== 'none') for (const path of session.paths) path.map = null;
  const made: Multipath[] = [];
  const wrongSize = new Set<Path>();
  for (const path of session.paths.slice()) {
    if (!(yield* isCandidate(session, path, { options, wrongSize }))) continue;
    const map = yield* coalesceOne(session, path, { options, wrongSize });
    if (map !== null) made.push(map);
  }
  return made;
}

interface Pass {
  readonly options: CoalesceOptions;
  readonly wrongSize: Set<Path>;
}

function* isCandidate(session: Session, path: Path, { options, wrongSize }: Pass): Task<boolean> {
  if (path.wwid === '') {
    orphanPath(session, path, 'no WWID');
    return false;
  }
  if (filterPath(session, path)) {
    orphanPath(session, path, 'blacklisted');
    return false;
  }
  if (path.map !== null || wrongSize.has(path)) return false;
  if (path.state === 'removed') {
    orphanPath(session, path, 'path removed');
    return false;
  }
  if (options.wwid !== undefined) return path.wwid === options.wwid;
  if (yield* shouldMultipath(session, path, session.maps)) return true;
  orphanPath(session, path, 'only one path');
  return false;
}

function* coalesceOne(
  session: Session,
  path: Path,
  { options, wrongSize }: Pass,
): Task<Multipath | null> {
  const { maps, log } = session;
  const map = yield* mapOfPath(session, path);
  if (map === null) {
    orphanPath(session, path, 'failed to create multipath device');
    return null;
  }
  rejectOtherSizes(session, map, { path, wrongSize });
  verifyPaths(session, map);
  const present = maps.find(({ wwid }) => wwid === map.wwid);
  if (present !== undefined) map.queueMode = present.queueMode;
  const params = yield* setupMap(session, map);
  if (params === null) {
    forgetMultipath(session, map);
    return null;
  }
  if (options.dryRun === true) map.action = 'dry-run';
  if (map.action === 'undef') {
    selectAction(session, map, { current: maps, force: options.reload === 'force' });
  }
  if ((yield* domap(session, map, params)) === 'fail') {
    log.put(3, `${map.alias}: domap (0) failure for create/reload map`);
    log.put(2, `${map.alias}: ${map.action === 'create' ? 'ignoring' : 'removing'} map`);
    forgetMultipath(session, map);
    return null;
  }
  if (options.onMap !== undefined) yield* options.onMap(map);
  if (map.action !== 'reject') return map;
  forgetMultipath(session, map);
  return null;
}

/** A map whose paths differ in size is not loaded. */
function rejectOtherSizes(
  { paths, log }: Session,
  map: Multipath,
  { path, wrongSize }: { readonly path: Path; readonly wrongSize: Set<Path> },
): void {
  for (const other of paths.slice(paths.indexOf(path) + 1)) {
    if (other.wwid !== map.wwid) continue;
    if (map.size === 0) map.size = other.size;
    if (map.size === 0 || other.size === 0 || other.size === map.size) continue;
    log.put(0, `${other.dev}: size ${other.size}, expected ${map.size}. Discard`);
    map.action = 'reject';
    wrongSize.add(other);
  }
}
