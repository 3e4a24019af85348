// syntax-note.ts — Reports a syntax error or a warning about the syntax. Mirrors bash's error.c: parser_error.
import type { Task } from '@dmsim/sim';

import { printError } from '../messages.ts';
import type { Shell } from '../shell.ts';
import { Unwind } from '../shell.ts';
import type { BrokenCommand, SyntaxNote } from '../syntax/ir.ts';

/** Prints the messages; `set -e` ends the shell after the first of an error. */
export function* tellNote(shell: Shell, { messages, effect }: SyntaxNote): Task<void> {
  for (const message of messages) {
    yield* printError(shell, `${message}\n`);
    if (effect.kind !== 'go-on' && shell.flags.errexit && shell.unchecked === 0)
      throw new Unwind('exit', 2);
  }
  if (effect.kind !== 'discard') return;
  shell.status = 1;
  if (shell.subshell > 0) throw new Unwind('discard', 1);
}

/** The part of a command substitution that bash can't parse. */
export function* runBroken(shell: Shell, { note }: BrokenCommand): Task<number> {
  yield* tellNote(shell, note);
  if (note.effect.kind === 'end') throw new Unwind('exit', 2);
  return shell.status;
}
