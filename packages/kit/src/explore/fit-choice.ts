// fit-choice.ts — Finds the place of a recorded choice in another run by its text, not by its number: editing a lab changes all
// numbers.
import type { SimEvent } from '@dmsim/sim';
import { describeEvent, factorText } from '@dmsim/sim';

/** A choice that is to be made again. */
export interface Wanted {
  readonly choice: number;
  /** `kindOf` of its `deviationText`. */
  readonly kind: string;
  /** True: the choice put one event before another. False: it drew how long a step takes. */
  readonly isPick: boolean;
}

const TIME = /^at \S+ s: /;

/** `text` is a `deviationText`. */
export const wantedOf = (choice: number, text: string): Wanted => ({
  choice,
  kind: kindOf(text.replace(TIME, '')),
  isPick: TIME.test(text),
});

/** Another run has other times, and other numbers for its processes and bios. */
const kindOf = (text: string): string => text.replace(/\d+/g, '');

/** The candidate to take: the one that the recorded run took if it is of the same kind. 0: the choice has no place here. */
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

/** The number to draw among `n`. 0: the choice has no place here. */
export const fitDraw = (n: number, what: string, { choice, kind, isPick }: Wanted): number =>
  !isPick && choice < n && kindOf(`${what} ${factorText(choice)}`) === kind ? choice : 0;
