// builtin.ts — The type of a builtin command.
import type { Task } from '@dmsim/sim';

import type { Prepared } from '../run/assignment.ts';
import type { Shell } from '../shell.ts';

/** Runs a builtin; `args[0]` is its name. The command's redirections are already applied to the shell's files. */
export type Builtin = (shell: Shell, args: readonly string[]) => Task<number>;

/** `declare` and similar builtins get the assignments that the parser recognized; other arguments are words. */
export type DeclarationBuiltin = (
  shell: Shell,
  name: string,
  items: readonly (string | Prepared)[],
) => Task<number>;
