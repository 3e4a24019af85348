// path-valid.ts — Whether a disk is multipath's, for udev, before there is a map. Mirrors libmultipath/valid.c: is_path_valid.
import type { Task } from '@dmsim/sim';
import { formatSeconds, strerror } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { ORIGIN } from '../config/origin.ts';
import { pathDiscovery } from '../discovery/path-discovery.ts';
import { pathinfo } from '../discovery/pathinfo.ts';
import { readAttribute } from '../discovery/sysfs.ts';
import { isPathOfMap, multipathMaps } from '../dm/dm-maps.ts';
import { isFailedWwid } from '../names/failed-wwids.ts';
import { checkWait } from '../names/wait-files.ts';
import { isKnownWwid } from '../names/wwids.ts';
import type { Path } from '../path.ts';
import { createPath } from '../path.ts';
import type { Session } from '../session.ts';

/** `answer` is what DM_MULTIPATH_DEVICE_PATH becomes. */
export type PathValidity =
  | 'error'
  | { readonly answer: '0' | '1' | '2'; readonly waitUntil?: string };

export interface PathValidOptions {
  /** udev's earlier decision about the disk: a disk that it gave away is not taken back, unless its WWID is known. */
  readonly released?: boolean;
  /** Only while the daemon runs is anything multipath's. */
  readonly needsDaemon?: boolean;
}

const NO = { answer: '0' } as const;
const YES = { answer: '1' } as const;
const MAYBE = { answer: '2' } as const;

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
  const hasFailed = isFailedWwid(session, path.wwid);
  if (hasFailed !== false) return hasFailed === 'error' ? 'error' : NO;
  return yield* wanted(session, path, released);
}

/** By its WWID: as find_multipaths says. */
function* wanted(session: Session, path: Path, released: boolean): Task<PathValidity> {
  const { wwid } = path;
  const mode = defaultOf(session.config, 'find_multipaths');
  const unlessReleased = released ? NO : YES;
  if (mode === 'greedy') return unlessReleased;
  if (yield* isKnownWwid(session, wwid)) return YES;
  if (multipathMaps(session.host.dm).some((map) => map.wwid === wwid)) return unlessReleased;
  return mode === 'smart' && !released ? yield* waitForTwin(session, path) : NO;
}

/** A disk alone may get a second path: until its time is over it is kept for multipath. */
function* waitForTwin(session: Session, path: Path): Task<PathValidity> {
  const error = session.host.tryExclusive(path.dev);
  if (error !== undefined) {
    session.log.put(3, `check_path_valid: path ${path.dev} is in use: ${strerror(error)}`);
    return isMultipathed(session, path.dev) ? YES : NO;
  }
  yield* pathDiscovery(session, { sysfs: true, wwid: true });
  const hasTwin = session.paths.some(({ dev, wwid }) => dev !== path.dev && wwid === path.wwid);
  const timeout = hasTwin ? 0 : findMultipathsTimeout(session, path);
  const wait = yield* checkWait(session, path.devT, timeout);
  const { answer } = hasTwin ? YES : wait.kind === 'waiting' ? MAYBE : NO;
  if (wait.kind === 'never') return { answer };
  const left = wait.kind === 'waiting' ? wait.left : 0;
  return { answer, waitUntil: left === 0 ? '0' : formatSeconds(left) };
}

/** Below zero it holds for hardware that somebody has an entry for; other disks get a second. */
function findMultipathsTimeout({ config, log }: Session, { dev, devices }: Path): number {
  const said = Number(defaultOf(config, 'find_multipaths_timeout'));
  const isUnknown = said < 0 && devices.length === 0;
  const seconds = isUnknown ? 1 : Math.abs(said);
  const setting = config.defaults.has('find_multipaths_timeout')
    ? ORIGIN.defaults
    : ORIGIN.internal;
  const origin = isUnknown ? '(default for unknown hardware)' : `(setting: ${setting})`;
  log.put(3, `${dev}: timeout for find_multipaths "smart" = ${seconds}s ${origin}`);
  return seconds;
}

/** A multipath map stands on it (sysfs_is_multipathed). */
function isMultipathed({ host }: Session, dev: string): boolean {
  const numbers = readAttribute(host, `/sys/block/${dev}/dev`)?.split(':').map(Number);
  const [major, minor] = numbers ?? [];
  return major !== undefined && minor !== undefined && isPathOfMap(host.dm, { major, minor });
}
