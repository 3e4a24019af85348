// worker-runs-into-the-suspend.ts — The worker goes on mapping after a suspend has blocked I/O.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'the worker goes on mapping after a suspend has blocked I/O',
  source: 'dm.c: dm_wq_work looks at DMF_BLOCK_IO_FOR_SUSPEND for each bio',
  story: [
    'The worker that maps deferred bios runs beside everything else. It must stop when a new suspend begins, or it',
    'maps into a target that was told to be quiet.',
  ],
  file: 'dm/src/deferred.ts',
  replace: 'left > 0 && !md.blockIoForSuspend; left--',
  by: 'left > 0; left--',
  breaks: 'limit',
};
