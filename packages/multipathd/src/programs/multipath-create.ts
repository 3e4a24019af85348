// multipath-create.ts — `multipath`, with -d, -r, -p or a device: creates the maps that are missing. Mirrors multipath/main.c: configure.
import type { Task } from '@dmsim/sim';

import { removeFeature } from '../config/reconcile-features.ts';
import { pathDiscovery } from '../discovery/path-discovery.ts';
import { ALL } from '../discovery/pathinfo.ts';
import { reinstatePathMessage, setQueueing } from '../dm/messages.ts';
import { coalescePaths } from '../maps/coalesce-paths.ts';
import type { Multipath } from '../multipath.ts';
import { tellPaths } from '../print/path-list.ts';
import { printTopology } from '../print/topology.ts';
import { isDaemonRunning } from './check-daemon.ts';
import { warnWithoutDaemon } from './multipath-list.ts';
import { filterPaths, findMaps } from './multipath-maps.ts';
import type { Run } from './multipath.ts';
import { scopeOf } from './reference.ts';

export function* createMaps(call: Run): Task<number> {
  const { session, options, output, reference } = call;
  const wwid = yield* scopeOf(session, reference);
  if (wwid === undefined) return 1;
  yield* pathDiscovery(session, ALL);
  tellPaths(session, output);
  yield* findMaps(session, { wwid, mask: ALL });
  const dryRun = options.command === 'dry-run';
  if (!dryRun) for (const map of session.maps) reinstateFailed(call, map);
  filterPaths(session, wwid);
  const made = yield* coalescePaths(session, {
    reload: options.forceReload ? 'force' : 'none',
    dryRun,
    onMap: (map) => finishMap(call, map),
    ...(wwid === null ? {} : { wwid }),
  });
  if (!dryRun) yield* warnWithoutDaemon(call, session.maps.length + made.length);
  return 0;
}

function reinstateFailed({ session }: Run, map: Multipath): void {
  for (const { paths, status } of map.groups) {
    for (const { state, dmState, devT } of paths) {
      if (state !== 'up' && (status === 'disabled' || status === 'active')) continue;
      if (dmState === 'failed') reinstatePathMessage(session, map.alias, devT);
    }
  }
}

/** Turns queueing off while no daemon runs, since nobody would end it; then shows the map. */
function* finishMap({ session, output }: Run, map: Multipath): Task<void> {
  const { verbosity } = session.log;
  if (map.action === 'dry-run') {
    output.out(printTopology(map, { verbosity }));
    return;
  }
  if (!session.allowQueueing && !(yield* isDaemonRunning(session))) {
    if (map.noPathRetry !== 'undef' && map.noPathRetry !== 'fail') {
      session.log.put(3, `${map.alias}: multipathd not running, unset queue_if_no_path feature`);
    }
    if (setQueueing(session, map.alias, false)) {
      map.features = removeFeature(map.features, 'queue_if_no_path');
    }
  }
  if (map.action !== 'nothing') output.out(printTopology(map, { verbosity }));
}
