// mapped-after-the-check.ts — A bio is mapped some time after it was checked that it may be.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a bio is mapped some time after it was checked that it may be',
  source: 'dm.c: __dm_suspend waits for readers of the table (synchronize_srcu)',
  story: [
    'dm_submit_bio looks whether I/O is blocked and then maps. A suspend that begins in between must wait for it, though',
    'it is not yet counted as in flight; else it is mapped into a device that is suspended, or by a table that is',
    'gone. The window is 23 microseconds, and needs slack to be hit.',
  ],
  file: 'dm/src/submit-bio.ts',
  replace: 'else splitAndProcessBio(md, map, bio);',
  by: `else after(md.dm.sim, 17_000, 'the check', () => {
    const live = md.map;
    if (live === null || md.blockIoForSuspend) defer(md, bio);
    else after(md.dm.sim, 23_000, 'the mapping', () => splitAndProcessBio(md, live, bio));
  });`,
  calls: { after: 'sim/src/sim.ts' },
  breaks: 'a suspended device sends nothing',
  takesSlack: true,
};
