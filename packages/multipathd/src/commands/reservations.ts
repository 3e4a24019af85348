// reservations.ts — Persistent reservations: the key of a map, and whether one is registered. Mirrors multipathd/cli_handlers.c: cli_getprkey and those beside it.
import type { Task } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import { NO_KEY, parseKey } from '../config/reservation-key.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { settingsLog } from '../maps/log-settings.ts';
import { selectReservation } from '../maps/select-settings.ts';
import type { Multipath } from '../multipath.ts';
import { writeKey } from '../names/prkeys.ts';
import type { Arguments, Command, Reply } from './command.ts';
import { findNamedMap, mapWord } from './objects.ts';

/** Without a newline, as the real one answers. */
export const getStatus: Command = {
  keys: 'getprstatus map',
  run(daemon, args) {
    const map = findNamedMap(daemon, mapWord(args));
    if (map === undefined) return ready(false);
    const flag = String(Number(map.reservationActive));
    daemon.log.put(3, `${mapWord(args)}: prflag = ${flag}`);
    daemon.log.put(3, `${mapWord(args)}: reply = ${flag}`);
    return ready(flag);
  },
};

const changeStatus = (keys: string, active: boolean): Command => ({
  keys,
  run(daemon, args) {
    const map = findNamedMap(daemon, mapWord(args));
    if (map === undefined) return ready(false);
    if (map.reservationActive !== active) {
      daemon.log.put(2, `${mapWord(args)}: prflag ${active ? 'set' : 'unset'}`);
    }
    map.reservationActive = active;
    return ready(true);
  },
});

export const setStatus: Command = changeStatus('setprstatus map', true);
export const unsetStatus: Command = changeStatus('unsetprstatus map', false);

const said = ({ log }: Daemon, args: Arguments, verb: 'get' | 'set' | 'unset'): void =>
  log.put(3, `${mapWord(args)}: ${verb} persistent reservation key (operator)`);

export const getKey: Command = {
  keys: 'getprkey map',
  run(daemon, args) {
    said(daemon, args, 'get');
    const map = findNamedMap(daemon, mapWord(args));
    if (map === undefined) return ready(false);
    return ready(`${map.reservationKey ?? 'none'}\n`);
  },
};

/** Its flag does not count. */
const bareKey = (key: string | null): string =>
  parseKey((key ?? '0x0').replace(/:.*/, ''))?.toLowerCase() ?? '';

/** The file is written in any case, but it only counts if the configuration says so. */
function* change(daemon: Daemon, map: Multipath, key: string | null): Task<Reply> {
  if (!(yield* writeKey(daemon, map.wwid, key))) return false;
  yield* selectReservation(daemon, map, settingsLog(daemon, map));
  return bareKey(map.reservationKey) === bareKey(key);
}

export const setKey: Command = {
  keys: 'setprkey map key',
  *run(daemon, args) {
    said(daemon, args, 'set');
    const map = findNamedMap(daemon, mapWord(args));
    if (map === undefined) return false;
    const text = args.get('key') ?? '';
    const key = parseKey(text);
    if (key === null) {
      daemon.log.put(0, `${mapWord(args)}: invalid prkey : '${text}'`);
      return false;
    }
    return yield* change(daemon, map, key.toLowerCase() === NO_KEY ? null : key);
  },
};

export const unsetKey: Command = {
  keys: 'unsetprkey map',
  *run(daemon, args) {
    said(daemon, args, 'unset');
    const map = findNamedMap(daemon, mapWord(args));
    return map !== undefined && (yield* change(daemon, map, null));
  },
};
