// presuspend-dispatches-nothing.ts — Turning queueing off does not send the queued I/O on.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'turning queueing off does not send the queued I/O on',
  source: 'dm-mpath.c: queue_if_no_path ends with process_queued_io_list',
  story: [
    'A suspend turns queueing off so that what waits in the target is given back. If nothing makes the target',
    'look at its queue again, the suspend waits for I/O that waits for the resume.',
  ],
  file: 'multipath/src/queue-if-no-path.ts',
  replace: `if (on) return;
  runMdQueueAsync(m);
  processQueuedIoList(m);`,
  by: `if (on) return;
  runMdQueueAsync(m);`,
  breaks: 'a suspend ends when its I/O has come back',
};
