// select-action.ts — Decides what to do so that the kernel's map becomes as wanted. Mirrors libmultipath/configure.c: select_action.
import { removeFeature } from '../config/reconcile-features.ts';
import type { MapAction, Multipath, PathGroup } from '../multipath.ts';
import { countActive } from '../multipath.ts';
import type { Session } from '../session.ts';
import { findMapByAlias, findMapByWwid } from '../session.ts';

/** `current`: the maps that there are in the kernel. */
export function selectAction(
  session: Session,
  map: Multipath,
  { current, force }: { readonly current: readonly Multipath[]; readonly force: boolean },
): void {
  const { log } = session;
  const existing = findMapByWwid(current, map.wwid);
  const namesake = findMapByAlias(current, map.alias);
  const forced = force || map.needReload || existing?.needReload === true;
  if (namesake === undefined) {
    nameIsFree(session, map, { existing, forced });
    return;
  }
  if (existing === undefined) {
    log.put(
      1,
      `${map.wwid}: can't use alias "${map.alias}" used by ${namesake.wwid}, falling back to WWID`,
    );
    map.alias = map.wwid;
    map.action = 'create';
    log.put(3, `${map.alias}: set ACT_CREATE (map does not exist, name changed)`);
    return;
  }
  if (existing !== namesake) {
    const [from, to] = [existing.alias, map.alias];
    log.put(
      2,
      `${map.wwid}: unable to rename ${from} to ${to} (${to} is used by ${namesake.wwid})`,
    );
    map.alias = from;
    map.action = 'impossible';
    return;
  }
  const { action, forceUdev = false, reason } = compare(session, map, existing, forced);
  if (forceUdev) map.forceUdevReload = true;
  map.action = action;
  log.put(3, `${map.alias}: set ACT_${action.toUpperCase()} (${reason})`);
}

function nameIsFree(
  { log }: Session,
  map: Multipath,
  { existing, forced }: { readonly existing: Multipath | undefined; readonly forced: boolean },
): void {
  if (existing === undefined) {
    map.action = 'create';
    log.put(3, `${map.alias}: set ACT_CREATE (map does not exist)`);
    return;
  }
  log.put(2, `${map.wwid}: rename ${existing.alias} to ${map.alias}`);
  map.oldAlias = existing.alias;
  map.action = forced ? 'forcerename' : 'rename';
  if (forced) map.forceUdevReload = true;
}

interface Decision {
  readonly action: MapAction;
  readonly reason: string;
  readonly forceUdev?: boolean;
}

const reload = (reason: string): Decision => ({ action: 'reload', reason });

function compare(session: Session, map: Multipath, existing: Multipath, forced: boolean): Decision {
  if (forced) return { ...reload('forced by user'), forceUdev: true };
  if (existing.size !== map.size) {
    return { action: 'resize', reason: 'size change', forceUdev: true };
  }
  if (!udevIsReady(session, existing) && countActive(map) > 0) {
    return { ...reload('udev incomplete'), forceUdev: true };
  }
  const change = changeOf(map, existing);
  if (change !== null) return reload(change);
  return existing.nextGroup === map.bestGroup
    ? { action: 'nothing', reason: 'map unchanged' }
    : { action: 'switchpg', reason: 'next path group change' };
}

/** MPATH_DEVICE_READY is 1 once the rules were through with a map that has a usable path. */
function udevIsReady({ host }: Session, { info }: Multipath): boolean {
  if (info === null) return true;
  return host.udev.properties(`dm-${info.minor}`)?.get('MPATH_DEVICE_READY') === '1';
}

const QUEUE = 'queue_if_no_path';

const bare = (features: string): string =>
  removeFeature(removeFeature(features, QUEUE), 'retain_attached_hw_handler');

function changeOf(map: Multipath, existing: Multipath): string | null {
  const queues = map.features.includes(QUEUE) === existing.features.includes(QUEUE);
  if (map.noPathRetry !== 'undef' && !queues) return 'no_path_retry change';
  if (existing.hardwareHandler === '0' && map.hardwareHandler !== '0') return 'hwhandler change';
  if (bare(map.features) !== bare(existing.features)) return 'features change';
  if (!existing.selector.startsWith(map.selector)) return 'selector change';
  if (existing.minio !== map.minio) return 'minio change';
  if (existing.groups.length !== map.groups.length) return 'path group number change';
  return sameGroups(map.groups, existing.groups) ? null : 'path group topology change';
}

/** The same sets of paths, in whatever order. */
function sameGroups(wanted: readonly PathGroup[], present: readonly PathGroup[]): boolean {
  const keys = new Set(present.map(membersOf));
  return wanted.every((group) => keys.has(membersOf(group)));
}

const membersOf = ({ paths }: PathGroup): string =>
  paths
    .map(({ dev }) => dev)
    .toSorted()
    .join(' ');
