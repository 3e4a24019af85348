// path-discovery.ts — Finds all paths that sysfs has. Mirrors libmultipath/discovery.c: path_discovery.
import type { Task } from '@dmsim/sim';

import type { Path } from '../path.ts';
import { createPath } from '../path.ts';
import type { Session } from '../session.ts';
import { findPath } from '../session.ts';
import type { PathInfoMask } from './pathinfo.ts';
import { pathinfo } from './pathinfo.ts';

/** Adds those it does not know, and finds out `mask` about each. */
export function* pathDiscovery(session: Session, mask: PathInfoMask): Task<void> {
  const { udev } = session.host;
  for (const dev of udev.blockDevices()) {
    const known = findPath(session, dev);
    if (known !== undefined) yield* pathinfo(session, known, mask);
    else yield* storePathinfo(session, dev, mask);
  }
}

/** A new path, stored if multipath has to do with it. */
export function* storePathinfo(
  session: Session,
  dev: string,
  mask: PathInfoMask,
): Task<Path | 'skipped' | 'failed'> {
  const path = createPath(dev, session.config.pollingInterval);
  const result = yield* pathinfo(session, path, { ...mask, blacklist: true });
  if (result !== 'ok') return result;
  session.paths.push(path);
  return path;
}
