// function-call.ts — Calling a function: parameters and locals of its own, until it returns.
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import type { Frame, Shell } from '../shell.ts';
import type { FunctionCommand } from '../syntax/ir.ts';

/** Bash itself crashes somewhere above ten thousand. */
export const MAX_CALLS = 400;

export function* callFunction(
  shell: Shell,
  { name, body }: FunctionCommand,
  words: readonly string[],
): Task<number> {
  if (shell.frames.length >= MAX_CALLS) {
    throw new NotSupported(shell.file, shell.line, `more than ${MAX_CALLS} nested function calls`);
  }
  const { positional, loops, lineBase } = shell;
  const frame: Frame = { name, callLine: shell.line, hidden: new Map() };
  shell.frames.push(frame);
  shell.positional = words.slice(1);
  shell.loops = 0;
  shell.lineBase = 0;
  try {
    const status = yield* shell.engine.runCommand(shell, body);
    if (shell.jump?.kind !== 'return') return status;
    shell.jump = null;
    return shell.status;
  } finally {
    shell.frames.pop();
    shell.positional = positional;
    shell.loops = loops;
    shell.lineBase = lineBase;
    for (const [hidden, variable] of frame.hidden) {
      if (variable === undefined) shell.variables.delete(hidden);
      else shell.variables.set(hidden, variable);
    }
  }
}
