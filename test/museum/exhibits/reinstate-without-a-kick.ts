// reinstate-without-a-kick.ts — A path that is reinstated does not kick the queue.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a path that is reinstated does not kick the queue',
  source: 'dm-mpath.c: reinstate_path calls process_queued_io_list',
  story: [
    'Bios that found no path wait inside the target. The first path that comes back must wake them; without',
    'that they wait until some other I/O fails, which may be never.',
  ],
  file: 'multipath/src/path-state.ts',
  replace: `retryQueuedBios(m);
  queueEvent(m);
  if (isFirst) {
    runMdQueueAsync(m);
    processQueuedIoList(m);
  }`,
  by: `queueEvent(m);
  void isFirst;`,
  breaks: 'queued I/O uses a path that is there',
};
