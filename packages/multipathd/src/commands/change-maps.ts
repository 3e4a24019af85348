// change-maps.ts — `add`, `del`, `reload`, `resize`, `suspend`, `resume`, `switchgroup map`. Mirrors multipathd/cli_handlers.c.
import type { Task } from '@dmsim/sim';

import { addMap } from '../daemon/add-map.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { reloadAndSync } from '../daemon/reload-map.ts';
import { removeMultipath } from '../daemon/remove-map.ts';
import { setupMultipath } from '../daemon/setup-multipath.ts';
import { filterWwid } from '../discovery/filter-path.ts';
import { readAttribute } from '../discovery/sysfs.ts';
import { dmInfo, multipathMaps } from '../dm/dm-maps.ts';
import { flushMap } from '../dm/flush-map.ts';
import { switchGroupMessage } from '../dm/messages.ts';
import { reassign } from '../dm/reassign.ts';
import { resumeMap, suspendMap } from '../dm/simple-command.ts';
import { DM_UDEV } from '../dm/udev-flags.ts';
import { coalescePaths } from '../maps/coalesce-paths.ts';
import { domap } from '../maps/domap.ts';
import { setupMap } from '../maps/setup-map.ts';
import { syncMapState } from '../maps/sync-map-state.ts';
import { collectPaths } from '../maps/update-from-kernel.ts';
import type { Multipath } from '../multipath.ts';
import { wwidOfReference } from '../programs/reference.ts';
import { findMapByAlias } from '../session.ts';
import type { Arguments, Command, Reply } from './command.ts';
import { findNamedMap, kernelName, mapWord } from './objects.ts';

function* add(daemon: Daemon, args: Arguments): Task<Reply> {
  const { log, host } = daemon;
  const word = mapWord(args);
  log.put(2, `${word}: add map (operator)`);
  if (filterWwid(daemon, null, word)) {
    log.put(2, `${word}: map blacklisted`);
    return 'blacklisted\n';
  }
  let info = dmInfo(host.dm, kernelName(word));
  if (info === null) {
    log.put(3, `${word}: not a device mapper table`);
    log.put(3, `${word}: mapname not found for -1:-1`);
    yield* createByName(daemon, word);
    info = dmInfo(host.dm, word);
  }
  if (info === null) {
    log.put(2, `${word}: not a device mapper table`);
    log.put(2, `${word}: add map failed`);
    return false;
  }
  return yield* addMap(daemon, `dm-${info.minor}`, info.name);
}

/** The map is made; the daemon takes it in as one that it did not know. */
function* createByName(daemon: Daemon, word: string): Task<void> {
  const wwid = yield* wwidOfReference(
    daemon,
    { kind: 'map', name: word, word },
    { blacklist: true },
  );
  if (wwid === null) return;
  for (const map of yield* coalescePaths(daemon, { wwid, reload: 'none' })) {
    for (const path of daemon.paths) if (path.map === map) path.map = null;
  }
}

export const addMapCommand: Command = { keys: 'add map', run: add };

export const removeMapCommand: Command = {
  keys: 'remove map',
  *run(daemon, args) {
    const word = mapWord(args);
    daemon.log.put(2, `${word}: remove map (operator)`);
    const info = dmInfo(daemon.host.dm, kernelName(word));
    if (info === null) {
      daemon.log.put(2, `${word}: not a device mapper table`);
      return false;
    }
    const map = daemon.maps.find((other) => other.info?.minor === info.minor);
    if (map === undefined) {
      daemon.log.put(2, `${word}: devmap not registered, can't remove`);
      return false;
    }
    if (map.alias !== info.name) {
      const numbers = `map ${map.info?.minor}, event ${info.minor}`;
      daemon.log.put(2, `${map.alias}: minor number mismatch (${numbers})`);
      return false;
    }
    return (yield* removeMultipath(daemon, map)) === 'removed';
  },
};

export const removeMapsCommand: Command = {
  keys: 'remove maps',
  *run(daemon) {
    daemon.log.put(2, 'remove maps (operator)');
    let ok = true;
    for (const map of daemon.maps.slice()) {
      if ((yield* removeMultipath(daemon, map)) !== 'removed') ok = false;
    }
    for (const { name } of multipathMaps(daemon.host.dm)) {
      if ((yield* flushMap(daemon, name)) !== 'removed') ok = false;
    }
    return ok;
  },
};

