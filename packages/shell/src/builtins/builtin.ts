// builtin.ts — What a builtin command is.
import type { Task } from '@dmsim/sim';

import type { Prepared } from '../run/assignment.ts';
import type { Shell } from '../shell.ts';

/** `args[0]` is the name. Files are the shell's, with the redirections of the command done. */
export type Builtin = (shell: Shell, args: readonly string[]) => Task<number>;

/** `declare` and its kin are given assignments that the parser saw as such; others come as words. */
export type DeclarationBuiltin = (
  shell: Shell,
  name: string,
  items: readonly (string | Prepared)[],
) => Task<number>;
