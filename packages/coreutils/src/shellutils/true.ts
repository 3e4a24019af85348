// true.ts — true(1) and false(1).
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

export const trueProgram: Program = function* (): Task<number> {
  return 0;
};

export const falseProgram: Program = function* (): Task<number> {
  return 1;
};
