// subshell.ts — Shells of their own process: `( … )`, parts of pipelines, `&`, `$(…)`; and how a shell's process ends.
import type { Process, Task } from '@dmsim/sim';
import { Killed, spawn, withinLimit } from '@dmsim/sim';

import type { Shell } from '../shell.ts';
import { closeAll, forkShell, Unwind } from '../shell.ts';
import { runExitTrap } from './trap.ts';

export interface Subshell {
  readonly process: Process;
  /** To be changed before its first step, which is an event of its own: files, mostly. */
  readonly shell: Shell;
}

/** Forks; the child runs `main` on its copy of the shell's state, taken now. */
export function forkSubshell(parent: Shell, main: (shell: Shell) => Task<number>): Subshell {
  const { sim } = parent;
  withinLimit(sim.limits, 'processes', sim.processes.size + 1);
  const run = (): Task<number> => runShell(shell, main);
  const process = spawn(sim, 'bash', run, { parent: parent.process });
  const shell = forkShell(parent, process);
  process.origin = shell;
  process.atExit.push(() => closeAll(shell));
  return { process, shell };
}

/** All of a shell's life in its process: `exit`, fatal errors and signals end up here, and the EXIT trap is run. */
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

/** A signal that is not trapped still lets the EXIT trap run. */
function* dieOfSignal(shell: Shell, killed: Killed): Task<number> {
  const { pending } = shell.process;
  pending.splice(pending.indexOf(killed.signal), 1);
  shell.status = 128 + killed.signal;
  yield* runExitTrap(shell);
  throw killed;
}
