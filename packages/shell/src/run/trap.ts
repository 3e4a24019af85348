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
    if (text !== undefined) yield* runTrap(shell, text, 'trap');
  }
}

/** Runs a trap, which does not change `$?`. Its lines count from 1; in ERR, from the line of the failed command. */
function* runTrap(shell: Shell, text: string, source: string, firstLine = 1): Task<void> {
  const { status, line, pipeStatus, jump } = shell;
  shell.jump = null;
  shell.trapDepth++;
  shell.traceDepth++;
  try {
    yield* runText(shell, text, { name: shell.file, firstLine, source });
  } finally {
    shell.trapDepth--;
    shell.traceDepth--;
  }
  shell.jump ??= jump;
  Object.assign(shell, { status, line, pipeStatus });
}

/** The names of the texts of traps in messages about their syntax. */
const SOURCES = { DEBUG: 'debug trap', ERR: 'error trap', RETURN: 'return trap' } as const;

/** Runs a trap of the shell's own, which counts from the current line, and does not run within itself. */
function* runAlone(shell: Shell, name: keyof typeof SOURCES, text: string): Task<void> {
  const { runningTraps } = shell;
  shell.runningTraps = [...runningTraps, name];
  try {
    yield* runTrap(shell, text, SOURCES[name], shell.line);
  } finally {
    shell.runningTraps = runningTraps;
  }
}

/** False if a trap has to run when the last command of the shell ends. An ignored signal has none. */
export function mayBeReplaced({ traps }: Shell): boolean {
  for (const text of traps.values()) if (text !== '') return false;
  return true;
}

/** Runs the ERR trap after a command failed whose status nothing tests. */
export function* runErrTrap(shell: Shell): Task<void> {
  const text = shell.traps.get('ERR');
  if (text === undefined || text === '' || shell.runningTraps.includes('ERR')) return;
  yield* runAlone(shell, 'ERR', text);
}

type Hidden = readonly (readonly [name: TrapName, text: string])[];

/** A function does not inherit these traps, unless `set -T`, `set -E` or `declare -ft` says so: they come back when it ends. */
export function hideTraps({ traps, flags }: Shell, traced: boolean): Hidden | undefined {
  if (traps.size === 0) return undefined;
  const hidden: [TrapName, string][] = [];
  for (const name of ['RETURN', 'DEBUG', 'ERR'] as const) {
    const text = traps.get(name);
    if (text === undefined || (name === 'ERR' ? flags.errtrace : traced)) continue;
    hidden.push([name, text]);
    traps.delete(name);
  }
  return hidden;
}

/** Puts back those that the function did not set anew. */
export function restoreTraps({ traps }: Shell, hidden: Hidden): void {
  for (const [name, text] of hidden) if (!traps.has(name)) traps.set(name, text);
}

/** Runs the DEBUG trap before `command`, which $BASH_COMMAND shows. */
export function* runDebugTrap(shell: Shell, command: Command): Task<void> {
  const text = shell.traps.get('DEBUG');
  if (text === undefined || text === '' || shell.runningTraps.includes('DEBUG')) return;
  shell.line = shell.lineBase + command.line;
  if (shell.trapDepth === 0) shell.command = command;
  yield* runAlone(shell, 'DEBUG', text);
}

/** Runs the RETURN trap, in which `$?` is `status`. */
export function* runReturnTrap(shell: Shell, status: number): Task<void> {
  const text = shell.traps.get('RETURN');
  if (text === undefined || text === '') return;
  if (shell.runningTraps.includes('RETURN') || shell.runningTraps.includes('DEBUG')) return;
  shell.status = status;
  yield* runAlone(shell, 'RETURN', text);
}

/** Runs the EXIT trap, whatever ended the shell. Returns the shell's status, unless the trap calls `exit`. */
export function* runExitTrap(shell: Shell): Task<number> {
  const text = shell.traps.get('EXIT');
  const { status } = shell;
  if (text === undefined) return status;
  shell.traps.delete('EXIT' satisfies TrapName);
  shell.jump = null;
  shell.trapDepth++;
  shell.traceDepth += shell.exitTraceLevels;
  try {
    yield* runText(shell, text, { name: shell.file, firstLine: 1, source: 'exit trap' });
  } catch (error) {
    if (error instanceof Unwind) return error.status;
    throw error;
  }
  return status;
}
