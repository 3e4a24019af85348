// subshell.ts — Forks subshells for `( … )`, parts of pipelines, `&` and `$(…)`, and ends a shell's process.
import type { Process, Task } from '@dmsim/sim';
import { Killed, spawn, withinLimit } from '@dmsim/sim';

import type { Shell } from '../shell.ts';
import { closeAll, forkShell, Unwind } from '../shell.ts';
import { runExitTrap } from './trap.ts';

export interface Subshell {
  readonly process: Process;
  /** The caller may still change its state, mostly files, because the child takes its first step in a later event. */
  readonly shell: Shell;
}

/** Forks a child that runs `main` with a copy of the shell's current state. */
export function forkSubshell(parent: Shell, main: (shell: Shell) => Task<number>): Subshell {
  const { sim } = parent;
  withinLimit(sim.limits, 'processes', sim.processes.size + 1);
  const run = (): Task<number> => runShell(shell, main);
  const process = spawn(sim, 'bash', run, { parent: parent.process, isShell: true });
  const shell = forkShell(parent, process);
  process.origin = shell;
  process.atExit.push(() => closeAll(shell));
  return { process, shell };
}

/** Runs a shell to its end. `exit`, fatal errors and signals are caught here, and the EXIT trap runs. */
export function* runShell(shell: Shell, main: (shell: Shell) => Task<number>): Task<number> {
  let status: number;
  try {
    status = yield* main(shell);
  } catch (error) {
    if (error instanceof Unwind) ({ status } = error);
    else if (error instanceof Killed) return yield* dieOfSignal(shell, error);
    else throw error;
  }
  shell.status = status;
  return yield* runExitTrap(shell);
}

/** Ends a shell that an untrapped signal kills. The EXIT trap still runs. */
function* dieOfSignal(shell: Shell, killed: Killed): Task<number> {
  const { pending } = shell.process;
  if (pending.includes(killed.signal)) pending.splice(pending.indexOf(killed.signal), 1);
  shell.status = 128 + killed.signal;
  yield* runExitTrap(shell);
  throw killed;
}
