// registry.ts — The checkers there are.
import { ccissTur } from './cciss-tur.ts';
import type { PathChecker } from './checker.ts';
import { directio } from './directio.ts';
import { emcClariion } from './emc-clariion.ts';
import { hpSw } from './hp-sw.ts';
import { none } from './none.ts';
import { rdac } from './rdac.ts';
import { readsector0 } from './readsector0.ts';
import { tur } from './tur.ts';

export const CHECKERS: readonly PathChecker[] = [
  tur,
  directio,
  readsector0,
  rdac,
  emcClariion,
  hpSw,
  ccissTur,
  none,
];

export const findChecker = (name: string): PathChecker | undefined =>
  CHECKERS.find((checker) => checker.name === name);
