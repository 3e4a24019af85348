// trap.ts — Runs traps, between two commands and at the end of the shell.
import type { Signal, Task } from '@dmsim/sim';
import { checkSignals } from '@dmsim/sim';

import type { Shell, TrapName } from '../shell.ts';
import { Unwind } from '../shell.ts';
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

/** A function does not inherit the RETURN trap, unless `set -T` says so: it gets it back when it ends. */
export function hideReturnTrap({ traps, flags }: Shell): string | undefined {
  if (flags.functrace) return undefined;
  const text = traps.get('RETURN');
  if (text !== undefined) traps.delete('RETURN' satisfies TrapName);
  return text;
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