/** False, with a word, when there is no such map or it is not ready. */
function mapToChange(daemon: Daemon, args: Arguments, verb: string): Multipath | false {
  const word = mapWord(args);
  daemon.log.put(2, `${word}: ${verb} map (operator)`);
  const map = findNamedMap(daemon, word);
  if (map === undefined) {
    daemon.log.put(0, `${word}: invalid map name. cannot ${verb}`);
    return false;
  }
  if (map.waitForUdev === 'no') return map;
  daemon.log.put(2, `${map.alias}: device not fully created, failing ${verb}`);
  return false;
}

export const reloadMapCommand: Command = {
  keys: 'reload map',
  *run(daemon, args) {
    const map = mapToChange(daemon, args, 'reload');
    return map !== false && (yield* reloadAndSync(daemon, map, { refresh: false })) === 'loaded';
  },
};

export const resizeMapCommand: Command = {
  keys: 'resize map',
  *run(daemon, args) {
    const map = mapToChange(daemon, args, 'resize');
    if (map === false) return false;
    const word = mapWord(args);
    const path = map.groups[0]?.paths[0];
    if (path === undefined) {
      const missing = map.groups.length === 0 ? 'path group' : 'path';
      daemon.log.put(0, `${word}: couldn't get ${missing}. cannot resize`);
      return false;
    }
    const size = Number(readAttribute(daemon.host, `/sys/block/${path.dev}/size`));
    if (size === map.size) {
      daemon.log.put(0, `${word}: map is still the same size (${size})`);
      return true;
    }
    daemon.log.put(3, `${word} old size is ${map.size}, new size is ${size}`);
    return yield* resize(daemon, map, size);
  },
};

function* resize(daemon: Daemon, map: Multipath, size: number): Task<boolean> {
  const before = map.size;
  map.size = size;
  collectPaths(daemon, map);
  const params = yield* setupMap(daemon, map);
  map.action = 'resize';
  map.forceUdevReload = true;
  if (params === null || (yield* domap(daemon, map, params)) === 'fail') {
    daemon.log.put(0, `${map.alias}: failed to resize map : Invalid argument`);
    map.size = before;
    return false;
  }
  if (!(yield* setupMultipath(daemon, map))) return false;
  syncMapState(daemon, map);
  return true;
}

const suspension = (keys: 'suspend map' | 'resume map'): Command => ({
  keys,
  *run(daemon, args) {
    const { host, log } = daemon;
    const map = findMapByAlias(daemon.maps, mapWord(args));
    const verb = keys === 'suspend map' ? 'suspend' : 'resume';
    if (map === undefined) return false;
    if (map.waitForUdev !== 'no') {
      log.put(2, `${map.alias}: device not fully created, failing ${verb}`);
      return false;
    }
    // The real one takes `skip_kpartx no` for yes here: partitions are left alone.
    const flags = DM_UDEV.NO_KPARTX;
    const error =
      verb === 'suspend'
        ? yield* suspendMap(daemon, map.alias, { flush: false, asked: true })
        : yield* resumeMap(daemon, map.alias, { flush: false, flags });
    log.put(2, `${map.alias}: ${verb} (operator)`);
    map.info = dmInfo(host.dm, map.alias);
    return error === undefined;
  },
});

export const suspendMapCommand: Command = suspension('suspend map');
export const resumeMapCommand: Command = suspension('resume map');

export const switchGroupCommand: Command = {
  keys: 'switch map group',
  *run(daemon, args) {
    const word = mapWord(args);
    const group = Number.parseInt(args.get('group') ?? '', 10) || 0;
    daemon.log.put(2, `${word}: switch to path group #${group} (operator)`);
    return switchGroupMessage(daemon, kernelName(word), group);
  },
};

export const resetMapCommand: Command = {
  keys: 'reset map',
  *run(daemon, args) {
    const map = findMapByAlias(daemon.maps, mapWord(args));
    if (map === undefined) return false;
    if (map.waitForUdev !== 'no') {
      daemon.log.put(2, `${map.alias}: device not fully created, failing reassign`);
      return false;
    }
    daemon.log.put(3, `${map.alias}: reset devices (operator)`);
    yield* reassign(daemon, map.alias);
    return true;
  },
};
