// merge-after-the-flag.ts — The noflush flag is cleared first and the queues are merged a little later.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'the noflush flag is cleared first and the queues are merged a little later',
  source: 'the noflush patches of 2006: one atomic step',
  story: [
    'Clearing the flag and merging the queues is one step under one lock. Done one after the other, a resume',
    'on another processor starts the worker in between: it maps what was deferred and finds the older',
    'bios not yet there, so they go last.',
  ],
  file: 'dm/src/suspend.ts',
  replace: `md.noflushSuspending = false;
  md.strategy.merge(md);`,
  by: `md.noflushSuspending = false;
  after(md.dm.sim, 20_000, 'the merge', () => {
    md.strategy.merge(md);
    if (!md.blockIoForSuspend) queueWork(md.wq, md.work);
  });`,
  requeue: 'pushback',
  rare: true,
  calls: { after: 'sim/src/sim.ts' },
  breaks: 'what was held is released in order',
};
