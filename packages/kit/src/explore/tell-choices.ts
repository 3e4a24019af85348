// tell-choices.ts — Prints the choices of a run in few lines.
import type { Deviation } from '@dmsim/sim';
import { deviationText } from '@dmsim/sim';

/**
 * Each choice has a line, as `deviationText` words it; but events that go before the same event at the same instant share one line:
 * `at 1.003000 s: end_io of bio 7 on sda, then workqueue kmpathd before worker of mpatha`.
 */
export function tellChoices(deviations: readonly Deviation[]): string[] {
  const told: Deviation[] = [];
  for (const each of deviations) {
    const last = told.at(-1);
    if (last !== undefined && waitsOn(last, each))
      told[told.length - 1] = { ...last, what: `${last.what}, then ${each.what}` };
    else told.push(each);
  }
  return told.map(deviationText);
}

/** True if `before` and `after` go before the same event. */
const waitsOn = (before: Deviation, after: Deviation): boolean =>
  before.at !== null && before.at === after.at && before.instead === after.instead;
