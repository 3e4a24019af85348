// return-path.ts — A path that could not leave its map is added again. Mirrors multipathd/main.c: uev_add_path; cli_handlers.c: cli_add_path.
import type { Task } from '@dmsim/sim';

import type { PathInfoResult } from '../discovery/pathinfo.ts';
import { failPathMessage } from '../dm/messages.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Daemon } from './daemon.ts';
import { removePath } from './remove-path.ts';

/** A check has found that the path is not the map's, and did not know that the path was to leave. */
export const tellLostMap = ({ log }: Daemon, { dev }: Path): void =>
  log.put(0, `Bug: ${dev} was in INIT_REMOVED state without being a multipath member`);

export interface Leaving {
  /** The map whose table still has the path. */
  readonly map: Multipath;
  /** The answer of the path, asked again now. */
  readonly result: PathInfoResult;
}

/** `back`: it is the map's again. `gone`: it is another disk now, and has left the map. `stuck`: it could not, and is failed. */
export function* returnPath(
  daemon: Daemon,
  path: Path,
  { map, result }: Leaving,
): Task<'back' | 'gone' | 'stuck'> {
  path.map = map;
  if (result === 'ok' && path.wwid === map.wwid) {
    path.tick = 1;
    return 'back';
  }
  const removal = yield* removePath(daemon, path);
  if (removal === 'removed' || removal === 'map-error') return 'gone';
  path.dmState = 'failed';
  failPathMessage(daemon, map.alias, path.devT);
  daemon.log.put(1, `${path.dev}: failed to re-add path still mapped in ${map.alias}`);
  return 'stuck';
}
