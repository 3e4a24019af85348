// progress.ts — How far an exploration is, on a terminal: one line that is written over.
import type { Exploration } from '@dmsim/kit';

export interface Progress {
  update(): void;
  /** Takes the line away. */
  end(): void;
}

const EVERY_MS = 200;

export function showProgress(exploration: Exploration, endsAt: number | null): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, end: () => undefined };
  const started = process.uptime() * 1000;
  let shown = 0;
  return {
    update() {
      const now = process.uptime() * 1000;
      if (now - shown < EVERY_MS) return;
      shown = now;
      const { tally, plan } = exploration;
      const rate = tally.runs / Math.max(0.001, (now - started) / 1000);
      const left = endsAt === null ? (plan.runs - tally.runs) / rate : (endsAt - now) / 1000;
      process.stderr.write(
        `\r\x1b[K${tally.runs} runs, ${tally.outcomes.size} outcomes, ${rate.toFixed(0)} runs/s, ${Math.max(0, left).toFixed(0)} s left`,
      );
    },
    end: () => void process.stderr.write('\r\x1b[K'),
  };
}
