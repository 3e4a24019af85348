// function-call.ts — Calls a function, which has its own parameters and local variables until it returns.
import type { Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';

import type { Frame, Shell } from '../shell.ts';
import type { FunctionCommand } from '../syntax/ir.ts';
import { runCommand } from './command.ts';

export function* callFunction(
  shell: Shell,
  { name, body }: FunctionCommand,
  words: readonly string[],
): Task<number> {
  // Bash itself crashes at a depth of somewhat more than ten thousand calls.
  withinLimit(shell.sim.limits, 'calls', shell.frames.length + 1);
  const { positional, loops, lineBase } = shell;
  const frame: Frame = { name, callLine: shell.line, hidden: new Map() };
  shell.frames.push(frame);
  shell.positional = words.slice(1);
  shell.loops = 0;
  shell.lineBase = 0;
  try {
    const status = yield* runCommand(shell, body);
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
