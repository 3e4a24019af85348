// tally.ts — The outcomes of an exploration: how often each was seen, and first in which run.
import { outcomeKey } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { LabRun } from './run-once.ts';

export interface Seen {
  readonly outcome: Outcome;
  count: number;
  /** The number of the first run that had it, and what it chose. */
  first: number;
  choices: readonly number[];
}

export interface Tally {
  runs: number;
  /** Given up by `exhaustive`, because another run is the same in other words. */
  redundant: number;
  /** Branches that `exhaustive` left out for the same reason, each at least one order. */
  pruned: number;
  readonly outcomes: Map<string, Seen>;
  /** Beyond `MAX_OUTCOMES`: runs whose outcome was not kept. */
  other: number;
  /** In how many runs each name was reached. */
  readonly reached: Map<string, number>;
  /** Runs that came out otherwise when they were run again. */
  readonly uncontrolled: number[];
}

/** A lab that prints the time has a new outcome each run. */
const MAX_OUTCOMES = 1000;

export const createTally = (): Tally => ({
  runs: 0,
  redundant: 0,
  pruned: 0,
  outcomes: new Map(),
  other: 0,
  reached: new Map(),
  uncontrolled: [],
});

export function count(tally: Tally, nth: number, { outcome, choices, reached }: LabRun): void {
  tally.runs++;
  for (const name of reached) tally.reached.set(name, (tally.reached.get(name) ?? 0) + 1);
  add(tally, { outcome, count: 1, first: nth, choices });
}

/** Adds a later batch. */
export function merge(into: Tally, from: Tally): void {
  into.runs += from.runs;
  into.redundant += from.redundant;
  into.pruned += from.pruned;
  into.other += from.other;
  into.uncontrolled.push(...from.uncontrolled);
  for (const [name, times] of from.reached) {
    into.reached.set(name, (into.reached.get(name) ?? 0) + times);
  }
  for (const seen of from.outcomes.values()) add(into, { ...seen });
}

function add(tally: Tally, more: Seen): void {
  const { outcomes } = tally;
  const key = outcomeKey(more.outcome);
  const seen = outcomes.get(key);
  if (seen !== undefined) {
    seen.count += more.count;
    if (more.first < seen.first) {
      seen.first = more.first;
      seen.choices = more.choices;
    }
  } else if (outcomes.size < MAX_OUTCOMES) {
    outcomes.set(key, more);
  } else {
    tally.other += more.count;
  }
}

/** In the order in which runs, one after the other, would have seen them. */
export const inOrder = ({ outcomes }: Tally): Seen[] =>
  [...outcomes.values()].toSorted((a, b) => a.first - b.first);
