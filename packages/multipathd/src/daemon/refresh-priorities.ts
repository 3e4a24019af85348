// refresh-priorities.ts — Reads priorities after a check, and regroups or switches back as they ask for.
// Mirrors the end of multipathd/main.c: check_path, and update_prio.
import type { Task } from '@dmsim/sim';
import { NOW } from '@dmsim/vfs';

import { getPrio } from '../discovery/get-prio.ts';
import { pathOffline } from '../discovery/path-offline.ts';
import { pathinfo, tellMask } from '../discovery/pathinfo.ts';
import type { Multipath } from '../multipath.ts';
import { pathsInGroups } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Daemon } from './daemon.ts';
import type { Checked } from './failback.ts';
import { maybeFailback } from './failback.ts';
import { reloadAndSync } from './reload-map.ts';

interface Refresh {
  readonly path: Path;
  readonly map: Multipath;
  readonly checked: Checked;
  readonly marginalChanged: boolean;
}

export function refreshPriorities(daemon: Daemon, refresh: Refresh): Task<void> {
  const { path, map, checked, marginalChanged } = refresh;
  if (marginalChanged) return reload(daemon, map, true);
  daemon.log.put(4, 'path prio refresh');
  if (checked.isUp) return afterAll(daemon, refresh);
  const before = path.priority;
  const asked = updatePriority(daemon, path);
  return asked === NOW
    ? followPriorities(daemon, refresh, path.priority !== before)
    : afterOne(daemon, refresh, asked);
}

function* afterAll(daemon: Daemon, refresh: Refresh): Task<void> {
  const isChanged = yield* updatePriorities(daemon, refresh.map);
  yield* followPriorities(daemon, refresh, isChanged);
}

function* afterOne(daemon: Daemon, refresh: Refresh, asked: Task<void>): Task<void> {
  const before = refresh.path.priority;
  yield* asked;
  yield* followPriorities(daemon, refresh, refresh.path.priority !== before);
}

/** Acts on priorities that have been read. */
function followPriorities(
  daemon: Daemon,
  { path, map, checked }: Refresh,
  isChanged: boolean,
): Task<void> {
  if (isChanged && map.groupingPolicy === 'group_by_prio' && map.failback === 'immediate') {
    daemon.log.put(2, `${map.alias}: path priorities changed. reloading`);
    return reload(daemon, map, !checked.isUp);
  }
  maybeFailback(daemon, map, path, checked);
  return NOW;
}

function* reload(daemon: Daemon, map: Multipath, refresh: boolean): Task<void> {
  yield* reloadAndSync(daemon, map, { refresh });
}

/** Updates the priority of the path that was checked, unless it is down. */
function updatePriority(daemon: Daemon, path: Path): Task<void> {
  if (path.state === 'down') return NOW;
  if (daemon.log.verbosity >= 4) tellQuestion(daemon, path);
  return getPrio(daemon, path);
}

/** The real daemon looks at the device's state before it asks for the priority. */
function tellQuestion(daemon: Daemon, path: Path): void {
  tellMask(daemon, path, { prio: true });
  pathOffline(daemon, path);
}

function* updatePriorities(daemon: Daemon, map: Multipath): Task<boolean> {
  let changedPriority = false;
  for (const path of pathsInGroups(map)) {
    const before = path.priority;
    yield* pathinfo(daemon, path, { prio: true });
    if (path.priority !== before) changedPriority = true;
  }
  return changedPriority;
}
