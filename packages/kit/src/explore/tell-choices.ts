// tell-choices.ts — The choices of a run in as few lines as tell them.
import type { Deviation } from '@dmsim/sim';
import { deviationText } from '@dmsim/sim';

/**
 * A line each, as `deviationText` says it; but what goes before the same event at the same instant stands in one line:
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

/** Whether the event that was passed over by `before` is passed over by `after` once more. */
const waitsOn = (before: Deviation, after: Deviation): boolean =>
  before.at !== null && before.at === after.at && before.instead === after.instead;
