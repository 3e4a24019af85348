// path-discovery.ts — Finds all paths that sysfs has. Mirrors libmultipath/discovery.c: path_discovery.
import type { Task } from '@dmsim/sim';

import type { Path } from '../path.ts';
import { closePath, createPath } from '../path.ts';
import type { Session } from '../session.ts';
import { findPath, tellUnknownNumber } from '../session.ts';
import type { PathInfoMask } from './pathinfo.ts';
import { pathinfo } from './pathinfo.ts';
import { syspathOf } from './tell-open.ts';

/** Adds those it does not know, and finds out `mask` about each. Those that udev has not seen are passed over. */
export function* pathDiscovery(session: Session, mask: PathInfoMask): Task<void> {
  const { log } = session;
  const { udev } = session.host;
  const devices = udev.blockDevices().filter((dev) => udev.properties(dev) !== undefined);
  let found = 0;
  for (const dev of devices) {
    tellDevice(session, dev);
    const known = findPath(session, dev);
    const result =
      known === undefined
        ? yield* storePathinfo(session, dev, mask)
        : yield* pathinfo(session, known, mask);
    if (result !== 'skipped' && result !== 'failed') found++;
  }
  log.put(4, `Discovered ${found}/${devices.length} paths`);
}

function tellDevice(session: Session, dev: string): void {
  if (session.log.verbosity < 4) return;
  session.log.put(4, `Discover device ${syspathOf(session, dev)}`);
  const properties = session.host.udev.properties(dev);
  const number = `${properties?.get('MAJOR')}:${properties?.get('MINOR')}`;
  tellUnknownNumber(session, session.paths, number);
}

/** A new path, stored if multipath has to do with it. */
export function* storePathinfo(
  session: Session,
  dev: string,
  mask: PathInfoMask,
): Task<Path | 'skipped' | 'failed'> {
  const path = createPath(dev, session.config.pollingInterval);
  const result = yield* pathinfo(session, path, { ...mask, blacklist: true });
  if (result !== 'ok') {
    closePath(path);
    return result;
  }
  session.paths.push(path);
  return path;
}
