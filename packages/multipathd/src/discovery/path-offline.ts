// path-offline.ts — The state of a path's SCSI device, from sysfs. Mirrors libmultipath/discovery.c: path_offline.
import type { Path, PathState } from '../path.ts';
import type { Session } from '../session.ts';
import { readDeviceAttribute } from './sysfs.ts';
import { tellOpenOfDevice } from './tell-open.ts';

/** `removed` when there is no such device any more; remembers whether it is offline. */
export function pathOffline(session: Session, path: Path): PathState {
  tellOpenOfDevice(session, path.dev, 'state');
  const state = readDeviceAttribute(session, path, 'state');
  if (state === undefined) return 'removed';
  if (session.log.verbosity >= 4) session.log.put(4, `${path.dev}: path state = ${state}`);
  path.offline = state === 'offline';
  switch (state) {
    case 'running':
      return 'up';
    case 'blocked':
    case 'quiesce':
      return 'pending';
    default:
      return 'down';
  }
}
