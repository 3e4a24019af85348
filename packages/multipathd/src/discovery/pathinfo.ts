// pathinfo.ts — Finds out about a path, as much as is asked for. Mirrors libmultipath/discovery.c: pathinfo, get_uid.
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { runChecker } from '../checkers/run-checker.ts';
import { defaultOf } from '../config/config.ts';
import { DEFAULTS } from '../config/keywords.ts';
import { originForPath } from '../config/origin.ts';
import { matchingDevices, selectForPath } from '../config/select.ts';
import { textOf } from '../config/settings.ts';
import type { Path, PathState } from '../path.ts';
import { PRIO_UNDEF } from '../path.ts';
import type { Session } from '../session.ts';
import {
  filterDevnode,
  filterProperties,
  filterProtocol,
  filterVendor,
  filterWwid,
} from './filter-path.ts';
import { getPrio } from './get-prio.ts';
import { logGeometry, logSerial, logSysfs, logUidAttribute } from './log-path.ts';
import { pathOffline } from './path-offline.ts';
import { readGeometry } from './read-geometry.ts';
import { selectChecker } from './select-checker.ts';
import { readAttribute, readDeviceAttribute } from './sysfs.ts';

/** The facts to find out (DI_…). */
export interface PathInfoMask {
  readonly sysfs?: boolean;
  readonly serial?: boolean;
  readonly checker?: boolean;
  readonly prio?: boolean;
  readonly wwid?: boolean;
  readonly blacklist?: boolean;
  /** Nothing that needs the device itself. */
  readonly noIo?: boolean;
  /** Only udev may give the WWID. */
  readonly noFallback?: boolean;
}

export const ALL: PathInfoMask = {
  sysfs: true,
  serial: true,
  checker: true,
  prio: true,
  wwid: true,
};

/** `skipped`: multipath has nothing to do with it. */
export type PathInfoResult = 'ok' | 'skipped' | 'failed';

export function* pathinfo(session: Session, path: Path, mask: PathInfoMask): Task<PathInfoResult> {
  if (path.initialized === 'removed') return 'failed';
  if (filterDevnode(session, path.dev)) return 'skipped';
  tellMask(session, path, mask);
  if (mask.sysfs === true && !sysfsInfo(session, path)) return 'failed';
  if (isFiltered(session, path, mask)) return 'skipped';
  const offline = pathOffline(session, path);
  if (offline === 'removed') return blank(path);
  if (mask.noIo === true) {
    if (mask.checker === true) setState(path, offline);
    return 'ok';
  }
  // The node of a disk that is offline can't be opened.
  path.isOpen ||= offline !== 'down';
  if (path.isOpen) return yield* askDevice(session, path, { mask, offline });
  const reason = strerror('ENXIO');
  session.log.put(4, `Couldn't open device node for ${path.dev}: ${reason}`);
  return blank(path);
}

/** In the order of their bits. */
const MASK_BITS = [
  'sysfs',
  'serial',
  'checker',
  'prio',
  'wwid',
  'blacklist',
  'noIo',
  'noFallback',
] as const;

/** Logs, at verbosity 4, what is asked of a path. */
export function tellMask({ log }: Session, { dev }: Path, mask: PathInfoMask): void {
  if (log.verbosity < 4) return;
  const bits = MASK_BITS.map((part, i) => (mask[part] === true ? 1 << i : 0));
  log.put(4, `${dev}: mask = 0x${bits.reduce((sum, bit) => sum + bit, 0).toString(16)}`);
}

/** By what can be told without asking the device. */
function isFiltered(session: Session, path: Path, { blacklist, sysfs }: PathInfoMask): boolean {
  if (blacklist !== true || sysfs !== true) return false;
  selectUidAttribute(session, path);
  return (
    filterProperties(session, path, 4) ||
    filterVendor(session, path) ||
    filterProtocol(session, path)
  );
}

interface Question {
  readonly mask: PathInfoMask;
  /** The facts in sysfs. */
  readonly offline: PathState;
}

