// persistent-reserve.ts — PERSISTENT RESERVE IN and OUT through the paths of a map. Mirrors libmpathpersist/mpath_persist_int.c.
import { findCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import type { ProgramContext } from '@dmsim/vfs';
import { lookupPath } from '@dmsim/vfs';

import { selectForMap } from '../config/select.ts';
import { sendCommand } from '../daemon/command-socket.ts';
import { isMultipathMap, wwidOf } from '../dm/dm-maps.ts';
import { settingsLog } from '../maps/log-settings.ts';
import { PR_STATUS, sendIn } from '../maps/reservation-keys.ts';
import { selectReservation } from '../maps/select-settings.ts';
import { adoptDevices } from '../maps/setup-map.ts';
import { updateFromKernel } from '../maps/update-from-kernel.ts';
import type { Multipath } from '../multipath.ts';
import { createMultipath, pathsInGroups } from '../multipath.ts';
import type { Path } from '../path.ts';
import { isUsable } from '../path.ts';
import { refuse } from '../refuse.ts';
import type { Session } from '../session.ts';
import { findMapByAlias } from '../session.ts';
import { tellOut, tellThreads } from './reserve-log.ts';

export interface ReserveOut {
  readonly device: string;
  /** Its letter on the command line. */
  readonly action: string;
  /** Sixteen hexadecimal digits each. */
  readonly key: string;
  readonly serviceActionKey: string;
  readonly aptpl: boolean;
  readonly type: number;
  /** Prints a line without a time. */
  readonly dump: (line: string) => void;
}

const NO_KEY = '0'.repeat(16);

export function* persistentReserveIn(
  session: Session,
  context: ProgramContext,
  device: string,
): Task<number> {
  const map = yield* mapOf(session, context, device);
  return typeof map === 'number' ? map : sendIn(session, map);
}

export function* persistentReserveOut(
  session: Session,
  context: ProgramContext,
  wish: ReserveOut,
): Task<number> {
  const { log } = session;
  const { action, key, serviceActionKey } = wish;
  const map = yield* mapOf(session, context, wish.device);
  if (typeof map === 'number') return map;
  const tell = settingsLog(session, map);
  yield* selectReservation(session, map, tell);
  tell('all_tg_pt', { shown: String(selectForMap(session.config, map, 'all_tg_pt')) });
  const configured = yield* keyInForce(session, map, wish);
  if (configured === null) {
    log.put(0, `${map.alias}: failed to set prkey for multipathd.`);
    return PR_STATUS.DMMP_ERROR;
  }
  const matches = key === configured || serviceActionKey === configured;
  if (!matches && (serviceActionKey !== NO_KEY || action !== 'I')) {
    const shown = configured.replace(/^0+(?=.)/, '');
    log.put(0, `${map.alias}: configured reservation key doesn't match: 0x${shown}`);
    return PR_STATUS.SYNTAX_ERROR;
  }
  return sendOut(session, map, wish);
}

/** The key of the configuration. In a file, a registration changes it: null when the daemon does not agree. */
function* keyInForce(
  session: Session,
  map: Multipath,
  { action, key, serviceActionKey, aptpl }: ReserveOut,
): Task<string | null> {
  const configured = configuredKey(map);
  const registers =
    action === 'I' || (action === 'G' && (configured === NO_KEY || key === configured));
  if (map.reservationSource !== 'file' || serviceActionKey === NO_KEY || !registers) {
    return configured;
  }
  const text = serviceActionKey.replace(/^0+/, '') + (aptpl ? ':aptpl' : '');
  return (yield* tellDaemon(session, map, text)) ? serviceActionKey : null;
}

function sendOut(session: Session, map: Multipath, wish: ReserveOut): number {
  const { log } = session;
  const { action } = wish;
  const paths = pathsInGroups(map);
  const usable = paths.filter(({ state }) => isUsable(state));
  const toAll = action === 'G' || action === 'I' || action === 'L';
  // Threads send the commands, one a path, and their lines come in any order.
  if (toAll && usable.length > 1 && log.verbosity >= 3) {
    refuse('mpathpersist --out -v3 through several paths');
  }
  if (toAll) tellThreads(log, usable.length, wish);
  if (!toAll || usable.length > 0) tellDown(session, map, { paths, action });
  if (usable.length === 0) {
    log.put(0, `${map.wwid}: no path available`);
    return PR_STATUS.DMMP_ERROR;
  }
  for (const path of usable.slice(0, 1)) tellOut(log, path, { wwid: map.wwid, wish });
  if (action !== 'L') return PR_STATUS.ILLEGAL_REQUEST;
  // Then it looks whether the reservation is still there.
  sendIn(session, map);
  log.put(0, `${map.wwid}: pr in read reservation command failed.`);
  return PR_STATUS.OTHER;
}

/** Logs the paths that are not up, as far as they are tried. */
function tellDown(
  { log }: Session,
  { wwid }: Multipath,
  { paths, action }: { readonly paths: readonly Path[]; readonly action: string },
): void {
  for (const { dev, state } of paths) {
    if (!isUsable(state)) {
      log.put(1, `${wwid}: ${dev} path not up${DOWN_ENDS[action] ?? '. Skip'}`);
    } else if (!'GIL'.includes(action)) return;
  }
}

const DOWN_ENDS: Readonly<Record<string, string>> = { G: '. Skip.', I: '. Skip.', L: '.' };

/** The map of a device node, with its paths and the states that their checkers report; else a status. */
function* mapOf(
  session: Session,
  { cwd }: ProgramContext,
  device: string,
): Task<Multipath | number> {
  const { host, log } = session;
  const { dm } = host;
  const node = lookupPath(device, { root: host.root, cwd });
  if (typeof node === 'string' || node.kind !== 'block') return PR_STATUS.FILE_ERROR;
  const { major, minor } = node;
  const alias = major === dm.major ? findCell(dm, { major, minor })?.name : undefined;
  if (alias === undefined) {
    log.put(0, `${major}:${minor} failed to get device alias.`);
    return PR_STATUS.DMMP_ERROR;
  }
  log.put(3, `alias = ${alias}`);
  if (!isMultipathMap(dm, alias)) {
    log.put(3, `${alias}: not a multipath device.`);
    return PR_STATUS.DMMP_ERROR;
  }
  // A batch file may have asked for it before.
  const known = findMapByAlias(session.maps, alias);
  if (known !== undefined) return known;
  // Its section of the configuration does not count: the real one does not look for it.
  const map = createMultipath(alias, wwidOf(dm, alias) ?? '');
  session.maps.push(map);
  const update = yield* updateFromKernel(session, map, { checker: true });
  if (update === 'gone') return PR_STATUS.DMMP_ERROR;
  adoptDevices(session, map);
  return map;
}

/** Sixteen digits. */
const configuredKey = ({ reservationKey }: Multipath): string =>
  (reservationKey ?? '').replace(/^0x/, '').replace(/:.*/, '').padStart(16, '0');

/** Sends setprkey. True if the daemon agreed. */
function* tellDaemon({ host, log }: Session, { alias }: Multipath, key: string): Task<boolean> {
  const message = `setprkey map ${alias} key ${key}`;
  if (host.socket.listener === null) {
    log.put(0, 'ux socket connect error');
    return false;
  }
  log.put(2, `${alias}: pr message=${message}`);
  const answer = yield* sendCommand(host.socket, message, 4000);
  if (answer.kind !== 'reply') return false;
  log.put(2, `${alias}: message=${message} reply=${answer.text}`);
  return answer.text.startsWith('ok');
}
