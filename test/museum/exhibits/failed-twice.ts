// failed-twice.ts — A path that fails twice is counted twice.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a path that fails twice is counted twice',
  source: 'dm-mpath.c: fail_path returns early when the path is not active',
  story: [
    'Several I/Os of one path fail at once, and each fails the path. The count of valid paths must go down once:',
    'counted twice it says "none" while others still work, and those are not used.',
  ],
  file: 'multipath/src/path-state.ts',
  replace: `if (!pgpath.active) return;
  const { pg } = pgpath;`,
  by: 'const { pg } = pgpath;',
  breaks: 'the status line agrees with what happened',
};
