// failback.ts — When I/O goes back to the best group. Mirrors multipathd/main.c: need_switch_pathgroup, followover_should_failback, deferred_failback_tick.
import type { Task } from '@dmsim/sim';

import { pathinfo } from '../discovery/pathinfo.ts';
import { switchGroupMessage } from '../dm/messages.ts';
import { selectPathGroup } from '../maps/best-group.ts';
import type { Multipath } from '../multipath.ts';
import { pathsInGroups } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Daemon } from './daemon.ts';

/** Another group than the kernel's should be used, and the administrator doesn't switch himself. */
function needsSwitch(map: Multipath): boolean {
  if (map.groups.length === 0 || map.paths.length === 0) return false;
  const best = selectPathGroup(map);
  if (map.failback === 'manual') return false;
  map.bestGroup = best;
  return map.bestGroup !== map.nextGroup;
}

function switchGroup(daemon: Daemon, map: Multipath): void {
  map.stats.switchGroups++;
  switchGroupMessage(daemon, map.alias, map.bestGroup);
  daemon.log.put(2, `${map.alias}: switch to path group #${map.bestGroup}`);
}

/** The findings of a check about its path. */
export interface Checked {
  /** It has become usable; so says the checker, or it never said otherwise and the kernel had failed it. */
  readonly isUp: boolean;
  readonly checkerSawItUp: boolean;
}

export function maybeFailback(
  daemon: Daemon,
  map: Multipath,
  path: Path,
  { isUp, checkerSawItUp }: Checked,
): void {
  if (!needsSwitch(map)) return;
  const { failback } = map;
  if (typeof failback === 'number') {
    if (isUp || map.failbackTick <= 0) map.failbackTick = failback + 1;
  } else if (failback === 'immediate' || (checkerSawItUp && mayFollow(map, path))) {
    switchGroup(daemon, map);
  }
}

/** followover: the first path of the best group to come back takes I/O with it. */
function mayFollow({ failback, groups, bestGroup }: Multipath, path: Path): boolean {
  if (failback !== 'followover' || path.groupIndex === 0 || path.groupIndex !== bestGroup) {
    return false;
  }
  const others = groups[path.groupIndex - 1]?.paths.filter((other) => other !== path) ?? [];
  return others.every(({ checkerSaid }) => checkerSaid === 'down' || checkerSaid === 'shaky');
}

/** A second less to wait, for every map that does. */
export function* deferredFailbackTick(daemon: Daemon): Task<void> {
  for (const map of daemon.maps) {
    if (typeof map.failback !== 'number' || map.failbackTick === 0) continue;
    if (--map.failbackTick > 0) continue;
    for (const path of pathsInGroups(map)) yield* pathinfo(daemon, path, { prio: true });
    if (needsSwitch(map)) switchGroup(daemon, map);
  }
}
