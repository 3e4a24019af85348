// requeued-to-the-tail.ts — A bio that is given back goes to the tail of deferred.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a bio that is given back goes to the tail of deferred',
  source: 'dm.c: dm_handle_requeue uses bio_list_add_head',
  story: [
    'Linux today has no queue of its own for what is given back: each bio goes to the head of deferred.',
    'At the tail it would let everything pass that came after it.',
  ],
  file: 'dm/src/requeue.ts',
  replace: 'bioListAddHead(md.deferred, io.orig);',
  by: 'bioListAdd(md.deferred, io.orig);',
  breaks: 'what was held is released in order',
};
