// chooser.ts — Decides which of the events that may be next comes first, and how long things take.
import type { SimEvent } from './sim-event.ts';
import type { Nanos } from './time.ts';

/**
 * One run's choices. What Linux could do in any order are events that may be next; a chooser picks one of them.
 * Everything it decides is a number from 0, where 0 is what `fifo` does: so a run is its list of choices, and a run
 * with fewer numbers above 0 is simpler.
 */
export interface Chooser {
  readonly name: string;
  /** True if it wants to see single events too, which leave no choice. */
  readonly seesAll: boolean;
  /** Two events or more, in the order `fifo` would take them. Returns 0 … candidates.length - 1. */
  pick(candidates: readonly SimEvent[], now: Nanos): number;
  /** Picks one of `n` ways; 0 is the usual one. `what` names the draw for people who read the choices: `a command of sda`. */
  draw(n: number, what: () => string): number;
  /** All picks and draws so far, for `replay`. */
  readonly choices: readonly number[];
  /** Collects the names of objects that events touch beside those they declare. Absent if nobody needs them. */
  readonly touched?: Set<string>;
}

/** How a strategy decides; `nth` counts the choices of the run from 0. */
export interface Decisions {
  pick(candidates: readonly SimEvent[], nth: number): number;
  draw(n: number, nth: number): number;
  /** Called with an event that goes first because nothing else may. Absent if the strategy need not know. */
  see?(only: SimEvent): void;
}

/** A chooser that remembers what `decide` decided. */
export function recording(name: string, decide: Decisions): Chooser {
  const choices: number[] = [];
  const keep = (choice: number): number => {
    choices.push(choice);
    return choice;
  };
  return {
    name,
    seesAll: decide.see !== undefined,
    pick(candidates) {
      if (candidates.length > 1) return keep(decide.pick(candidates, choices.length));
      decide.see?.(candidates[0] as SimEvent);
      return 0;
    },
    draw: (n) => keep(decide.draw(n, choices.length)),
    choices,
  };
}
