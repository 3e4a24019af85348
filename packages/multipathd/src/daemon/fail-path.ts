// fail-path.ts — A checker's verdict reaches the kernel. Mirrors multipathd/main.c: fail_path, reinstate_path, enable_group.
import { enableGroupMessage, failPathMessage, reinstatePathMessage } from '../dm/messages.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Daemon } from './daemon.ts';
import { pathLost, pathRegained } from './queueing.ts';

/** `wasUsable`: one usable path fewer. */
export function failPath(
  daemon: Daemon,
  map: Multipath,
  { path, wasUsable }: { readonly path: Path; readonly wasUsable: boolean },
): void {
  daemon.log.put(2, `checker failed path ${path.devT} in map ${map.alias}`);
  failPathMessage(daemon, map.alias, path.devT);
  if (wasUsable) pathLost(daemon, map);
}

export function reinstatePath(daemon: Daemon, map: Multipath, { devT }: Path): void {
  if (!reinstatePathMessage(daemon, map.alias, devT)) {
    daemon.log.put(0, `${devT}: reinstate failed`);
    return;
  }
  daemon.log.put(2, `${devT}: reinstated`);
  pathRegained(daemon, map);
}

/** A group that was disabled is of use again when one of its paths is. */
export function enableGroup(daemon: Daemon, map: Multipath, { groupIndex }: Path): void {
  if (map.groups[groupIndex - 1]?.status !== 'disabled') return;
  daemon.log.put(2, `${map.alias}: enable group #${groupIndex}`);
  enableGroupMessage(daemon, map.alias, groupIndex);
}
