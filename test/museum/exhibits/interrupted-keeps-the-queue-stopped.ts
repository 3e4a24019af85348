// interrupted-keeps-the-queue-stopped.ts — An interrupted suspend leaves the request queue stopped.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'an interrupted suspend leaves the request queue stopped',
  source: 'dm.c: __dm_suspend restarts the queue when the wait was interrupted',
  story: [
    'A request-based device is suspended by stopping its queue. The way out of an interrupted suspend must start',
    'it again; the device says ACTIVE and serves nothing.',
  ],
  file: 'dm/src/suspend.ts',
  replace: `queueWork(md.wq, md.work);
  restartQueue(md);
  yield* thaw(md);
  if`,
  by: `queueWork(md.wq, md.work);
  yield* thaw(md);
  if`,
  breaks: 'hung',
};
