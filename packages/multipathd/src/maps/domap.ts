// domap.ts — Carries out what was decided for a map. Mirrors libmultipath/configure.c: domap.
import type { Task } from '@dmsim/sim';
import { assert } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { readAttribute, writeAttribute } from '../discovery/sysfs.ts';
import { dmInfo, isPresent, wwidOf } from '../dm/dm-maps.ts';
import { createMap, reloadMap } from '../dm/load-map.ts';
import { mangledName } from '../dm/mangled-name.ts';
import { reinstatePathMessage, switchGroupMessage } from '../dm/messages.ts';
import { renameMap } from '../dm/simple-command.ts';
import { DM_UDEV } from '../dm/udev-flags.ts';
import type { Multipath } from '../multipath.ts';
import { countActive, countPaths, pathsInGroups } from '../multipath.ts';
import { rememberWwid } from '../names/wwids.ts';
import { refuse } from '../refuse.ts';
import type { Session } from '../session.ts';
import { renamePartitions } from './rename-partitions.ts';
import { triggerPathEvents } from './trigger-path-events.ts';

/** `exists`: nothing was loaded, and nothing had to be. */
export type DomapResult = 'ok' | 'fail' | 'exists' | 'dry';

export function* domap(session: Session, map: Multipath, params: string): Task<DomapResult> {
  assert(session.mayChangeMaps(), 'a map is changed without the lock');
  if (map.action === 'dry-run') return 'dry';
  if (map.action === 'create') checkName(session, map);
  switch (map.action) {
    case 'undef':
    case 'reject':
    case 'nothing':
    case 'impossible':
      return 'exists';
    case 'switchpg':
      switchGroupMessage(session, map.alias, map.bestGroup);
      reinstatePaths(session, map);
      return 'exists';
    case 'create':
    case 'reload':
    case 'resize':
    case 'rename':
    case 'forcerename':
      return yield* carryOut(session, map, { params, action: map.action });
  }
}

/** The name may be taken: by the map itself, or by another, which rejects this one. */
function checkName({ host, log }: Session, map: Multipath): void {
  if (!isPresent(host.dm, map.alias)) return;
  // A map that is not multipath's has none.
  const wwid = wwidOf(host.dm, map.alias) ?? '';
  if (wwid === map.wwid) {
    map.action = 'reload';
    return;
  }
  log.put(0, `${map.wwid}: map "${map.alias}" already present with WWID ${wwid}, skipping`);
  log.put(0, 'please check alias settings in config and bindings file');
  map.action = 'reject';
}

interface Work {
  readonly params: string;
  readonly action: 'create' | 'reload' | 'resize' | 'rename' | 'forcerename';
}

/**
 * A name that libdevmapper changes is none for the daemon, which takes what it made for another map, and makes it again for ever. One with a
 * slash is a path to the library.
 */
const mayBeNamed = ({ isDaemon }: Session, alias: string): boolean =>
  !alias.includes('/') && (!isDaemon || mangledName(alias) === alias);

function* carryOut(session: Session, map: Multipath, work: Work): Task<DomapResult> {
  if (work.action !== 'reload' && !mayBeNamed(session, map.alias)) refuse(`alias "${map.alias}"`);
  if (!(yield* perform(session, map, work))) {
    if (work.action === 'create' && map.needsPathUevents) {
      triggerPathEvents(session, map, { isMultipath: false });
    }
    return 'fail';
  }
  map.forceUdevReload = false;
  if (work.action === 'create') {
    const isNew = (yield* rememberWwid(session, map.wwid)) === 'added';
    if (isNew || map.needsPathUevents) triggerPathEvents(session, map, { isMultipath: true });
  }
  if (session.isDaemon) recordLoad(session, map, work);
  else switchGroupMessage(session, map.alias, map.bestGroup);
  return 'ok';
}

function recordLoad({ config, log }: Session, map: Multipath, { action, params }: Work): void {
  map.stats.mapLoads++;
  log.put(4, `${map.alias}: load table [0 ${map.size} multipath ${params}]`);
  if (action === 'create') {
    map.waitForUdev = 'yes';
    map.udevWaitTick = Number(defaultOf(config, 'missing_uev_wait_timeout'));
  } else map.action = 'nothing';
}

function* perform(session: Session, map: Multipath, { params, action }: Work): Task<boolean> {
  const { isDaemon } = session;
  switch (action) {
    case 'create': {
      yield* setMaxSectors(session, map, { isReload: false });
      const ghosts = countActive(map) > 0 && countPaths(map, ({ state }) => state === 'up') === 0;
      if (isDaemon && map.ghostDelay > 0 && ghosts) map.ghostDelayTick = map.ghostDelay;
      return yield* createMap(session, map, params);
    }
    case 'reload':
    case 'resize':
      return yield* load(session, map, { params, flush: action === 'resize' });
    case 'rename':
      return yield* rename(session, map);
    case 'forcerename':
      return (yield* rename(session, map)) && (yield* load(session, map, { params, flush: false }));
  }
}

function* load(
  session: Session,
  map: Multipath,
  options: { readonly params: string; readonly flush: boolean },
): Task<boolean> {
  yield* setMaxSectors(session, map, { isReload: true });
  if (countPaths(map, ({ state }) => state === 'up') > 0) map.ghostDelayTick = 0;
  return yield* reloadMap(session, map, options);
}

function* rename(session: Session, map: Multipath): Task<boolean> {
  yield* renamePartitions(session, map.oldAlias, map.alias);
  const flags = map.skipKpartx ? DM_UDEV.NO_KPARTX : 0;
  return (yield* renameMap(session, map.oldAlias, { to: map.alias, flags })) === undefined;
}

/** Paths of a new map get the configured limit; those of a map that exists get the map's own. */
function* setMaxSectors(
  { host, process }: Session,
  map: Multipath,
  { isReload }: { readonly isReload: boolean },
): Task<void> {
  if (map.maxSectorsKb === 0) return;
  let limit = String(map.maxSectorsKb);
  if (isReload) {
    const info = dmInfo(host.dm, map.alias);
    if (info === null) return;
    const path = `/sys/block/dm-${info.minor}/queue/max_sectors_kb`;
    const own = readAttribute(host, path);
    if (own === undefined) return;
    limit = own;
  }
  for (const { dev } of pathsInGroups(map)) {
    yield* writeAttribute(host, process, `/sys/block/${dev}/queue/max_sectors_kb`, limit);
  }
}

/** Failed paths that are good, and those that wait in groups not in use. */
function reinstatePaths(session: Session, map: Multipath): void {
  for (const { paths, status } of map.groups) {
    for (const path of paths) {
      if (path.state !== 'up' && (status === 'disabled' || status === 'active')) continue;
      if (path.dmState === 'failed') reinstatePathMessage(session, map.alias, path.devT);
    }
  }
}
