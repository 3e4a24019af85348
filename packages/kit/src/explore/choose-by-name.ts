// choose-by-name.ts — The choices of another run, found again by what they say and not by where they stood: a lab with a line
// less has fewer choices before the one that matters.
import type { Chooser, Deviation, SimEvent } from '@dmsim/sim';
import { describeEvent } from '@dmsim/sim';

/** Takes each deviation once, in order, at the first place that it fits; for the rest it does what fifo does. */
export function chooseByName(deviations: readonly Deviation[]): Chooser {
  const left = [...deviations];
  const choices: number[] = [];
  const keep = (choice: number): number => {
    choices.push(choice);
    if (choice > 0) left.shift();
    return choice;
  };
  return {
    name: 'by name',
    seesAll: false,
    pick: (candidates) => keep(left[0] === undefined ? 0 : findAmong(candidates, left[0])),
    draw: (n, what) => keep(left[0] === undefined ? 0 : drawnAgain(n, what(), left[0])),
    choices,
  };
}

/** 0: it does not fit here. */
function findAmong(candidates: readonly SimEvent[], { at, what, instead }: Deviation): number {
  if (at === null) return 0;
  const [first, ...others] = candidates.map((event) => kindOf(describeEvent(event)));
  return first === kindOf(instead) ? others.indexOf(kindOf(what)) + 1 : 0;
}

const drawnAgain = (n: number, what: string, { at, choice, what: wanted }: Deviation): number =>
  at === null && choice < n && kindOf(what) === kindOf(wanted) ? choice : 0;

/** Numbers of processes and bios are others in another lab. */
const kindOf = (text: string): string => text.replace(/\d+/g, '');
