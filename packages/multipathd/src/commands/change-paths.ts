// change-paths.ts — `add`, `del`, `fail`, `reinstate path`; marginal paths. Mirrors multipathd/cli_handlers.c: cli_add_path and those after it.
import type { Task } from '@dmsim/sim';

import { addPath } from '../daemon/add-path.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { finishPath } from '../daemon/finish-path.ts';
import { reloadAndSync } from '../daemon/reload-map.ts';
import { removePath } from '../daemon/remove-path.ts';
import { returnPath, tellLostMap } from '../daemon/return-path.ts';
import { dropChangedPath, wwidChanged } from '../daemon/wwid-change.ts';
import { filterDevnode } from '../discovery/filter-path.ts';
import { storePathinfo } from '../discovery/path-discovery.ts';
import { ALL, pathinfo } from '../discovery/pathinfo.ts';
import { failPathMessage, reinstatePathMessage } from '../dm/messages.ts';
import type { Multipath } from '../multipath.ts';
import { pathsInGroups } from '../multipath.ts';
import type { Path } from '../path.ts';
import { findPath } from '../session.ts';
import type { Arguments, Command, Reply } from './command.ts';
import { findNamedMap, findNamedPath, mapWord, pathWord } from './objects.ts';

function* add(daemon: Daemon, args: Arguments): Task<Reply> {
  const dev = pathWord(args);
  daemon.log.put(2, `${dev}: add path (operator)`);
  if (filterDevnode(daemon, dev)) return blacklisted(daemon, dev);
  const known = findPath(daemon, dev);
  if (known === undefined) return yield* addUnknown(daemon, dev);
  const result =
    known.initialized === 'removed'
      ? yield* takeBack(daemon, known)
      : yield* refresh(daemon, known);
  if (typeof result === 'boolean') return result;
  return result === 'orphan' ? yield* addPath(daemon, known) : yield* addUnknown(daemon, dev);
}

function* addUnknown(daemon: Daemon, dev: string): Task<Reply> {
  const { log, host } = daemon;
  if (!host.udev.blockDevices().includes(dev)) {
    log.put(0, `${dev}: can't find path`);
    return false;
  }
  const path = yield* storePathinfo(daemon, dev, ALL);
  if (path === 'skipped') return blacklisted(daemon, dev);
  if (path === 'failed') {
    log.put(0, `${dev}: failed to store path info`);
    return false;
  }
  return yield* addPath(daemon, path);
}

/** `orphan`: it has no map yet. */
function* refresh(daemon: Daemon, path: Path): Task<boolean | 'orphan'> {
  const { log } = daemon;
  log.put(2, `${path.dev}: path already in pathvec`);
  if (path.initialized === 'partial') {
    if (!(yield* finishPath(daemon, path))) return false;
  } else if (wwidChanged(daemon, path)) {
    log.put(0, `${path.dev}: wwid changed. Removing device`);
    yield* dropChangedPath(daemon, path);
    return false;
  }
  return path.map !== null || 'orphan';
}

/** A path that its map's table still has, though it was to leave. `unknown`: it is forgotten now, and found as a new one. */
function* takeBack(daemon: Daemon, path: Path): Task<boolean | 'unknown'> {
  const { map } = path;
  if (map === null) tellLostMap(daemon, path);
  path.map = null;
  path.initialized = 'new';
  path.wwid = '';
  const result = yield* pathinfo(daemon, path, { ...ALL, blacklist: true });
  if (map === null) return false;
  const outcome = yield* returnPath(daemon, path, { map, result });
  if (outcome === 'back') daemon.log.put(2, `${path.dev}: path re-added to ${map.alias}`);
  return outcome === 'gone' ? 'unknown' : outcome === 'back';
}

function blacklisted({ log }: Daemon, dev: string): string {
  log.put(2, `${dev}: path blacklisted`);
  return 'blacklisted\n';
}

export const addPathCommand: Command = { keys: 'add path', run: add };

export const removePathCommand: Command = {
  keys: 'remove path',
  *run(daemon, args) {
    const dev = pathWord(args);
    daemon.log.put(2, `${dev}: remove path (operator)`);
    const path = findPath(daemon, dev);
    if (path === undefined) {
      daemon.log.put(0, `${dev}: path already removed`);
      return false;
    }
    const result = yield* removePath(daemon, path);
    if (result === 'delayed') return 'delayed\n';
    return result === 'map-error' ? 'map reload error. removed\n' : result !== 'failed';
  },
};

interface Member {
  readonly path: Path;
  readonly map: Multipath;
}

function memberOf(daemon: Daemon, args: Arguments): Member | null {
  const path = findNamedPath(daemon, pathWord(args));
  return path === undefined || path.map === null ? null : { path, map: path.map };
}

/** Its checker is turned off, or it would bring the path back. */
export const failPathCommand: Command = {
  keys: 'fail path',
  *run(daemon, args) {
    const member = memberOf(daemon, args);
    if (member === null) return false;
    const { path, map } = member;
    daemon.log.put(2, `${map.alias}: fail path ${path.devT} (operator)`);
    if (!failPathMessage(daemon, map.alias, path.devT)) return false;
    if (path.checker !== null) path.checker.disabled = true;
    return true;
  },
};

export const reinstatePathCommand: Command = {
  keys: 'reinstate path',
  *run(daemon, args) {
    const member = memberOf(daemon, args);
    if (member === null) return false;
    const { path, map } = member;
    daemon.log.put(2, `${map.alias}: reinstate path ${path.devT} (operator)`);
    if (path.checker !== null) path.checker.disabled = false;
    return reinstatePathMessage(daemon, map.alias, path.devT);
  },
};

const marginal = (keys: string, value: boolean, what: string): Command => ({
  keys,
  *run(daemon, args) {
    const member = memberOf(daemon, args);
    if (member === null) return false;
    const { path, map } = member;
    daemon.log.put(2, `${map.alias}: ${what} marginal path ${path.devT} (operator)`);
    if (map.waitForUdev !== 'no') {
      daemon.log.put(2, `${map.alias}: device not fully created, failing ${what} marginal`);
      return false;
    }
    path.marginal = value;
    return (yield* reloadAndSync(daemon, map, { refresh: false })) === 'loaded';
  },
});

export const setMarginal: Command = marginal('setmarginal path', true, 'set');
export const unsetMarginal: Command = marginal('unsetmarginal path', false, 'unset');

export const unsetMapMarginal: Command = {
  keys: 'unsetmarginal map',
  *run(daemon, args) {
    const word = mapWord(args);
    daemon.log.put(2, `${word}: unset all marginal paths (operator)`);
    const map = findNamedMap(daemon, word);
    if (map === undefined) {
      daemon.log.put(0, `${word}: invalid map name. cannot unset marginal paths`);
      return false;
    }
    if (map.waitForUdev !== 'no') {
      const why = 'device not fully created, failing unset all marginal';
      daemon.log.put(2, `${map.alias}: ${why}`);
      return false;
    }
    for (const path of pathsInGroups(map)) path.marginal = false;
    return (yield* reloadAndSync(daemon, map, { refresh: false })) === 'loaded';
  },
};
