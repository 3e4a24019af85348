// select-checker.ts — Which checker a path gets. Mirrors libmultipath/propsel.c: select_checker.
import type { Task } from '@dmsim/sim';

import type { CheckerState } from '../checkers/checker.ts';
import { createCheckerState } from '../checkers/run-checker.ts';
import { selectForPath } from '../config/select.ts';
import { isYes } from '../config/settings.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import { readDeviceAttribute } from './sysfs.ts';

/** A device that reports target port groups gets TUR unless `detect_checker` is off. */
export function* selectChecker(session: Session, path: Path): Task<CheckerState> {
  const { config } = session;
  const select = (keyword: string): string =>
    String(selectForPath(config, path.devices, keyword) ?? '');
  const detect = isYes(select('detect_checker'));
  const hasGroups = detect && !['none', 'undef'].includes(tpgsOf(session, path));
  const name = hasGroups ? 'tur' : select('path_checker');
  const origin = hasGroups ? 'storage device autodetected' : 'multipath internal';
  session.log.put(3, `${path.dev}: path_checker = ${name} (setting: ${origin})`);
  return createCheckerState(session.host, name, yield* checkerTimeout(session, path));
}

/** Seconds: as configured, or the time-out the kernel has for the device. */
export function* checkerTimeout({ config, host, process }: Session, path: Path): Task<number> {
  const configured = config.defaults.get('checker_timeout');
  if (typeof configured === 'number' && configured > 0) return configured;
  const text = yield* readDeviceAttribute(host, process, path.dev, 'timeout');
  const seconds = Number(text);
  return text === undefined || !Number.isInteger(seconds) || seconds <= 0 ? 30 : seconds;
}

/** Asked until it was answered once. */
export function tpgsOf({ host }: Session, path: Path): Path['tpgs'] {
  if (path.tpgs === 'undef') path.tpgs = host.scsi.tpgs(path.dev) ?? 'undef';
  return path.tpgs;
}
