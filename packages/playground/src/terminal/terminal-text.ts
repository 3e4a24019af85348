// terminal-text.ts — The text of the terminal at an instant: the lines typed up to then, and their output.
import { timeOf } from '@dmsim/observe';

import type { Deed, Interference, RunResult, RunSpec } from '../engine/run.ts';
import { timeText } from '../timeline/time-text.ts';

const GREETING =
  'A shell of the machine at this instant. What you type becomes part of the run; Esc leaves.\n';

export function terminalText({ interference }: RunSpec, result: RunResult, nth: number): string {
  let text = GREETING;
  for (const [i, input] of interference.entries()) {
    const [startedAt, endedAt] = spanOf(result.done[i]);
    if (startedAt > nth) continue;
    text += `${timeText(timeOf(result.recording, startedAt))} ${typedText(input)}\n`;
    for (const piece of result.output) if (piece.from === i && piece.nth <= nth) text += piece.text;
    if (!text.endsWith('\n')) text += '\n';
    if (endedAt > nth && input.by !== 'interrupt') text += '(it has not ended at this instant)\n';
  }
  return text;
}

/** The numbers of records at the deed's start and end; Infinity if the run did not come to it. */
const spanOf = (deed: Deed | undefined): readonly [startedAt: number, endedAt: number] => [
  deed?.startedAt ?? Infinity,
  deed?.endedAt ?? Infinity,
];

function typedText({ by, text }: Interference): string {
  if (by === 'interrupt') return '^C';
  return `${by === 'apart' ? '(done by hand)' : '#'} ${text}`;
}
