// replay-choices.ts — Repeats recorded choices as far as they have a place in the run: the lab may have been edited since.
import type { Chooser } from '@dmsim/sim';

import type { RecordedChoice } from './choices-text.ts';
import { byName } from './choose-by-name.ts';
import type { Wanted } from './fit-choice.ts';
import { wantedOf } from './fit-choice.ts';

export interface Replay {
  readonly chooser: Chooser;
  /** After the run: the choices that had no place in it, where it did what fifo does. */
  parted(): readonly Unplaced[];
}

export interface Unplaced {
  readonly recorded: string;
  /** The outcome in words. */
  readonly here: string;
}

interface Left extends Wanted {
  readonly recorded: RecordedChoice;
  /** How often it could have been made so far. */
  seen: number;
}

/**
 * Makes each choice the nth time that it could be made, as it was recorded (`RecordedChoice.time`). In the lab that was recorded these
 * are the same places; in another one the choices that are left out do not disturb the others.
 */
export function replayChoices(recorded: readonly RecordedChoice[]): Replay {
  const left = recorded.map((each): Left => ({
    ...wantedOf(each.choice, each.text),
    recorded: each,
    seen: 0,
  }));
  const chooser = byName('replay', (fit) => {
    let made: Left | null = null;
    let choice = 0;
    for (const wanted of left) {
      const here = fit(wanted);
      if (here === 0 || ++wanted.seen !== wanted.recorded.time || made !== null) continue;
      made = wanted;
      choice = here;
    }
    if (made !== null) left.splice(left.indexOf(made), 1);
    return choice;
  });
  return { chooser, parted: () => left.map(unplaced) };
}

const unplaced = ({ recorded: { text, time }, seen }: Left): Unplaced => ({
  recorded: text,
  here:
    seen === 0
      ? 'there is no such choice'
      : `there are ${seen} such choices, and it was made the time that would be number ${time}`,
});
