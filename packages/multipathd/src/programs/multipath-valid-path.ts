// multipath-valid-path.ts — `multipath -c` and `-u`: whether a disk is a path. Mirrors libmultipath/valid.c: is_path_valid, multipath/main.c: check_path_valid.
import type { Task } from '@dmsim/sim';

import { isPathValid } from '../maps/path-valid.ts';
import type { Run } from './multipath.ts';

/** With -u nothing is a path while no daemon runs, and the status is always 0, so that udev takes in what was printed. */
export function* checkValidPath({ session, options, output, reference }: Run): Task<number> {
  const dev = options.fromUdev
    ? options.device
    : reference?.kind === 'map' || reference === null
      ? null
      : reference.dev;
  if (dev === null) {
    session.log.put(0, 'the -c option requires a path to check');
    return 1;
  }
  const verdict = yield* isPathValid(session, dev, { needsDaemon: options.fromUdev });
  if (verdict === 'error') return 1;
  if (verdict.waitUntil !== undefined) {
    output.out(`FIND_MULTIPATHS_WAIT_UNTIL="${verdict.waitUntil}"\n`);
  }
  output.out(`DM_MULTIPATH_DEVICE_PATH="${verdict.answer}"\n`);
  return verdict.answer === '0' && !options.fromUdev ? 1 : 0;
}