function* askDevice(
  session: Session,
  path: Path,
  { mask, offline }: Question,
): Task<PathInfoResult> {
  if (mask.serial === true) yield* geometryInfo(session, path, offline);
  if (offline === 'up') deviceInfo(session, path, mask);
  if (mask.checker === true) yield* checkerInfo(session, path, offline);
  if (mask.wwid === true) {
    if (path.wwid === '' && !findWwid(session, path, mask)) return 'ok';
    if (mask.blacklist === true && filterWwid(session, path.dev, path.wwid)) return 'skipped';
  }
  if (mask.prio === true && offline === 'up') yield* prioInfo(session, path);
  if (isAll(mask)) path.initialized = 'ok';
  return 'ok';
}

function* geometryInfo(session: Session, path: Path, offline: PathState): Task<void> {
  if (offline === 'up') yield* readGeometry(session, path);
  logGeometry(session, path);
}

/** A path that is down is not asked, unless it never was. */
function* prioInfo(session: Session, path: Path): Task<void> {
  if (path.wwid === '' || (path.state === 'down' && path.priority !== PRIO_UNDEF)) return;
  yield* getPrio(session, path);
}

const isAll = ({ sysfs, serial, checker, prio, wwid }: PathInfoMask): boolean =>
  [sysfs, serial, checker, prio, wwid].every((part) => part === true);

/** It can't be reached, for now. */
function blank(path: Path): 'ok' {
  path.state = 'down';
  path.checkerSaid = 'down';
  if (path.initialized === 'new' || path.initialized === 'failed') path.wwid = '';
  return 'ok';
}

/** A check that is still running changes nothing, unless nothing was known. */
function setState(path: Path, state: PathState): void {
  if (state === 'pending' && path.state !== 'unchecked' && path.state !== 'wild') return;
  path.state = state;
  path.checkerSaid = state;
}

/** False when it is not in sysfs, or has no vendor or product there. */
function sysfsInfo(session: Session, path: Path): boolean {
  const { host, config } = session;
  const root = `/sys/block/${path.dev}`;
  const devT = readAttribute(host, `${root}/dev`);
  const size = readAttribute(host, `${root}/size`);
  if (devT === undefined || size === undefined) return false;
  path.devT = devT;
  path.size = Number(size);
  path.protocol = 'undef';
  if (!path.dev.startsWith('sd')) {
    logSysfs(session, path);
    return true;
  }
  const vendor = readDeviceAttribute(session, path, 'vendor');
  const product = readDeviceAttribute(session, path, 'model');
  const rev = readDeviceAttribute(session, path, 'rev');
  if (vendor === undefined || product === undefined || rev === undefined) return false;
  path.vendor = vendor.trimEnd();
  path.product = product.trimEnd();
  path.rev = rev.trimEnd();
  const { address, protocol } = host.scsi.addressOf(path.dev);
  path.address = address;
  path.protocol = protocol;
  const port = host.scsi.remotePort(path.dev);
  if (port !== undefined) {
    const ofPort = `/sys/class/fc_remote_ports/${port}`;
    path.targetNodeName = readAttribute(host, `${ofPort}/node_name`) ?? '';
    path.targetPortName = readAttribute(host, `${ofPort}/port_name`) ?? '';
  }
  path.devices = matchingDevices(config, path);
  logSysfs(session, path);
  return path.vendor !== '' && path.product !== '';
}

function deviceInfo(session: Session, path: Path, mask: PathInfoMask): void {
  if (mask.serial !== true) return;
  path.serial = session.host.scsi.serial(path.dev) ?? path.serial;
  logSerial(session, path);
}

function* checkerInfo(session: Session, path: Path, offline: PathState): Task<void> {
  if (offline !== 'up') {
    session.log.put(3, `${path.dev}: path inaccessible`);
    path.state = offline;
    path.checkerSaid = offline;
    return;
  }
  setState(path, yield* getState(session, path));
  if (path.state === 'timeout') path.state = 'down';
  // A disk without a size can't be used.
  if (path.state !== 'up' || path.size !== 0) return;
  session.log.put(3, `${path.dev}: device size is 0, path unusable`);
  path.state = 'ghost';
}

