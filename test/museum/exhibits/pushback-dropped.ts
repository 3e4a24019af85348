// pushback-dropped.ts — I/O that was pushed back is dropped when the suspend is interrupted.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'what was pushed back is dropped when the suspend is interrupted',
  source: 'the noflush patches of 2006: an interrupted suspend merges, too',
  story: [
    'A noflush suspend that a signal ends has already taken bios back. The way out that undoes it must',
    'merge them as well, or no one ever looks at that queue again and their writers wait for ever.',
  ],
  file: 'dm/src/suspend.ts',
  replace: `md.noflushSuspending = false;
  md.strategy.merge(md);`,
  by: `md.noflushSuspending = false;
  if (md.suspended) md.strategy.merge(md);`,
  requeue: 'pushback',
  breaks: 'every bio completes exactly once',
};
