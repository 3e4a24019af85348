// choose-by-name.ts — The choices of another run, made again by what they say.
import type { Chooser, Deviation, SimEvent } from '@dmsim/sim';
import { deviationText } from '@dmsim/sim';

import { fitDraw, fitPick, wantedOf } from './fit-choice.ts';
import type { Wanted } from './fit-choice.ts';

/** Says what to choose, given how each choice that is wanted fits here; 0 is what fifo does. */
export type Decide = (fit: (wanted: Wanted) => number) => number;

/** Asks `decide` at each choice. */
export function byName(name: string, decide: Decide): Chooser {
  const choices: number[] = [];
  const keep = (choice: number): number => {
    choices.push(choice);
    return choice;
  };
  return {
    name,
    seesAll: false,
    pick: (candidates: readonly SimEvent[]) =>
      keep(decide((wanted) => fitPick(candidates, wanted))),
    draw: (n, what) => keep(decide((wanted) => fitDraw(n, what(), wanted))),
    choices,
  };
}

/**
 * Takes each deviation once, in order, at the first place that it fits: a lab with a line less has fewer places before the one that
 * matters.
 */
export function chooseByName(deviations: readonly Deviation[]): Chooser {
  const left = deviations.map((each) => wantedOf(each.choice, deviationText(each)));
  return byName('by name', (fit) => {
    const choice = left[0] === undefined ? 0 : fit(left[0]);
    if (choice > 0) left.shift();
    return choice;
  });
}
