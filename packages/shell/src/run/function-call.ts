// function-call.ts — Calls a function, which has its own parameters and local variables until it returns.
import type { Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';

import type { DefinedFunction, Frame, Shell } from '../shell.ts';
import { runCommand, runLastBody } from './command.ts';

interface Call {
  readonly words: readonly string[];
  /** Its last command is the shell's last one. */
  readonly last: boolean;
}

export function* callFunction(
  shell: Shell,
  { name, body, source }: DefinedFunction,
  { words, last }: Call,
): Task<number> {
  // Bash itself crashes at a depth of somewhat more than ten thousand calls.
  withinLimit(shell.sim.limits, 'calls', shell.frames.length + 1);
  const { positional, loops, line, lineBase, file } = shell;
  const frame: Frame = { name, hidden: new Map() };
  shell.frames.push(frame);
  shell.calls.push({ name, line, file });
  shell.positional = words.slice(1);
  shell.file = source;
  shell.loops = 0;
  shell.lineBase = 0;
  try {
    const status = yield* last ? runLastBody(shell, body) : runCommand(shell, body);
    if (shell.jump?.kind !== 'return') return status;
    shell.jump = null;
    return shell.status;
  } finally {
    shell.frames.pop();
    shell.calls.pop();
    shell.positional = positional;
    shell.loops = loops;
    shell.line = line;
    shell.lineBase = lineBase;
    shell.file = file;
    for (const [hidden, variable] of frame.hidden) {
      if (variable === undefined) shell.variables.delete(hidden);
      else shell.variables.set(hidden, variable);
    }
  }
}
