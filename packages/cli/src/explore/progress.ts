// progress.ts — Shows the progress of an exploration on a terminal, in one line that is overwritten.
import type { Exploration } from '@dmsim/kit';

import { createProgress } from '../progress.ts';

export interface ExploreProgress {
  update(): void;
  /** Takes the line away. */
  end(): void;
}

export interface ProgressOptions {
  /** When it ends, in ms as `process.uptime` counts them; null: when all runs are done. */
  readonly endsAt: number | null;
  /** Names that some run should reach. */
  readonly expected: readonly string[];
}

export function showProgress(
  exploration: Exploration,
  { endsAt, expected }: ProgressOptions,
): ExploreProgress {
  const line = createProgress();
  const started = process.uptime() * 1000;
  const runsBefore = exploration.tally.runs;
  return {
    update() {
      const now = process.uptime() * 1000;
      const { tally, plan } = exploration;
      const rate = (tally.runs - runsBefore) / Math.max(0.001, (now - started) / 1000);
      const left = endsAt === null ? (plan.runs - tally.runs) / rate : (endsAt - now) / 1000;
      const words = [
        `${tally.runs} runs`,
        tally.outcomes.size === 1 ? 'one outcome' : `${tally.outcomes.size} outcomes`,
        ...marksText(exploration, expected),
        `${rate.toFixed(0)} runs/s`,
        ...(Number.isFinite(left) ? [`${Math.max(0, left).toFixed(0)} s left`] : []),
      ];
      line.tell(words.join(', '));
    },
    end: () => line.clear(),
  };
}

/** `3 of 4 marks reached`; nothing when neither the lab nor the command line has one. */
function marksText({ tally }: Exploration, expected: readonly string[]): string[] {
  const names = new Set([...tally.reached.keys(), ...expected]);
  return names.size === 0 ? [] : [`${tally.reached.size} of ${names.size} marks reached`];
}
