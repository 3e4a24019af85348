// fit-choice.ts — Finds the place of a choice in another run by what it says, and not by where it stood: in a lab that was edited all
// numbers are others.
import type { SimEvent } from '@dmsim/sim';
import { describeEvent, factorText } from '@dmsim/sim';

/** A choice that is to be made again. */
export interface Wanted {
  readonly choice: number;
  /** `kindOf` of its `deviationText`. */
  readonly kind: string;
  /** It took an event before another one. False: it drew how long a step takes. */
  readonly isPick: boolean;
}

const TIME = /^at \S+ s: /;

/** `text` is a `deviationText`. */
export const wantedOf = (choice: number, text: string): Wanted => ({
  choice,
  kind: kindOf(text.replace(TIME, '')),
  isPick: TIME.test(text),
});

/** The times of another run are others, and so are the numbers of its processes and bios. */
const kindOf = (text: string): string => text.replace(/\d+/g, '');

/** The candidate to take, the same one as in the other run if it is of that kind; 0: the choice has no place here. */
export function fitPick(candidates: readonly SimEvent[], wanted: Wanted): number {
  const { choice, kind, isPick } = wanted;
  if (!isPick) return 0;
  const [first] = candidates;
  const isThat = (event: SimEvent | undefined): boolean =>
    event !== undefined &&
    first !== undefined &&
    kindOf(`${describeEvent(event)} before ${describeEvent(first)}`) === kind;
  if (isThat(candidates[choice])) return choice;
  return Math.max(
    0,
    candidates.findIndex((event, i) => i > 0 && isThat(event)),
  );
}

/** What to draw among `n`; 0: the choice has no place here. */
export const fitDraw = (n: number, what: string, { choice, kind, isPick }: Wanted): number =>
  !isPick && choice < n && kindOf(`${what} ${factorText(choice)}`) === kind ? choice : 0;
