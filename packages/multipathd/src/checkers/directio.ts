// directio.ts — An asynchronous read of the first block. Mirrors libmultipath/checkers/directio.c.
import type { PathChecker } from './checker.ts';
import { down, up } from './checker.ts';
import { readFirstBlock } from './read-block.ts';

export const directio: PathChecker = {
  name: 'directio',
  // A record of its own: the log tells a time-out from a read that failed by it (run-checker.ts).
  asynchronous: { onTimeout: { ...down }, mostStalled: 0, timeIfUp: () => null },
  *check(context) {
    return (yield* readFirstBlock(context)) ? up : down;
  },
};
