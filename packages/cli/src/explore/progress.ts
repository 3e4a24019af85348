// progress.ts — How far an exploration is, on a terminal: one line that is written over.
import type { Exploration } from '@dmsim/kit';

export interface Progress {
  update(): void;
  /** Takes the line away. */
  end(): void;
}

const EVERY_MS = 200;

export interface ProgressOptions {
  /** When it ends, in ms as `process.uptime` counts them; null: when all runs are done. */
  readonly endsAt: number | null;
  /** Names that some run should reach. */
  readonly expected: readonly string[];
}

export function showProgress(
  exploration: Exploration,
  { endsAt, expected }: ProgressOptions,
): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, end: () => undefined };
  const started = process.uptime() * 1000;
  const runsBefore = exploration.tally.runs;
  let shown = 0;
  return {
    update() {
      const now = process.uptime() * 1000;
      if (now - shown < EVERY_MS) return;
      shown = now;
      const { tally, plan } = exploration;
      const rate = (tally.runs - runsBefore) / Math.max(0.001, (now - started) / 1000);
      const left = endsAt === null ? (plan.runs - tally.runs) / rate : (endsAt - now) / 1000;
      const words = [
        `${tally.runs} runs`,
        `${tally.outcomes.size} outcomes`,
        ...marksText(exploration, expected),
        `${rate.toFixed(0)} runs/s`,
        `${Math.max(0, left).toFixed(0)} s left`,
      ];
      process.stderr.write(`\r\x1b[K${words.join(', ')}`);
    },
    end: () => void process.stderr.write('\r\x1b[K'),
  };
}

/** `3 of 4 marks reached`; nothing when neither the lab nor the command line has one. */
function marksText({ tally }: Exploration, expected: readonly string[]): string[] {
  const names = new Set([...tally.reached.keys(), ...expected]);
  return names.size === 0 ? [] : [`${tally.reached.size} of ${names.size} marks reached`];
}
