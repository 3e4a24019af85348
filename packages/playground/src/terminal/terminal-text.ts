// terminal-text.ts — What stands in the terminal at an instant: what was typed up to then, and what that printed.
import { timeOf } from '@dmsim/observe';

import type { RunResult, RunSpec } from '../engine/run.ts';
import { timeText } from '../timeline/time-text.ts';

const GREETING =
  'A shell of the machine at this instant. What you type becomes part of the run; Esc leaves.\n';

export function terminalText({ interference }: RunSpec, result: RunResult, nth: number): string {
  const { output, done, recording } = result;
  let text = GREETING;
  for (const [i, { by, text: command }] of interference.entries()) {
    const started = done[i]?.startedAt;
    if (started === null || started === undefined || started > nth) continue;
    const at = timeText(timeOf(recording, started));
    text +=
      by === 'interrupt'
        ? `${at} ^C\n`
        : `${at} ${by === 'apart' ? '(done by hand)' : '#'} ${command}\n`;
    for (const piece of output) if (piece.from === i && piece.nth <= nth) text += piece.text;
    if (!text.endsWith('\n')) text += '\n';
    const ended = done[i]?.endedAt;
    if (by !== 'interrupt' && (ended === null || ended === undefined || ended > nth)) {
      text += '(it has not ended at this instant)\n';
    }
  }
  return text;
}
