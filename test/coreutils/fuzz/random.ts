// random.ts — Choices for generated cases: the same seed gives the same cases on any machine.

export interface Random {
  /** From 0 to n - 1. */
  readonly below: (n: number) => number;
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly times: (least: number, most: number, make: () => string) => string;
}

/** A linear congruential generator with the constants of Numerical Recipes; its high bits are what is used. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: <T>(from: readonly T[]) => from[below(from.length)] as T,
    times(least, most, make) {
      const n = least + below(most - least + 1);
      return Array.from({ length: n }, make).join('');
    },
  };
}
