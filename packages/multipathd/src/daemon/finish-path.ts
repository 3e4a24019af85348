// finish-path.ts — A path that only a table has named becomes one like all others. Mirrors multipathd/main.c: finish_path_init.
import type { Task } from '@dmsim/sim';

import { ALL, pathinfo } from '../discovery/pathinfo.ts';
import type { Path } from '../path.ts';
import type { Daemon } from './daemon.ts';
import { removePath } from './remove-path.ts';

/** Returns false if the path had to go. */
export function* finishPath(daemon: Daemon, path: Path): Task<boolean> {
  if ((yield* pathinfo(daemon, path, { ...ALL, blacklist: true })) === 'ok') return true;
  daemon.log.put(0, `${path.dev}: error fully initializing path, removing`);
  yield* removePath(daemon, path);
  return false;
}
