// trap.ts — Runs traps, between two commands and at the end of the shell.
import type { Signal, Task } from '@dmsim/sim';
import { checkSignals } from '@dmsim/sim';

import type { Shell, TrapName } from '../shell.ts';
import { Unwind } from '../shell.ts';
import type { Command } from '../syntax/ir.ts';
import { collectTrapped } from './jobs.ts';
import { runText } from './script.ts';

/** Handles the signals that came: runs their traps. A signal without a trap ends the shell here. */
export function* handleSignals(shell: Shell): Task<void> {
  if (shell.process.pending.length > 0) {
    collectTrapped(shell);
    checkSignals(shell.process);
  }
  while (shell.trapped.length > 0) {
    const signal = shell.trapped.shift() as Signal;
    const text = shell.traps.get(signal);
    if (text !== undefined) yield* runTrap(shell, text);
  }
}

/** Runs a trap, which does not change `$?`. Its lines count from 1; in ERR, from the line of the failed command. */
function* runTrap(shell: Shell, text: string, firstLine = 1): Task<void> {
  const { status, line, pipeStatus, jump } = shell;
  shell.jump = null;
  shell.trapDepth++;
  try {
    yield* runText(shell, text, { name: shell.file, firstLine });
  } finally {
    shell.trapDepth--;
  }
  shell.jump ??= jump;
  Object.assign(shell, { status, line, pipeStatus });
}

/** False if a trap has to run when the last command of the shell ends. An ignored signal has none. */
export function mayBeReplaced({ traps }: Shell): boolean {
  for (const text of traps.values()) if (text !== '') return false;
  return true;
}

/** Runs the ERR trap after a command failed whose status nothing tests. */
export function* runErrTrap(shell: Shell): Task<void> {
  const text = shell.traps.get('ERR');
  if (text === undefined || text === '' || shell.inTrap) return;
  if (shell.frames.length > 0 && !shell.flags.errtrace) return;
  shell.inTrap = true;
  try {
    yield* runTrap(shell, text, shell.line);
  } finally {
    shell.inTrap = false;
  }
}

type Hidden = readonly (readonly [name: TrapName, text: string])[];

/** A function does not inherit the traps RETURN and DEBUG, unless `set -T` says so: they come back when it ends. */
export function hideTraps({ traps, flags }: Shell): Hidden | undefined {
  if (traps.size === 0 || flags.functrace) return undefined;
  const hidden = (['RETURN', 'DEBUG'] as const).flatMap((name) => {
    const text = traps.get(name);
    return text === undefined ? [] : [[name, text] as const];
  });
  for (const [name] of hidden) traps.delete(name);
  return hidden;
}

/** Puts back those that the function did not set anew. */
export function restoreTraps({ traps }: Shell, hidden: Hidden): void {
  for (const [name, text] of hidden) if (!traps.has(name)) traps.set(name, text);
}

/** Runs the DEBUG trap before `command`, which $BASH_COMMAND shows. */
export function* runDebugTrap(shell: Shell, command: Command): Task<void> {
  const text = shell.traps.get('DEBUG');
  if (text === undefined || text === '' || shell.inTrap || shell.trapDepth > 0) return;
  shell.line = shell.lineBase + command.line;
  shell.command = command;
  shell.inTrap = true;
  try {
    yield* runTrap(shell, text, shell.line);
  } finally {
    shell.inTrap = false;
  }
}

/** Runs the RETURN trap, in which `$?` is `status`. */
export function* runReturnTrap(shell: Shell, status: number): Task<void> {
  const text = shell.traps.get('RETURN');
  if (text === undefined || text === '' || shell.inTrap) return;
  shell.status = status;
  shell.inTrap = true;
  try {
    yield* runTrap(shell, text, shell.line);
  } finally {
    shell.inTrap = false;
  }
}

/** Runs the EXIT trap, whatever ended the shell. Returns the shell's status, unless the trap calls `exit`. */
export function* runExitTrap(shell: Shell): Task<number> {
  const text = shell.traps.get('EXIT');
  const { status } = shell;
  if (text === undefined) return status;
  shell.traps.delete('EXIT' satisfies TrapName);
  shell.jump = null;
  shell.trapDepth++;
  try {
    yield* runText(shell, text, { name: shell.file, firstLine: 1 });
  } catch (error) {
    if (error instanceof Unwind) return error.status;
    throw error;
  }
  return status;
}
