// path-valid.ts — Whether a disk is multipath's, for udev, before there is a map. Mirrors libmultipath/valid.c: is_path_valid.
import { findCell, tableDeps } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { pathinfo } from '../discovery/pathinfo.ts';
import { multipathMaps } from '../dm/dm-maps.ts';
import { isKnownWwid } from '../names/wwids.ts';
import { createPath } from '../path.ts';
import { refuse } from '../refuse.ts';
import type { Session } from '../session.ts';

/** `answer` is what DM_MULTIPATH_DEVICE_PATH becomes. */
export type PathValidity =
  | 'error'
  | { readonly answer: '0' | '1' | '2'; readonly waitUntil?: string };

export interface PathValidOptions {
  /** What udev knows of the disk from before: a disk it gave away is not taken back, unless its WWID is known. */
  readonly released?: boolean;
  /** Only while the daemon runs is anything multipath's. */
  readonly needsDaemon?: boolean;
}

const NO: PathValidity = { answer: '0' };
const YES: PathValidity = { answer: '1' };

export function* isPathValid(
  session: Session,
  dev: string,
  { released = false, needsDaemon = false }: PathValidOptions = {},
): Task<PathValidity> {
  const { host, config } = session;
  if (isMultipathed(session, dev)) return YES;
  if (needsDaemon && host.socket.listener === null) return NO;
  const path = createPath(dev, config.pollingInterval);
  const result = yield* pathinfo(session, path, { sysfs: true, wwid: true, blacklist: true });
  if (result === 'failed') return 'error';
  if (result === 'skipped' || path.wwid === '') return NO;
  return yield* wanted(session, path.wwid, released);
}

/** By its WWID: as find_multipaths says. */
function* wanted(session: Session, wwid: string, released: boolean): Task<PathValidity> {
  const mode = defaultOf(session.config, 'find_multipaths');
  const unlessReleased = released ? NO : YES;
  if (mode === 'greedy') return unlessReleased;
  if (yield* isKnownWwid(session, wwid)) return YES;
  if (multipathMaps(session.host.dm).some((map) => map.wwid === wwid)) return unlessReleased;
  return mode === 'smart' ? refuse('find_multipaths smart') : NO;
}

/** A multipath map stands on it (sysfs_is_multipathed). */
function isMultipathed({ host }: Session, dev: string): boolean {
  const { dm, udev } = host;
  const properties = udev.properties(dev);
  const [major, minor] = [properties?.get('MAJOR'), properties?.get('MINOR')];
  return multipathMaps(dm).some(({ name }) => {
    if (findCell(dm, { name }) === undefined) return false;
    const deps = tableDeps(dm, { name });
    return (
      typeof deps !== 'string' &&
      deps.some((dep) => String(dep.major) === major && String(dep.minor) === minor)
    );
  });
}
