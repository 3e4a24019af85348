// builtin.ts — The type of a builtin command.
import type { Task } from '@dmsim/sim';

import type { Prepared } from '../run/assignment.ts';
import type { Shell } from '../shell.ts';

/** Runs a builtin; `args[0]` is its name. The command's redirections are already applied to the shell's files. */
export type Builtin = (shell: Shell, args: readonly string[]) => Task<number>;

/** The builtins of a shell, by name. */
export interface Builtins {
  readonly ordinary: ReadonlyMap<string, Builtin>;
  /** Builtins whose arguments of the form `x=…` are expanded like assignments. */
  readonly declarations: ReadonlyMap<string, DeclarationBuiltin>;
}

/** `declare` and similar builtins get the assignments that the parser recognized; other arguments are words. */
export type DeclarationBuiltin = (
  shell: Shell,
  name: string,
  items: readonly (string | Prepared)[],
) => Task<number>;
