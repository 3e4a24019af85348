// table-destroyed-with-io.ts — A table is replaced without waiting for the I/O in it.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a table is replaced without waiting for the I/O in it',
  source: 'dm.c: dm_swap_table requires a suspended device',
  story: [
    'A table may go only when nothing is in its targets. dm refuses to swap tables of a device that is not',
    'suspended; a suspend that does not wait makes that promise worthless.',
  ],
  file: 'dm/src/ioctl/suspend.ts',
  replace: 'const error = yield* suspend(md, options);',
  by: `const error = undefined;
      md.suspended = true;
      void options;`,
  breaks: 'suspends and resumes take turns',
};
