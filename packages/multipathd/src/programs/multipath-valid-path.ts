// multipath-valid-path.ts — `multipath -c` and `-u`: answers whether a disk is a path. Mirrors libmultipath/valid.c: is_path_valid, multipath/main.c: check_path_valid.
import type { Task } from '@dmsim/sim';
import { lookupPath } from '@dmsim/vfs';

import { isPathValid } from '../maps/path-valid.ts';
import type { Run } from './multipath.ts';
import { bareName, isBlockDevice } from './reference.ts';

/** With -u nothing is a path while no daemon runs, and the status is always 0, so that udev takes in what was printed. */
export function* checkValidPath(run: Run): Task<number> {
  const { session, options, output } = run;
  const dev = pathToCheck(run);
  if (dev === null) return 1;
  const verdict = yield* isPathValid(session, dev, { needsDaemon: options.fromUdev });
  if (verdict === 'error') return 1;
  if (verdict.waitUntil !== undefined) {
    output.out(`FIND_MULTIPATHS_WAIT_UNTIL="${verdict.waitUntil}"\n`);
  }
  output.out(`DM_MULTIPATH_DEVICE_PATH="${verdict.answer}"\n`);
  return verdict.answer === '0' && !options.fromUdev ? 1 : 0;
}

/** Null when there is none; that has been said. What is left of a path below /dev, and a number, are taken for a name in sysfs. */
function pathToCheck({ session, options, reference }: Run): string | null {
  if (options.fromUdev) {
    const name = bareName(options.device ?? '');
    return isBlockDevice(session, name) ? name : null;
  }
  switch (reference?.kind) {
    case 'devnode':
    case 'devt': {
      const name = bareName(reference.word.trimEnd());
      const holders = `/sys/block/${name}/holders`;
      if (typeof lookupPath(holders, { root: session.host.root, cwd: '/' }) === 'string') {
        session.log.put(1, `sysfs_is_multipathed: error scanning ${holders}`);
      }
      return isBlockDevice(session, name) ? name : null;
    }
    case 'map':
    case undefined:
      session.log.put(0, 'the -c option requires a path to check');
      return null;
  }
}
