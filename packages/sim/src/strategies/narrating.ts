// narrating.ts — Wraps a strategy to put into words what it chose other than fifo.
import type { Chooser } from '../chooser.ts';
import { describeEvent } from '../sim-event.ts';
import type { Nanos } from '../time.ts';
import { formatSeconds } from '../time.ts';
import { factorText } from '../vary.ts';

/** A choice above 0. */
export interface Deviation {
  /** Which choice of the run, from 0. */
  readonly nth: number;
  readonly choice: number;
  /** When, in ns; null for what was drawn: that has no time of its own. */
  readonly at: Nanos | null;
  /** The event that went first, or the step that took another time than usual. */
  readonly what: string;
  /** The event that fifo would have taken; for a draw, how long the step takes. */
  readonly instead: string;
}

/** Appends to `deviations` as the run goes. */
export function narrating(inner: Chooser, deviations: Deviation[]): Chooser {
  return {
    name: inner.name,
    seesAll: inner.seesAll,
    pick(candidates, now) {
      const nth = inner.choices.length;
      const choice = inner.pick(candidates, now);
      const [first, event] = [candidates[0], candidates[choice]];
      if (choice > 0 && first !== undefined && event !== undefined) {
        const at = Math.max(now, event.at);
        const [what, instead] = [describeEvent(event), describeEvent(first)];
        deviations.push({ nth, choice, at, what, instead });
      }
      return choice;
    },
    draw(n, what) {
      const nth = inner.choices.length;
      const choice = inner.draw(n, what);
      if (choice > 0)
        deviations.push({ nth, choice, at: null, what: what(), instead: factorText(choice) });
      return choice;
    },
    choices: inner.choices,
  };
}

/** "at 1.003000 s: end_io of bio 7 on sda before workqueue kmpathd" */
export function deviationText({ at, what, instead }: Deviation): string {
  return at === null
    ? `${what} ${instead}`
    : `at ${formatSeconds(at)} s: ${what} before ${instead}`;
}
