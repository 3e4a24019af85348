// multipath-list.ts — `multipath -l` and `-ll`: the maps that there are.
import type { Task } from '@dmsim/sim';

import { pathDiscovery } from '../discovery/path-discovery.ts';
import { ALL } from '../discovery/pathinfo.ts';
import { tellPaths } from '../print/path-list.ts';
import { printTopology } from '../print/topology.ts';
import { isDaemonRunning } from './check-daemon.ts';
import { filterPaths, findMaps } from './multipath-maps.ts';
import type { Run } from './multipath.ts';
import { scopeOf } from './reference.ts';

export function* listMaps({ session, options, output, reference }: Run): Task<number> {
  const { log } = session;
  const wwid = yield* scopeOf(session, reference);
  if (wwid === undefined) return 1;
  const long = options.command === 'list-long';
  yield* pathDiscovery(session, {
    sysfs: true,
    wwid: reference !== null,
    checker: long,
    serial: long,
  });
  tellPaths(session, output);
  // -l asks neither the paths nor their devices.
  yield* findMaps(session, {
    wwid,
    mask: long ? ALL : null,
    found: (map) => output.out(printTopology(map, { verbosity: log.verbosity })),
  });
  filterPaths(session, wwid);
  yield* warnWithoutDaemon({ session, options, output, reference }, session.maps.length);
  return 0;
}

/** Warns that nobody looks after the maps, if no daemon runs. */
export function* warnWithoutDaemon({ session }: Run, maps: number): Task<void> {
  if (maps === 0 || (yield* isDaemonRunning(session))) return;
  session.log.put(2, 'Warning: multipath devices exist, but multipathd service is not running');
}
