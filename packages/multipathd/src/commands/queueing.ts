// queueing.ts — `disablequeueing`, `restorequeueing`, `forcequeueing`. Mirrors multipathd/cli_handlers.c: cli_restore_queueing.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { selectForMap } from '../config/select.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { setNoPathRetry } from '../daemon/queueing.ts';
import { settingsLog, tellNoPathRetry } from '../maps/log-settings.ts';
import type { Multipath, NoPathRetry } from '../multipath.ts';
import { countActive } from '../multipath.ts';
import type { Arguments, Command, Reply } from './command.ts';
import { findNamedMap, mapWord } from './objects.ts';

function disable(daemon: Daemon, map: Multipath): void {
  if (countActive(map) === 0) map.stats.mapFailures++;
  map.retryTick = 0;
  map.noPathRetry = 'fail';
  map.queueingDisabled = true;
  setNoPathRetry(daemon, map);
}

/** Puts the configured setting into force again. */
function restore(daemon: Daemon, map: Multipath): void {
  map.queueingDisabled = false;
  const retry = selectForMap(daemon.config, map, 'no_path_retry');
  if (retry !== undefined) map.noPathRetry = retry as NoPathRetry;
  tellNoPathRetry(settingsLog(daemon, map), retry);
  if (map.noPathRetry !== 'undef' && map.noPathRetry !== 'fail') setNoPathRetry(daemon, map);
}

type Change = (daemon: Daemon, map: Multipath) => void;

const ofMap = (keys: string, verb: string, change: Change): Command => ({
  keys,
  *run(daemon: Daemon, args: Arguments): Task<Reply> {
    const word = mapWord(args);
    daemon.log.put(2, `${word}: ${verb} map queueing (operator)`);
    const map = findNamedMap(daemon, word);
    if (map === undefined) {
      daemon.log.put(0, `${word}: invalid map name, cannot ${verb} queueing`);
      return false;
    }
    change(daemon, map);
    return true;
  },
});

const ofMaps = (keys: string, verb: string, change: Change): Command => ({
  keys,
  *run(daemon: Daemon): Task<Reply> {
    daemon.log.put(2, `${verb} queueing (operator)`);
    for (const map of daemon.maps) change(daemon, map);
    return true;
  },
});

export const disableQueueing: Command = ofMap('disablequeueing map', 'disable', disable);
export const restoreQueueing: Command = ofMap('restorequeueing map', 'restore', restore);
export const disableAllQueueing: Command = ofMaps('disablequeueing maps', 'disable', disable);
export const restoreAllQueueing: Command = ofMaps('restorequeueing maps', 'restore', restore);

const ofDaemon = (keys: string, verb: string, force: boolean): Command => ({
  keys,
  *run(daemon: Daemon): Task<Reply> {
    daemon.log.put(2, `${verb} queue_without_daemon (operator)`);
    const { defaults } = daemon.config;
    const now = defaultOf(daemon.config, 'queue_without_daemon');
    if (now === (force ? 'no' : 'forced')) {
      defaults.set('queue_without_daemon', force ? 'forced' : 'no');
    }
    return true;
  },
});

export const forceQueueing: Command = ofDaemon('forcequeueing daemon', 'force', true);
export const restoreForcedQueueing: Command = ofDaemon('restorequeueing daemon', 'restore', false);
