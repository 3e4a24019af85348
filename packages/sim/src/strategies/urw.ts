// urw.ts — A uniform random walk: a process that has much left to do is picked more often.
//
// `random` gives each candidate the same chance at each choice, so a process with one step left nearly always ends before
// one with fifty is half done, and the orders in which it comes late are hardly ever seen. Weighing each by the steps it
// has left makes all orders of independent steps equally likely (Zhao et al., "Selectively Uniform Concurrency Testing",
// ASPLOS 2025). How many that are is estimated from another run.
import type { Chooser } from '../chooser.ts';
import { recording } from '../chooser.ts';
import { createPrng, uniformInteger } from '../prng.ts';
import type { SimEvent } from '../sim-event.ts';

/** By name of event: how often it fires in a run. */
export type StepCounts = ReadonlyMap<string, number>;

/** Wraps `inner` to count the events that fire: gives the estimate for `urw`. */
export function counting(inner: Chooser): {
  readonly chooser: Chooser;
  readonly steps: StepCounts;
} {
  const steps = new Map<string, number>();
  const chooser: Chooser = {
    name: inner.name,
    seesAll: true,
    pick(candidates, now) {
      const choice = candidates.length > 1 || inner.seesAll ? inner.pick(candidates, now) : 0;
      const { name } = candidates[choice] as SimEvent;
      steps.set(name, (steps.get(name) ?? 0) + 1);
      return choice;
    },
    draw: (n, what) => inner.draw(n, what),
    choices: inner.choices,
  };
  return { chooser, steps };
}

/** An event that is not in `steps` counts as one step. `seed` is a 32-bit integer. */
export function urw(seed: number, steps: StepCounts): Chooser {
  const rng = createPrng(seed);
  const left = new Map(steps);
  const stepsLeft = ({ name }: SimEvent): number => Math.max(1, left.get(name) ?? 1);
  const fires = ({ name }: SimEvent): void => void left.set(name, (left.get(name) ?? 1) - 1);
  return recording(`urw(${seed})`, {
    pick(candidates) {
      const sum = candidates.reduce((all, event) => all + stepsLeft(event), 0);
      let at = uniformInteger(rng, 0, sum - 1);
      let choice = 0;
      for (; at >= stepsLeft(candidates[choice] as SimEvent); choice++) {
        at -= stepsLeft(candidates[choice] as SimEvent);
      }
      fires(candidates[choice] as SimEvent);
      return choice;
    },
    see: fires,
    draw: (n) => uniformInteger(rng, 0, n - 1),
  });
}
