// xtrace.ts — Prints the trace of `set -x`.
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import { quoteForTrace } from '../expand/quote.ts';
import { printError } from '../messages.ts';
import { getParameter } from '../parameters.ts';
import type { Shell } from '../shell.ts';

/** Prints one line after PS4, whose first character is repeated for each level of substitution and `eval`. */
export function* trace(shell: Shell, text: string): Task<void> {
  const ps4 = getParameter(shell, 'PS4') ?? '';
  if (/[$`\\]/.test(ps4)) throw new NotSupported(shell.file, shell.line, 'expansions in PS4');
  const first = ps4.slice(0, 1);
  yield* printError(shell, `${first.repeat(shell.traceDepth)}${ps4}${text}\n`);
}

export const traceWords = (shell: Shell, words: readonly string[]): Task<void> =>
  trace(shell, words.map(quoteForTrace).join(' '));
