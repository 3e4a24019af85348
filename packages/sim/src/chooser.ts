// chooser.ts — Who decides which of the events of one instant comes first.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

import { spread } from './prng.ts';

/**
 * The events of one instant are what Linux could run in any order; a chooser picks one of `n` (n ≥ 2).
 * `fifo` never asks: ties go in order of scheduling, and cost nothing.
 */
export interface Chooser {
  readonly name: string;
  /** Returns 0 … n-1. */
  pick(n: number): number;
  /** What was picked so far, for `replay`. */
  readonly choices: readonly number[];
}

export const fifo: Chooser = { name: 'fifo', pick: () => 0, choices: [] };

/** The same seed picks the same, in any process. `seed` is a 32-bit integer. */
export function random(seed: number): Chooser {
  const rng = xoroshiro128plus(spread(seed));
  const choices: number[] = [];
  const pick = (n: number): number => {
    const choice = uniformInt(rng, 0, n - 1);
    choices.push(choice);
    return choice;
  };
  return { name: `random(${seed})`, pick, choices };
}

/** Repeats recorded choices; past their end, and where a choice is too large for this run, the first event. */
export function replay(recorded: readonly number[]): Chooser {
  const choices: number[] = [];
  const pick = (n: number): number => {
    const wanted = recorded[choices.length] ?? 0;
    const choice = wanted < n ? wanted : 0;
    choices.push(choice);
    return choice;
  };
  return { name: 'replay', pick, choices };
}
