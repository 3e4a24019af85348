// failed-wwids.ts — WWIDs whose maps could not be made, each a file until one can: udev does not claim their paths. Mirrors libmultipath/wwids.c: is_failed_wwid, mark_failed_wwid.
import type { Errno } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Resolved } from '@dmsim/vfs';
import { createFile, resolvePath } from '@dmsim/vfs';

import type { Session } from '../session.ts';
import { makeDirectories } from './text-file.ts';

const DIRECTORY = '/run/multipath/failed_wwids';
/** Nothing is ever written to them. */
const FILE_MODE = 0o400;

const placeOf = ({ host: { root } }: Session, wwid: string): Resolved | Errno =>
  resolvePath(`${DIRECTORY}/${wwid}`, { root, cwd: '/', follow: false });

/** Logged, where something went wrong. */
function failed({ log }: Session, what: string, error: Errno): 'error' {
  log.put(1, `${what}: ${strerror(error)}`);
  return 'error';
}

export function isFailedWwid(session: Session, wwid: string): boolean | 'error' {
  const place = placeOf(session, wwid);
  if (typeof place === 'string' && place !== 'ENOENT') {
    return failed(session, `is_failed: ${wwid}`, place);
  }
  const isThere = typeof place !== 'string' && place.node !== undefined;
  session.log.put(4, `is_failed: ${wwid} is ${isThere ? 'failed' : 'good'}`);
  return isThere;
}

/** True if it was not known as failed before. */
export function markFailedWwid(session: Session, wwid: string): boolean {
  makeDirectories(session, `${DIRECTORY}/_`);
  const place = placeOf(session, wwid);
  if (typeof place === 'string') {
    failed(session, `mark_failed_wwid: can't setup ${DIRECTORY}`, place);
    return false;
  }
  if (place.node !== undefined) return false;
  const error = place.parent.link(place.name, createFile('', FILE_MODE));
  if (error === undefined) session.log.put(3, `mark_failed: ${wwid}`);
  else failed(session, `mark_failed: ${wwid}`, error);
  return error === undefined;
}

/** True if it was known as failed. */
export function unmarkFailedWwid(session: Session, wwid: string): boolean {
  const place = placeOf(session, wwid);
  if (typeof place !== 'string' && place.node === undefined) return false;
  const error = typeof place === 'string' ? place : place.parent.unlink(place.name);
  if (error === undefined) session.log.put(3, `unmark_failed: ${wwid}`);
  else if (error !== 'ENOENT') failed(session, `unmark_failed: ${wwid}`, error);
  return error === undefined;
}
