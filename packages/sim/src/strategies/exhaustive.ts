// exhaustive.ts — Every order there is: a run follows a branch to its last deviation and then fifo, and says which branches
// leave it after that. Whoever starts with the empty branch and takes every branch that a run names has run all orders,
// each once, those with fewer deviations first (Musuvathi and Qadeer, "Iterative Context Bounding", PLDI 2007).
//
// With `reduce` a run is given up, as redundant, once it is certain to be another one in other words: two events that touch
// nothing in common and are due at the same time may go either way round. These are the sleep sets of Godefroid
// ("Partial-Order Methods for the Verification of Concurrent Systems", 1996): what was taken first in a branch that is run
// anyway stays asleep here until an event has fired that it might depend on. With a bound on deviations that other branch
// may itself be beyond the bound: reduce only what is run to the end, or accept that.
import type { Chooser } from '../chooser.ts';
import { recording } from '../chooser.ts';
import type { SimEvent } from '../sim-event.ts';
import type { Nanos } from '../time.ts';

/** The choices above 0, as [which choice of the run, what], in order. */
export type Branch = readonly (readonly [nth: number, choice: number])[];

/** Thrown out of the run loop: this order is another one's equal. */
export class RedundantRun extends Error {
  override readonly name = 'RedundantRun';
}

export interface Exhaustive extends Chooser {
  /** After the run: those that leave it behind its last deviation, in order. */
  branches(): Branch[];
}

export interface ExhaustiveOptions {
  /** Gives up runs that are another one's equal. @defaultValue false */
  readonly reduce?: boolean;
  /** Other costs than the usual are branches, too. @defaultValue false: a draw is always the usual */
  readonly draws?: boolean;
}

export function exhaustive(
  branch: Branch,
  { reduce = false, draws = false }: ExhaustiveOptions = {},
): Exhaustive {
  const wanted = new Map(branch);
  const after = branch.at(-1)?.[0] ?? -1;
  const leaving: (readonly [number, number])[] = [];
  const asleep = new Set<SimEvent>();
  const decide = (candidates: readonly SimEvent[], nth: number): number => {
    const choice = wanted.get(nth);
    if (choice !== undefined) {
      for (const earlier of candidates.slice(0, choice)) asleep.add(earlier);
      return choice;
    }
    const awake = candidates.findIndex((event) => !asleep.has(event));
    if (awake < 0) throw new RedundantRun('everything that may be next was next in another run');
    if (nth > after) {
      for (let i = awake + 1; i < candidates.length; i++) {
        if (!asleep.has(candidates[i] as SimEvent)) leaving.push([nth, i]);
      }
    }
    return awake;
  };
  const see = (only: SimEvent): void => {
    if (asleep.has(only)) throw new RedundantRun('what comes next came next in another run');
  };
  const draw = (n: number, nth: number): number => {
    if (draws && nth > after) for (let i = 1; i < n; i++) leaving.push([nth, i]);
    return wanted.get(nth) ?? 0;
  };
  const chooser = recording('exhaustive', { pick: decide, draw, ...(reduce && { see }) });
  return {
    ...chooser,
    pick(candidates, now) {
      const choice = chooser.pick(candidates, now);
      if (reduce) wake(asleep, candidates[choice] as SimEvent, now);
      else asleep.clear();
      return choice;
    },
    branches: () => leaving.map((deviation) => branch.concat([deviation])),
  };
}

/** `fired` fires: what depends on it is awake. */
function wake(asleep: Set<SimEvent>, fired: SimEvent, now: Nanos): void {
  for (const event of asleep)
    if (event === fired || dependent(event, fired, now)) asleep.delete(event);
}

function dependent(a: SimEvent, b: SimEvent, now: Nanos): boolean {
  // The one that goes second is late, and what follows it as well.
  if (Math.max(now, a.at) !== Math.max(now, b.at)) return true;
  const [mine, theirs] = [touched(a), touched(b)];
  if (mine === null || theirs === null) return true;
  return mine.some((object) => theirs.includes(object));
}

function touched({ touches, owner }: SimEvent): readonly object[] | null {
  return touches === null ? null : (touches as (owner: unknown) => readonly object[] | null)(owner);
}
