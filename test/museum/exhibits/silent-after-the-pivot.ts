// silent-after-the-pivot.ts — A parent that leaves a drained node stays silent.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'the disk that leaves a drained node when its mirror pivots stays silent',
  source:
    'block.c: bdrv_replace_child_noperm ends the drained sections of the node that is left; it was missing here once',
  story: [
    'A mirror pivots in a drained section of the node that the disk leaves. The disk has to be told that this section is no longer',
    'its own. Otherwise it waits for an end that nobody tells it of, and so does the guest.',
  ],
  file: 'qemu/src/block/node.ts',
  replace: 'for (let k = sectionsFor(node, user); k > 0; k--) user.drainedEnd();',
  by: '',
  guest: true,
  breaks: 'hung',
};
