// save-as-lab.ts — Saves a fork as a lab of its own: each deed done by hand becomes a `simctl at` line at the top.
import { timeOf } from '@dmsim/observe';
import { EXEC_COST } from '@dmsim/shell';

import type { RunResult, RunSpec } from '../engine/run.ts';

/** Quotes a text as one word of bash. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Formats nanoseconds as simctl takes them. */
const delay = (ns: number): string => `${Number((ns / 1000).toFixed(3))}us`;

/** Returns the lab itself if nothing was done by hand. In the saved lab each typed line runs in a shell of its own, which forgets its variables. */
export function savedLab({ lab, interference }: RunSpec, { recording, done }: RunResult): string {
  const deeds = interference.flatMap(({ text, by }, i) => {
    const nth = done[i]?.startedAt;
    return by === 'interrupt' || nth === null || nth === undefined
      ? []
      : [{ text, at: timeOf(recording, nth) }];
  });
  if (deeds.length === 0) return lab;
  // Each of these lines takes as long as any command, so it delays the rest of the lab by that much.
  const lines = deeds.map(({ text, at }, i) => {
    const wait = Math.max(0, at + (deeds.length - i - 1) * EXEC_COST);
    return `simctl at ${delay(wait)} bash -c ${quoted(text)}`;
  });
  return `# What was done by hand in the playground, and when.\n${lines.join('\n')}\n\n${lab}`;
}
