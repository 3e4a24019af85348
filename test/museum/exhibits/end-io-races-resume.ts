// end-io-races-resume.ts — An I/O ends between the two steps of the resume that restore queueing.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'an I/O ends between the two steps of the resume that restore queueing',
  source: 'Linux 1814f2e3fb95 (2016): locking in multipath_resume and must_push_back',
  story: [
    'multipath_resume copied the saved flag without the lock. An I/O that lost its path at that moment saw',
    'neither "queue" nor "push back" and ended with EIO.',
  ],
  file: 'multipath/src/suspend.ts',
  replace: `m.queueIfNoPath = true;
  m.savedQueueIfNoPath = false;
  traceQueueing(m, 'resume');`,
  by: `m.savedQueueIfNoPath = false;
  after(m.sim, 20_000, 'the other half of resume', () => {
    m.queueIfNoPath = true;
    traceQueueing(m, 'resume');
  });`,
  calls: { after: 'sim/src/sim.ts' },
  breaks: 'queueing is neither lost nor gained',
};
