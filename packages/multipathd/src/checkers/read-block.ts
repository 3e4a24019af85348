// read-block.ts — Reading the first block of a path, past the page cache.
import type { Task } from '@dmsim/sim';
import { openPath } from '@dmsim/vfs';

import type { CheckContext } from './checker.ts';

const BLOCK = 4096;

/** Whether the read succeeded. */
export function* readFirstBlock({ host, process, dev }: CheckContext): Task<boolean> {
  const context = { process, root: host.root, cwd: '/' };
  const flags = { read: true, write: false, direct: true };
  const file = yield* openPath(context, `/dev/${dev}`, flags);
  if (typeof file === 'string') return false;
  const bytes = yield* file.read(process, BLOCK);
  file.release(process);
  return typeof bytes !== 'string';
}
