// messages.ts — What the shell itself prints.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import { writeAll } from '@dmsim/vfs';

import type { Shell } from './shell.ts';
import { Unwind } from './shell.ts';

/** To standard error; what can't be written is lost. */
export function* printError(shell: Shell, text: string): Task<void> {
  yield* writeAll(shell.process, shell.fds.get(2), text);
}

/** `lab.sh: line 3: …` */
export function* complain(shell: Shell, message: string): Task<void> {
  yield* printError(shell, `${shell.file}: line ${shell.line}: ${message}\n`);
}

/** Standard output of builtin `name`; the status says whether it could be written. */
export function* printOutput(shell: Shell, name: string, text: string): Task<number> {
  if (text === '') return 0;
  const error = yield* writeAll(shell.process, shell.fds.get(1), text);
  if (error === undefined) return 0;
  yield* complain(shell, `${name}: write error: ${strerror(error)}`);
  return 1;
}

/** An error that drops the rest of the line, as a division by zero does. */
export function* discard(shell: Shell, message: string): Task<never> {
  yield* complain(shell, message);
  throw new Unwind('discard', 1);
}

/** An error that ends a shell without a user, as an unbound variable does. */
export function* die(shell: Shell, message: string): Task<never> {
  yield* complain(shell, message);
  throw new Unwind('exit', shell.fromCommandLine ? 127 : 1);
}

export const failure = (subject: string, error: Errno): string => `${subject}: ${strerror(error)}`;
