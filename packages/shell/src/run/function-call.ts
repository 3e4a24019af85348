// function-call.ts — Calls a function, which has its own parameters and local variables until it returns.
import type { Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';

import { setOwnVariable } from '../name-references.ts';
import type { DefinedFunction, Frame, Shell } from '../shell.ts';
import { runCommand, runLastBody } from './command.ts';
import { hideTraps, restoreTraps, runDebugTrap, runReturnTrap } from './trap.ts';

interface Call {
  readonly words: readonly string[];
  /** Its last command is the shell's last one. */
  readonly last: boolean;
}

export function* callFunction(
  shell: Shell,
  { name, body, source, attributes }: DefinedFunction,
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
  const traced = shell.flags.functrace || attributes.includes('t');
  const callersTraps = hideTraps(shell, traced);
  try {
    if (traced && shell.traps.has('DEBUG') && shell.command !== null)
      yield* runDebugTrap(shell, shell.command);
    const status = yield* last ? runLastBody(shell, body) : runCommand(shell, body);
    return yield* returned(shell, status);
  } finally {
    if (callersTraps !== undefined) restoreTraps(shell, callersTraps);
    shell.frames.pop();
    shell.calls.pop();
    shell.positional = positional;
    shell.loops = loops;
    shell.line = line;
    shell.lineBase = lineBase;
    shell.file = file;
    for (const [hidden, variable] of frame.hidden) setOwnVariable(shell, hidden, variable);
  }
}

/** Ends a function or a sourced script, after its RETURN trap. Returns its status. */
export function* returned(shell: Shell, status: number): Task<number> {
  const { jump } = shell;
  if (jump?.kind !== 'return') {
    if (jump === null && shell.traps.has('RETURN')) yield* runReturnTrap(shell, status);
    return status;
  }
  shell.jump = null;
  const own = shell.status;
  if (shell.traps.has('RETURN')) yield* runReturnTrap(shell, jump.before);
  shell.status = own;
  return own;
}
