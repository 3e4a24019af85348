// messages.ts — Prints the shell's own messages and the output of builtins.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import { writeAll } from '@dmsim/vfs';

import type { Shell } from './shell.ts';
import { Unwind } from './shell.ts';

/** Prints to standard error and ignores write errors. */
export function* printError(shell: Shell, text: string): Task<void> {
  yield* writeAll(shell.process, shell.fds.get(2), text);
}

/** Prints an error with the script's name and line: `lab.sh: line 3: …`. */
export function* complain(shell: Shell, message: string): Task<void> {
  yield* printError(
    shell,
    `${shell.file}: ${shell.line > 0 ? `line ${shell.line}: ` : ''}${message}\n`,
  );
}

/** Writes the standard output of builtin `name`. Returns status 1 if that fails. */
export function* printOutput(shell: Shell, name: string, text: string): Task<number> {
  if (text === '') return 0;
  const error = yield* writeAll(shell.process, shell.fds.get(1), text);
  if (error === undefined) return 0;
  yield* complain(shell, `${name}: write error: ${strerror(error)}`);
  return 1;
}

/** Reports an error that discards the rest of the line, such as a division by zero. */
export function* discard(shell: Shell, message: string): Task<never> {
  yield* complain(shell, message);
  throw new Unwind('discard', 1);
}

/** Reports an error that ends a non-interactive shell, such as an unbound variable; `set -e` decides on the status of `bash -c`. */
export function* die(shell: Shell, message: string): Task<never> {
  yield* complain(shell, message);
  throw new Unwind('exit', shell.fromCommandLine && !shell.flags.errexit ? 127 : 1);
}

export const failure = (subject: string, error: Errno): string => `${subject}: ${strerror(error)}`;
