// noflush-cleared-early.ts — The noflush flag is cleared before the wait is over.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'the noflush flag is cleared before the wait is over',
  source: 'the noflush patches of 2006: cleared in one step with the merge',
  story: [
    'The flag says that REQUEUE is to be kept. Cleared when I/O is blocked, and not when the wait for what is',
    'in flight is over, it turns the REQUEUE of the last I/Os into EIO: the very ones noflush is for.',
  ],
  file: 'dm/src/suspend.ts',
  replace: 'yield* flushWorkqueue(md.wq);',
  by: `yield* flushWorkqueue(md.wq);
  endNoflush(md, noflush);`,
  breaks: 'no path loss is seen while I/O is queued',
};
