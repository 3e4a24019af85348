// pushback-at-the-tail.ts — Pushed-back bios are put behind those that were deferred.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'pushed-back bios are put behind those that were deferred',
  source: 'the noflush patches of 2006: "in front of deferred"',
  story: [
    'I/O that was given back is older than I/O that was deferred after it. The patches of 2006 put it in front,',
    'all at once, so that two writes to one place keep their order. Merged at the tail, the older one',
    'lands last.',
  ],
  file: 'dm/src/requeue.ts',
  replace: 'bioListMergeHead(deferred, given);',
  by: `for (let bio = given.head; bio !== null; bio = given.head) { given.head = bio.next; bioListAdd(deferred, bio); }
  given.tail = null;
  given.length = 0;`,
  requeue: 'pushback',
  breaks: 'what was held is released in order',
};
