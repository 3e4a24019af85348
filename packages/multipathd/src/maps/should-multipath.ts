// should-multipath.ts — Whether a disk becomes a map's path, as find_multipaths has it. Mirrors libmultipath/wwids.c: should_multipath.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import type { Multipath } from '../multipath.ts';
import { isKnownWwid } from '../names/wwids.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';

/** `current`: maps there are. */
export function* shouldMultipath(
  session: Session,
  path: Path,
  current: readonly Multipath[],
): Task<boolean> {
  const mode = String(defaultOf(session.config, 'find_multipaths'));
  if (mode === 'off' || mode === 'greedy') return true;
  if (mode !== 'strict') {
    if (current.some(({ wwid }) => wwid === path.wwid)) {
      session.log.put(3, `wwid ${path.wwid} is already multipathed, keeping it`);
      return true;
    }
    const twin = session.paths.some((other) => other !== path && other.wwid === path.wwid);
    if (twin) {
      session.log.put(3, `found multiple paths with wwid ${path.wwid}, multipathing ${path.dev}`);
      return true;
    }
  }
  if (yield* isKnownWwid(session, path.wwid)) {
    session.log.put(3, `found wwid ${path.wwid} in wwids file, multipathing ${path.dev}`);
    return true;
  }
  session.log.put(3, `wwid ${path.wwid} not in wwids file, skipping ${path.dev}`);
  return false;
}