/** Asks the path's checker, which is chosen the first time; where there is none of that name, every time. */
export function getState(session: Session, path: Path): Task<PathState> {
  const isChosen = path.checker !== null && path.checker.type !== null;
  if (!isChosen || session.log.verbosity >= 3) return selectAndAsk(session, path);
  return runChecker(session, path, { wait: mustWait(session) });
}

const mustWait = ({ isDaemon, config }: Session): boolean =>
  !isDaemon || defaultOf(config, 'force_sync') === 'yes';

function* selectAndAsk(session: Session, path: Path): Task<PathState> {
  if (path.checker === null || path.checker.type === null) {
    path.checker = selectChecker(session, path);
    if (path.checker.type === null) {
      session.log.put(3, `${path.dev}: No checker selected`);
      return 'unchecked';
    }
  }
  const state = yield* runChecker(session, path, { wait: mustWait(session) });
  logState(session, path, state);
  return state;
}

function logState({ log }: Session, { dev, checker }: Path, state: PathState): void {
  if (log.verbosity < 3 || checker === null) return;
  log.put(3, `${dev}: ${checker.name} state = ${state}`);
  const isGood = state === 'up' || state === 'ghost';
  if (!isGood && checker.message !== '') {
    log.put(3, `${dev}: ${checker.name} checker ${checker.message}`);
  }
}

export function selectUidAttribute(session: Session, path: Path): void {
  if (path.uidAttribute !== null) return;
  const { config } = session;
  const byName = uidAttributeByName(config, path.dev);
  path.uidAttribute = byName ?? String(selectForPath(config, path.devices, 'uid_attribute') ?? '');
  const origin =
    byName === undefined
      ? originForPath(config, path.devices, 'uid_attribute')
      : 'multipath.conf defaults section / uid_attrs';
  logUidAttribute(session, path, origin);
}

/** `uid_attrs`: the first whose beginning is that of the device's name. */
export function uidAttributeByName(
  { defaults }: Session['config'],
  dev: string,
): string | undefined {
  const records = (textOf(defaults, 'uid_attrs') ?? '').split(' ').filter((word) => word !== '');
  for (const record of records) {
    const colon = record.lastIndexOf(':');
    if (dev.startsWith(record.slice(0, colon))) return record.slice(colon + 1);
  }
  return undefined;
}

/** False while udev has not said, and the disk has not been asked. */
function findWwid(session: Session, path: Path, { noFallback }: PathInfoMask): boolean {
  selectUidAttribute(session, path);
  const { log } = session;
  const { uidAttribute } = path;
  const ofUdev = uidAttribute === '' ? undefined : wwidOfUdev(session, path);
  // Without an attribute the disk is asked, and for the usual one after udev has been asked often enough.
  const asksDisk = ofUdev === undefined && mayAskDisk(session, path, noFallback !== true);
  const wwid = asksDisk ? session.host.scsi.wwid(path.dev) : ofUdev;
  path.wwid = (wwid ?? '').trimEnd();
  if (path.wwid === '') {
    const from = asksDisk ? 'sgio' : 'udev';
    log.put(1, `${path.dev}: failed to get ${from} uid: No data available`);
    if (path.initialized !== 'failed') {
      path.initialized = 'udev-missing';
      path.tick = Number(defaultOf(session.config, 'retrigger_delay'));
    }
    return false;
  }
  const level = asksDisk && uidAttribute !== '' ? 1 : 3;
  log.put(level, `${path.dev}: uid = ${path.wwid} (${asksDisk ? 'sysfs' : 'udev'})`);
  path.tick = 1;
  return true;
}

function wwidOfUdev({ host, log }: Session, { dev, uidAttribute }: Path): string | undefined {
  const wwid = host.udev.properties(dev)?.get(uidAttribute ?? '');
  if (wwid === undefined) log.put(3, `${dev}: no ${uidAttribute} attribute`);
  return wwid;
}

/** WWIDs by an attribute of the user's could be others than the disk's own. `instead`: udev having failed. */
function mayAskDisk(
  { config }: Session,
  { uidAttribute, retriggers }: Path,
  instead: boolean,
): boolean {
  if (uidAttribute === '') return true;
  const tries = Number(defaultOf(config, 'retrigger_tries'));
  return instead && uidAttribute === DEFAULTS.get('uid_attribute') && retriggers >= tries;
}
