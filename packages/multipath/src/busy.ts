// busy.ts — Tells whether a request should stay in its queue for now. Mirrors dm-mpath.c: multipath_busy, pgpath_busy.
import type { DmTarget } from '@dmsim/dm';
import { DM_TYPE } from '@dmsim/dm';

import type { MpathIo, Multipath, PgPath, PriorityGroup } from './multipath.ts';

/** A guess that chooses no path: the question must not start the initialisation of a group. */
export function busy({ state: m }: DmTarget<Multipath, MpathIo>): boolean {
  if (m.pgInitInProgress > 0) return true;
  // Mapping such a request would delay it.
  if (m.nrValidPaths === 0 && m.queueIfNoPath) return m.queueMode !== DM_TYPE.REQUEST_BASED;
  const pg = m.currentPgpath === null && m.nextPg !== null ? m.nextPg : m.currentPg;
  return pg !== null && allBusy(pg);
}

/** A group without an active path is not busy: mapping will choose another. */
function allBusy({ pgpaths }: PriorityGroup): boolean {
  let hasActive = false;
  for (const pgpath of pgpaths) {
    if (!pgpath.active) continue;
    hasActive = true;
    if (!isBusy(pgpath)) return false;
  }
  return hasActive;
}

function isBusy({ dev: { bdev } }: PgPath): boolean {
  return !bdev.dying && bdev.queue !== null && bdev.queue.inFlight >= bdev.queue.depth;
}
