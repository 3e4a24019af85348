// pct.ts — Probabilistic concurrency testing: few changes of mind, anywhere in the run.
import type { Chooser } from '../chooser.ts';
import { recording } from '../chooser.ts';
import type { Prng } from '../prng.ts';
import { createPrng, uniform, uniformInteger } from '../prng.ts';
import type { SimEvent } from '../sim-event.ts';

export interface PctOptions {
  /** Choices of a run, about: where the changes may fall. */
  readonly length: number;
  /** d: how many choices a bug needs to be made in a certain way. @defaultValue 3 */
  readonly depth?: number;
}

/**
 * Each event gets a priority at random when it is first seen, and the candidate with the highest goes first; at d - 1
 * places of the run, drawn in advance, the one that would go first falls behind all others for good.
 *
 * The guarantee (Burckhardt et al., "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010):
 * in a run of k choices among n events, an order that d choices decide is found with a probability of at least
 * 1 / (n × k^(d-1)) a run, however unlikely it is under `random`. It holds for the orders that the slack allows, and for
 * events that are made once and fire again (processes, workers, timers, requests), which is what n counts.
 */
export function pct(seed: number, { length, depth = 3 }: PctOptions): Chooser {
  const rng = createPrng(seed);
  const changes = changePoints(rng, Math.max(1, length), depth - 1);
  const priorities = new Map<SimEvent, number>();
  // Below every priority drawn, and each below the one before.
  let lowest = 0;
  const priorityOf = (event: SimEvent): number => {
    let priority = priorities.get(event);
    if (priority === undefined) {
      priority = 1 + uniform(rng);
      priorities.set(event, priority);
    }
    return priority;
  };
  const highest = (candidates: readonly SimEvent[]): number => {
    let best = 0;
    for (let i = 0; i < candidates.length; i++) {
      const better =
        priorityOf(candidates[i] as SimEvent) > priorityOf(candidates[best] as SimEvent);
      if (better) best = i;
    }
    return best;
  };
  return recording(`pct(${seed})`, {
    pick(candidates, nth) {
      if (changes.has(nth)) priorities.set(candidates[highest(candidates)] as SimEvent, --lowest);
      return highest(candidates);
    },
    // Most things take their usual time: a few that do not are what a bug of this kind needs.
    draw: (n, nth) => (changes.has(nth) ? uniformInteger(rng, 0, n - 1) : 0),
  });
}

function changePoints(rng: Prng, length: number, count: number): ReadonlySet<number> {
  const points = new Set<number>();
  while (points.size < Math.min(count, length)) points.add(uniformInteger(rng, 0, length - 1));
  return points;
}
