// order.ts — The order of a run as a value that fast-check generates and shrinks: a strategy and a seed at first; once it has
// been run, the list of its choices, which shrinks to fifo and the few choices that matter.
import type { Chooser } from '@dmsim/sim';
import { fifo, pct, random, replay } from '@dmsim/sim';
import * as fc from 'fast-check';

/** `random`: any event that may be next; `pct`: the usual order but for a few places, anywhere in the run. */
export type OrderStrategy = 'fifo' | 'random' | 'pct';

export interface Order {
  /** Draws the choices; null: they are given. */
  readonly seed: number | null;
  /** The choices that the last run made. */
  choices: readonly number[];
}

/** Choices of a schedule, about: where pct places its changes. */
const USUAL_LENGTH = 120;

/** The chooser of one run, to be used once: it replays the order's choices, or makes those that its seed draws. */
export function chooserOf({ seed, choices }: Order, strategy: OrderStrategy): Chooser {
  if (seed === null) return choices.length === 0 ? fifo : replay(choices);
  switch (strategy) {
    case 'fifo':
      return fifo;
    case 'random':
      return random(seed);
    case 'pct':
      return pct(seed, { length: USUAL_LENGTH });
  }
}

class OrderArbitrary extends fc.Arbitrary<Order> {
  generate(random32: fc.Random): fc.Value<Order> {
    return new fc.Value({ seed: random32.nextInt(0, 0x7fffffff), choices: [] }, undefined);
  }

  canShrinkWithoutContext(value: unknown): value is Order {
    return typeof value === 'object' && value !== null && 'choices' in value;
  }

  shrink({ seed, choices }: Order): fc.Stream<fc.Value<Order>> {
    return fc.stream(smaller(seed, choices));
  }
}

const listed = (list: readonly number[]): fc.Value<Order> =>
  new fc.Value({ seed: null, choices: trim(list) }, undefined);

function* smaller(
  seed: number | null,
  choices: readonly number[],
): IterableIterator<fc.Value<Order>> {
  if (choices.every((choice) => choice === 0)) return;
  yield listed([]);
  // The same as a list: from here on it is that which shrinks.
  if (seed !== null) yield listed(choices);
  for (const list of simpler(choices)) yield listed(list);
}

/** Shorter, then with fewer choices above 0, then with smaller ones. */
function* simpler(choices: readonly number[]): IterableIterator<readonly number[]> {
  const places = choices.flatMap((choice, at) => (choice > 0 ? [at] : []));
  for (let size = places.length >> 1; size >= 1; size >>= 1) {
    for (let end = places.length; end > 0; end -= size) {
      const out = new Set(places.slice(Math.max(0, end - size), end));
      yield choices.map((choice, at) => (out.has(at) ? 0 : choice));
    }
  }
  for (const at of places) {
    if ((choices[at] ?? 0) > 1) yield choices.with(at, 1);
  }
}

const trim = (choices: readonly number[]): readonly number[] =>
  choices.slice(0, choices.findLastIndex((choice) => choice > 0) + 1);

/** Any order. `chooserOf` makes a chooser of it; after the run its choices are put back into the value, so that they can shrink. */
export const anyOrder: fc.Arbitrary<Order> = new OrderArbitrary();
