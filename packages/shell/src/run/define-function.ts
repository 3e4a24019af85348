// define-function.ts — Runs the definition of a function.
import type { Task } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import { complain } from '../messages.ts';
import type { Shell } from '../shell.ts';
import type { FunctionCommand } from '../syntax/ir.ts';

/** Redefines a function, too, which keeps its attributes. */
export function defineFunction(shell: Shell, command: FunctionCommand): Task<number> {
  const attributes = shell.functions.get(command.name)?.attributes ?? '';
  if (attributes.includes('r')) return refuseDefinition(shell, command);
  shell.functions.set(command.name, { source: sourceOf(shell), attributes, ...command });
  shell.status = 0;
  return ready(0);
}

function* refuseDefinition(shell: Shell, { name, line }: FunctionCommand): Task<number> {
  shell.line = shell.lineBase + line;
  yield* complain(shell, `${name}: readonly function`);
  shell.status = 1;
  return 1;
}

function sourceOf({ file, calls, textSource }: Shell): string {
  return calls.length > 0 ? file : (textSource ?? file);
}
