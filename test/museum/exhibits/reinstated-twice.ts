// reinstated-twice.ts — A path that is reinstated twice is counted twice.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a path that is reinstated twice is counted twice',
  source: 'dm-mpath.c: reinstate_path returns early when the path is active',
  story: [
    'The daemon reinstates what it takes for failed, and may be late. Counted twice, the map believes in a path',
    'that is not there: it neither queues nor gives back, but tries for ever.',
  ],
  file: 'multipath/src/path-state.ts',
  replace: 'if (pgpath.active) return undefined;',
  by: `if (pgpath.active) {
    pgpath.pg.m.nrValidPaths++;
    return undefined;
  }`,
  breaks: 'the status line agrees with what happened',
};
