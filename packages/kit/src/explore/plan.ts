// plan.ts — Gives each run of an exploration its chooser, the same for any number of workers.
import type { Chooser, StepCounts } from '@dmsim/sim';
import { counting, fifo, pct, random, recording, urw } from '@dmsim/sim';

import type { LabRun, Setup } from './run-once.ts';
import { runOnce } from './run-once.ts';

/** A number of deviations that is no bound. */
export const ANY_NUMBER: number = Number.MAX_SAFE_INTEGER;

/** `exhaustive` runs every order; of the others no run knows of another. */
export const STRATEGIES = ['random', 'urw', 'pct', 'exhaustive'] as const;
export type StrategyName = (typeof STRATEGIES)[number];

export interface Plan {
  readonly strategy: StrategyName;
  /** The seed of the first run; the nth has `seed + nth`, for its choices and its devices. With `exhaustive` all runs have this one. */
  readonly seed: number;
  readonly runs: number;
  /** The most choices other than fifo's that a run of `exhaustive` may make; `ANY_NUMBER` for every order there is. */
  readonly maxDeviations: number;
  /**
   * Of `exhaustive`: gives up runs that are others in other words. @defaultValue only without a bound on deviations, as those
   * others may be beyond it
   */
  readonly reduce?: boolean;
}

const SEEDS = 0x80000000;

/** Seeds go round: they are the integers from 0 to 2^31 - 1. */
export const seedOf = ({ seed }: Pick<Plan, 'seed'>, nth: number): number => (seed + nth) % SEEDS;

/** The chooser of the nth run. Runs the lab once beforehand if the strategy wants to know how long it is. */
export function choosersOf(plan: Plan, setup: Setup): (nth: number) => Chooser {
  switch (plan.strategy) {
    case 'random':
      return (nth) => random(seedOf(plan, nth));
    case 'urw': {
      const { steps } = estimate(plan, setup);
      return (nth) => urw(seedOf(plan, nth), steps);
    }
    case 'pct': {
      const { length } = estimate(plan, setup);
      return (nth) => pct(seedOf(plan, nth), { length });
    }
    case 'exhaustive':
      return () => fifo;
  }
}

function estimate(
  plan: Plan,
  setup: Setup,
): { readonly length: number; readonly steps: StepCounts } {
  const { chooser, steps } = counting(recording('zeros', { pick: () => 0, draw: () => 0 }));
  runOnce(setup, plan.seed, chooser);
  return { length: chooser.choices.length, steps };
}

/** The run that all others are compared with. */
export const runFifo = (setup: Setup, { seed }: Pick<Plan, 'seed'>): LabRun =>
  runOnce(setup, seed, fifo);
