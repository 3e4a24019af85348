// replay-choices.ts — Repeats recorded choices as far as they fit: the lab may have been edited since.
import type { Chooser, Decisions, SimEvent } from '@dmsim/sim';
import { deviationText, narrating, recording } from '@dmsim/sim';
import type { Deviation } from '@dmsim/sim';

import type { RecordedChoice } from './choices-text.ts';

export interface Replay {
  readonly chooser: Chooser;
  /** Where the run went another way than the recorded one: what was recorded there, and what came. Null: it did not. */
  parted(): { readonly recorded: string; readonly here: string } | null;
}

/** From where it parts it goes on as fifo. Times may differ: they do once a lab was edited. */
export function replayChoices(recorded: readonly RecordedChoice[]): Replay {
  const left = [...recorded];
  const deviations: Deviation[] = [];
  let parted: ReturnType<Replay['parted']> = null;
  const again = (n: number, nth: number): number => {
    if (parted !== null || left[0]?.nth !== nth) return 0;
    const next = left[0];
    if (next.choice < n) return next.choice;
    parted = { recorded: next.text, here: `there is no choice ${next.choice}` };
    return 0;
  };
  const decide: Decisions = {
    pick: (candidates: readonly SimEvent[], nth) => again(candidates.length, nth),
    draw: again,
  };
  const inner = narrating(recording('replay', decide), deviations);
  const check = (): void => {
    const next = left[0];
    const last = deviations.at(-1);
    if (next === undefined || last?.nth !== next.nth) return;
    left.shift();
    const here = deviationText(last);
    if (withoutTime(here) !== withoutTime(next.text)) parted ??= { recorded: next.text, here };
  };
  const chooser: Chooser = {
    ...inner,
    pick(candidates, now) {
      const choice = inner.pick(candidates, now);
      check();
      return choice;
    },
    draw(n, what) {
      const choice = inner.draw(n, what);
      check();
      return choice;
    },
  };
  return {
    chooser,
    parted: () => {
      const [next] = left;
      if (parted !== null || next === undefined) return parted;
      return { recorded: next.text, here: 'the run was over' };
    },
  };
}

const withoutTime = (text: string): string => text.replace(/^at \S+ s: /, '');
