// parse-path.ts — A path of a priority group. Mirrors dm-mpath.c: parse_path.
import type { CtrFailure } from '@dmsim/dm';
import { getDevice, putDevice } from '@dmsim/dm';
import { createWork } from '@dmsim/sim';

import type { PgPath, PriorityGroup } from './multipath.ts';
import { setupScsiDh } from './parse-hw-handler.ts';
import { activateOrOfflinePath } from './pg-init.ts';

/** <dev> [selector arg]* — appended to the group. */
export function parsePath(
  pg: PriorityGroup,
  word: string,
  selectorArgs: readonly string[],
): CtrFailure | undefined {
  const { m } = pg;
  const dev = getDevice(m.ti, word);
  if (typeof dev === 'string') return { error: 'error getting device', errno: dev };
  const pgpath: PgPath = {
    dev,
    context: null,
    pg,
    active: true,
    failCount: 0,
    activatePath: createWork(`activate ${dev.name}`, () => activateOrOfflinePath(pgpath)),
  };
  const failure =
    setupScsiDh(m, dev.bdev) ?? pg.selector.addPath(pg.selectorState, pgpath, selectorArgs);
  if (failure !== undefined) {
    putDevice(m.ti, dev);
    return failure;
  }
  pg.pgpaths.push(pgpath);
  return undefined;
}
