// save-as-lab.ts — A fork as a lab of its own: what was done by hand becomes `simctl at` lines before everything else.
import { timeOf } from '@dmsim/observe';
import { EXEC_COST } from '@dmsim/shell';

import type { RunResult, RunSpec } from '../engine/run.ts';

/** One word of bash. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Nanoseconds as simctl takes them. */
const delay = (ns: number): string => `${Number((ns / 1000).toFixed(3))}us`;

/** Without interference: the lab itself. What was typed runs in a shell of its own, not in one that remembers. */
export function savedLab({ lab, interference }: RunSpec, { recording, done }: RunResult): string {
  const deeds = interference.flatMap(({ text, by }, i) => {
    const nth = done[i]?.startedAt;
    return by === 'interrupt' || nth === null || nth === undefined
      ? []
      : [{ text, at: timeOf(recording, nth) }];
  });
  if (deeds.length === 0) return lab;
  // Each of these lines takes as long as any command, and so moves what follows by as much.
  const lines = deeds.map(({ text, at }, i) => {
    const wait = Math.max(0, at + (deeds.length - i - 1) * EXEC_COST);
    return `simctl at ${delay(wait)} bash -c ${quoted(text)}`;
  });
  return `# What was done by hand in the playground, and when.\n${lines.join('\n')}\n\n${lab}`;
}
