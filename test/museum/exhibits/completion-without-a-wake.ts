// completion-without-a-wake.ts — The last I/O to end looks for a sleeper before it is counted off.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'the last I/O to end looks for a sleeper before it is counted off',
  source: 'Linux 9f6dc6337610 (2021): a barrier before waitqueue_active',
  story: [
    'The suspend sleeps until the count of I/O in flight is zero. The last one to end looked whether someone sleeps',
    'before its own count was visible: a suspend that came in between saw an I/O in flight and went to sleep, and no',
    'one was left to wake it. The two steps are 23 microseconds apart here, and need slack to be hit.',
  ],
  file: 'dm/src/complete-io.ts',
  replace: `freeIo(md, io);
  if (md.pendingIo === 0) wakeUp(md.wait);`,
  by: `after(md.dm.sim, 17_000, 'looking for a sleeper', () => {
    const sleeps = md.wait.waiters.length > 0;
    after(md.dm.sim, 23_000, 'counting off', () => {
      freeIo(md, io);
      if (md.pendingIo === 0 && sleeps) wakeUp(md.wait);
    });
  });`,
  calls: { after: 'sim/src/sim.ts' },
  breaks: 'a suspend ends when its I/O has come back',
  takesSlack: true,
};
