// interrupted-keeps-deferred.ts — An interrupted suspend does not wake the worker.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'an interrupted suspend does not wake the worker',
  source: 'the noflush patches of 2006: deferred I/O is remapped on the way out',
  story: [
    'I/O that was deferred while the suspend waited has to be mapped when a signal ends it: there is no resume that',
    'would do it.',
  ],
  file: 'dm/src/suspend.ts',
  replace: `md.blockIoForSuspend = false;
  queueWork(md.wq, md.work);
  restartQueue(md);
  yield* thaw(md);`,
  by: `md.blockIoForSuspend = false;
  restartQueue(md);
  yield* thaw(md);`,
  breaks: 'every bio completes exactly once',
};
