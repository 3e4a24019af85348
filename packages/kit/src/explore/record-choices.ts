// record-choices.ts — Records the choices of a run in a form that can be found again after the lab was edited.
import type { Deviation } from '@dmsim/sim';
import { deviationText } from '@dmsim/sim';

import type { RecordedChoice } from './choices-text.ts';
import { byName } from './choose-by-name.ts';
import { wantedOf } from './fit-choice.ts';
import type { Setup } from './run-once.ts';
import { runOnce } from './run-once.ts';

/** Runs the lab once more to count the places that each choice could have been made at. `deviations` are all deviations of the run. */
export function recordChoices(
  setup: Setup,
  seed: number,
  deviations: readonly Deviation[],
): RecordedChoice[] {
  const counted = deviations.map((each) => ({
    ...wantedOf(each.choice, deviationText(each)),
    nth: each.nth,
    text: deviationText(each),
    time: 0,
  }));
  let nth = 0;
  const chooser = byName('recording', (fit) => {
    let choice = 0;
    for (const each of counted) {
      if (each.nth >= nth && fit(each) > 0) each.time++;
      if (each.nth === nth) ({ choice } = each);
    }
    nth++;
    return choice;
  });
  runOnce(setup, seed, chooser);
  return counted.map(({ nth: at, choice, time, text }) => ({ nth: at, choice, time, text }));
}
