// busy-without-a-group.ts — A target without a current group counts as busy.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a target without a current group counts as busy',
  source: 'Linux 3.15, fixed in 3.16 (dm-3.16-fixes: multipath_busy)',
  story: [
    'multipath_busy answered "busy" when no group was current. But only a request that is mapped makes a',
    'group current, and a busy target is sent none: after all paths had come back the queue stood still.',
    'It was found by pulling cables.',
  ],
  file: 'multipath/src/busy.ts',
  replace: 'return pg !== null && allBusy(pg);',
  by: 'return pg === null || allBusy(pg);',
  breaks: 'every bio completes exactly once',
};
