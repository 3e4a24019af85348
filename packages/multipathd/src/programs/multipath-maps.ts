// multipath-maps.ts — The maps that multipath finds in the kernel, with their paths. Mirrors multipath/main.c: get_dm_mpvec.
import type { Task } from '@dmsim/sim';

import type { PathInfoMask } from '../discovery/pathinfo.ts';
import { multipathMaps } from '../dm/dm-maps.ts';
import { tellVersions } from '../libraries.ts';
import { groupPriority } from '../maps/best-group.ts';
import { forgetMultipath } from '../maps/orphan.ts';
import { readKernelTable } from '../maps/update-from-kernel.ts';
import type { Multipath } from '../multipath.ts';
import { createMultipath } from '../multipath.ts';
import type { Session } from '../session.ts';

export interface FindMapsOptions {
  readonly wwid: string | null;
  /** The facts to find out about the paths of each map. Null: none that needs the device. */
  readonly mask: PathInfoMask | null;
  /** Called with each map before the next is read: a path that both have takes on the state that it has in the next. */
  readonly found?: (map: Multipath) => void;
}

/** Drops the paths of other maps. */
export function filterPaths(session: Session, wwid: string | null): void {
  if (wwid === null) return;
  session.paths = session.paths.filter((path) => {
    const isWanted = path.wwid === wwid;
    if (!isWanted) session.log.put(3, `skip path ${path.dev} : out of scope`);
    return isWanted;
  });
}

/** Adds the maps to `session.maps`, in the order of their names. */
export function* findMaps(session: Session, { wwid, mask, found }: FindMapsOptions): Task<void> {
  tellVersions(session);
  const what = mask === null ? { asked: { noIo: true } } : { mask };
  for (const { name, wwid: own } of multipathMaps(session.host.dm)) {
    if (wwid !== null && wwid !== own) {
      session.log.put(3, `skip map ${name}: out of scope`);
      continue;
    }
    const map = createMultipath(name, own);
    session.maps.push(map);
    if ((yield* readKernelTable(session, map, what)) !== 'ok') {
      session.log.put(1, `error parsing map ${own}`);
      forgetMultipath(session, map);
      continue;
    }
    for (const group of map.groups) groupPriority(group);
    found?.(map);
  }
}
