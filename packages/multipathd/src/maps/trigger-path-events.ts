// trigger-path-events.ts — udev is to look again at paths that became multipath's, or ceased to be. Mirrors libmultipath/configure.c: trigger_paths_udev_change.
import { tellOpen } from '../discovery/tell-open.ts';
import type { Multipath } from '../multipath.ts';
import { pathsInGroups } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';

interface Membership {
  readonly isMultipath: boolean;
}

export function triggerPathEvents(session: Session, map: Multipath, is: Membership): void {
  for (const path of pathsInGroups(map)) triggerPathEvent(session, path, is);
  map.needsPathUevents = false;
}

/** Nothing for a path that udev knows to be what it is already. */
export function triggerPathEvent(session: Session, path: Path, is: Membership): void {
  const { host, log } = session;
  const properties = host.udev.properties(path.dev);
  const known = properties?.get('DM_MULTIPATH_DEVICE_PATH') ?? '0';
  const waiting = (properties?.get('FIND_MULTIPATHS_WAIT_UNTIL') ?? '0') !== '0';
  if (is.isMultipath ? known === '1' && !waiting : known === '0') return;
  const action = is.isMultipath ? 'change' : 'add';
  const member = `is ${is.isMultipath ? '' : 'no '}multipath member`;
  log.put(3, `triggering ${action} uevent for ${path.dev} (${member})`);
  tellOpen(session, path.dev, 'uevent');
  host.udev.trigger(path.dev, action);
}
