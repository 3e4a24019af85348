// exhaustive.ts — Every order there is: a run follows a branch to its last deviation and then fifo, and says which branches
// leave it after that. A caller that starts with the empty branch and takes every branch that a run names has run all orders,
// each once, those with fewer deviations first (Musuvathi and Qadeer, "Iterative Context Bounding", PLDI 2007).
//
// With `reduce` it leaves out what is another order in other words: two events that touch nothing in common (footprint.ts)
// and are due at the same time may go either way round. These are the sleep sets of Godefroid ("Partial-Order Methods for
// the Verification of Concurrent Systems", 1996). An event that went first in a run that is made anyway stays asleep in those that
// leave it there, until an event has fired that has to do with it; a run in which all that may be next sleeps is given up.
// The objects that an event touches are known once it has fired, so a run names only the next branch at each place: that one knows what
// those before it touched. Branches then come in no order of deviations, and a bound on these would leave orders out.
import type { Chooser } from '../chooser.ts';
import { recording } from '../chooser.ts';
import type { Footprint } from '../footprint.ts';
import { conflict } from '../footprint.ts';
import type { SimEvent } from '../sim-event.ts';
import type { Nanos } from '../time.ts';

/** A choice above 0: which of the run, what, and with `reduce` the candidates that went first in other runs. */
type Step = readonly [nth: number, choice: number, before?: readonly Sleeper[]];
type Sleeper = readonly [candidate: number, footprint: Footprint];

/** The choices above 0, in order. Plain data. */
export type Branch = readonly Step[];

/** Thrown out of the run loop: this order is another one's equal. */
export class RedundantRun extends Error {
  override readonly name = 'RedundantRun';
}

export interface Exhaustive extends Chooser {
  /** After the run: those that leave it at its last deviation (with `reduce`) or behind it, in order. */
  branches(): Branch[];
  /** After the run, with `reduce`: how many branches it left out, each at least one order. */
  pruned(): number;
}

export interface ExhaustiveOptions {
  /** Leaves out what is another order in other words. @defaultValue false */
  readonly reduce?: boolean;
  /** Other costs than the usual are branches, too. @defaultValue false: a draw is always the usual */
  readonly draws?: boolean;
}

export function exhaustive(
  branch: Branch,
  { reduce = false, draws = false }: ExhaustiveOptions = {},
): Exhaustive {
  return reduce ? withSleepSets(branch, draws) : ofAllOrders(branch, draws);
}

function ofAllOrders(branch: Branch, draws: boolean): Exhaustive {
  const leaving: Step[] = [];
  const after = branch.at(-1)?.[0] ?? -1;
  const wanted = new Map(branch.map(([nth, choice]) => [nth, choice]));
  const decide = (n: number, nth: number): number => {
    if (nth > after) for (let i = 1; i < n; i++) leaving.push([nth, i]);
    return wanted.get(nth) ?? 0;
  };
  const chooser = recording('exhaustive', {
    pick: ({ length }, nth) => decide(length, nth),
    draw: (n, nth) => (draws ? decide(n, nth) : (wanted.get(nth) ?? 0)),
  });
  return {
    branches: () => leaving.map((step) => branch.concat([step])),
    pruned: () => 0,
    ...chooser,
  };
}

/** The last event that was picked, until it is known what it touched. */
interface Firing {
  readonly event: SimEvent;
  readonly declared: Footprint;
  readonly now: Nanos;
  /** The place of a choice at the last deviation or behind it. */
  readonly place: Place | null;
}

/** A choice that branches may leave. */
interface Place {
  readonly nth: number;
  readonly choice: number;
  readonly before: readonly Sleeper[];
  /** The next candidate that is awake; -1: none. */
  readonly next: number;
}

function withSleepSets(branch: Branch, draws: boolean): Exhaustive {
  const wanted = new Map(branch.map((step) => [step[0], step]));
  const after = branch.at(-1)?.[0] ?? -1;
  const asleep = new Map<SimEvent, Footprint>();
  const touched = new Set<string>();
  const leaving: Step[] = [];
  let firing: Firing | null = null;
  let pruned = 0;

  /** Called when it has fired. */
  const settle = (): void => {
    if (firing === null) return;
    const { event, declared, now, place } = firing;
    const footprint = declared === null ? null : [...declared, ...touched];
    touched.clear();
    firing = null;
    wake(asleep, { event, footprint, now });
    if (place === null || place.next < 0) return;
    leaving.push([place.nth, place.next, [...place.before, [place.choice, footprint]]]);
  };
  const fires = (event: SimEvent, now: Nanos, place: Place | null): void => {
    firing = { event, declared: declaredBy(event), now, place };
  };
  const decide = (candidates: readonly SimEvent[], nth: number): Omit<Place, 'nth'> => {
    const [, choice, before = []] = wanted.get(nth) ?? [];
    for (const [i, footprint] of before) asleep.set(candidates[i] as SimEvent, footprint);
    const awake = nextAwake(candidates, asleep, choice ?? 0);
    if (awake < 0) throw new RedundantRun('everything that may be next was next in another run');
    const next = nth >= after ? nextAwake(candidates, asleep, awake + 1) : -1;
    if (nth > after) pruned += candidates.filter((event) => asleep.has(event)).length;
    return { choice: awake, before, next };
  };
  const choices: number[] = [];
  return {
    name: 'exhaustive',
    seesAll: true,
    touched,
    choices,
    pick(candidates, now) {
      settle();
      const [only] = candidates;
      if (candidates.length === 1 && only !== undefined) {
        if (asleep.has(only)) throw new RedundantRun('what comes next came next in another run');
        fires(only, now, null);
        return 0;
      }
      const nth = choices.length;
      const place = { nth, ...decide(candidates, nth) };
      choices.push(place.choice);
      fires(candidates[place.choice] as SimEvent, now, nth >= after ? place : null);
      return place.choice;
    },
    draw(n) {
      const nth = choices.length;
      if (draws && nth > after) for (let i = 1; i < n; i++) leaving.push([nth, i]);
      const choice = wanted.get(nth)?.[1] ?? 0;
      choices.push(choice);
      return choice;
    },
    branches() {
      settle();
      return leaving.map((step) => branch.filter(([nth]) => nth < step[0]).concat([step]));
    },
    pruned: () => pruned,
  };
}

/** The first candidate from `from` on that is awake; -1: none. */
function nextAwake(
  candidates: readonly SimEvent[],
  asleep: ReadonlyMap<SimEvent, Footprint>,
  from: number,
): number {
  return candidates.findIndex((event, i) => i >= from && !asleep.has(event));
}

/** An event that has fired wakes those that it has to do with. */
function wake(
  asleep: Map<SimEvent, Footprint>,
  { event, footprint, now }: Pick<Firing, 'event' | 'now'> & { readonly footprint: Footprint },
): void {
  for (const [sleeper, itsFootprint] of asleep) {
    // The one that goes second is late, and what follows it as well.
    const late = Math.max(now, sleeper.at) !== Math.max(now, event.at);
    if (late || conflict(itsFootprint, footprint)) asleep.delete(sleeper);
  }
}

function declaredBy({ touches, owner }: SimEvent): Footprint {
  return touches === null ? null : (touches as (owner: unknown) => Footprint)(owner);
}
