// readsector0.ts — A read of the first block that is waited for. Mirrors libmultipath/checkers/readsector0.c.
import type { PathChecker } from './checker.ts';
import { down, up } from './checker.ts';
import { readFirstBlock } from './read-block.ts';

export const readsector0: PathChecker = {
  name: 'readsector0',
  asynchronous: null,
  *check(context) {
    return (yield* readFirstBlock(context)) ? up : down;
  },
};
