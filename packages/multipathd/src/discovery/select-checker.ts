// select-checker.ts — Selects the checker of a path. Mirrors libmultipath/propsel.c: select_checker.
import type { CheckerState } from '../checkers/checker.ts';
import { createCheckerState } from '../checkers/run-checker.ts';
import { ORIGIN, originForPath } from '../config/origin.ts';
import { selectForPath } from '../config/select.ts';
import { isYes } from '../config/settings.ts';
import { loadChecker } from '../libraries.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import { readDeviceAttribute } from './sysfs.ts';
import { tellOpenOfDevice } from './tell-open.ts';

/** A device that reports target port groups gets TUR unless `detect_checker` is off. */
export function selectChecker(session: Session, path: Path): CheckerState {
  const { config, log } = session;
  const { dev, devices } = path;
  const detect = isYes(selectForPath(config, devices, 'detect_checker'));
  const from = originForPath(config, devices, 'detect_checker');
  log.put(3, `${dev}: detect_checker = ${detect ? 'yes' : 'no'} (setting: ${from})`);
  const hasGroups = detect && !['none', 'undef'].includes(tpgsOf(session, path));
  const name = hasGroups ? 'tur' : String(selectForPath(config, devices, 'path_checker') ?? '');
  const origin = hasGroups ? ORIGIN.detected : originForPath(config, devices, 'path_checker');
  loadChecker(session, name);
  const timeout = checkerTimeout(session, path);
  const checker = createCheckerState(session.host, name, timeout.seconds);
  if (checker.type === null) log.put(0, `Checker '${name}' not found in /lib/multipath`);
  const found = checker.type === null ? '(null)' : name;
  log.put(3, `${dev}: path_checker = ${found} (setting: ${origin})`);
  log.put(3, `${dev}: checker timeout = ${timeout.seconds} s (setting: ${timeout.origin})`);
  return checker;
}

/** As configured, or the time-out the kernel has for the device. */
export function checkerTimeout(
  session: Session,
  path: Path,
): { readonly seconds: number; readonly origin: string } {
  const configured = session.config.defaults.get('checker_timeout');
  if (typeof configured === 'number' && configured > 0) {
    return { seconds: configured, origin: ORIGIN.defaults };
  }
  const text = readDeviceAttribute(session, path, 'timeout');
  const seconds = Number(text);
  const isKnown = text !== undefined && Number.isInteger(seconds) && seconds > 0;
  return isKnown ? { seconds, origin: 'kernel sysfs' } : { seconds: 30, origin: ORIGIN.internal };
}

/** Asked until it was answered once. */
export function tpgsOf(session: Session, path: Path): Path['tpgs'] {
  if (path.tpgs !== 'undef') return path.tpgs;
  tellOpenOfDevice(session, path.dev, 'inquiry');
  path.tpgs = session.host.scsi.tpgs(path.dev) ?? 'undef';
  if (path.tpgs !== 'undef' && path.tpgs !== 'none') {
    tellOpenOfDevice(session, path.dev, 'vpd_pg83');
  }
  return path.tpgs;
}
