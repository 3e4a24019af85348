// xtrace.ts — Prints the trace of `set -x`.
import type { Task } from '@dmsim/sim';
import { writeAll } from '@dmsim/vfs';

import { expandPrompt } from '../expand/prompt.ts';
import { quoteForTrace } from '../expand/quote.ts';
import { printError } from '../messages.ts';
import { getParameter } from '../parameters.ts';
import type { Shell } from '../shell.ts';

/** Prints one line after PS4, whose first character is repeated for each level of substitution and `eval`. */
export function* trace(shell: Shell, text: string): Task<void> {
  const given = getParameter(shell, 'PS4') ?? '';
  const ps4 = /[$`\\]/.test(given) ? yield* expandPrompt(shell, given) : given;
  const first = ps4.slice(0, 1);
  const line = `${first.repeat(shell.traceDepth)}${ps4}${text}\n`;
  const to = getParameter(shell, 'BASH_XTRACEFD') ?? '';
  if (to === '') yield* printError(shell, line);
  else yield* writeAll(shell.process, shell.fds.get(Number(to)), line);
}

export const traceWords = (shell: Shell, words: readonly string[]): Task<void> =>
  trace(shell, words.map(quoteForTrace).join(' '));
