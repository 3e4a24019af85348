// background.ts — Starts a command in the background: `&`.
import type { Process } from '@dmsim/sim';
import { setDisposition, SIGNALS } from '@dmsim/sim';
import { createOpenFile, ready } from '@dmsim/vfs';
import type { OpenFile } from '@dmsim/vfs';

import type { Shell } from '../shell.ts';
import type { Command } from '../syntax/ir.ts';
import { addJob } from './jobs.ts';
import type { RunLast } from './pipeline.ts';
import { replaceFile, startPipeline } from './pipeline.ts';
import { forkSubshell } from './subshell.ts';

interface Runners {
  /** Runs a part of a pipeline. */
  readonly runPart: RunLast;
  readonly runBackground: RunLast;
}

/**
 * Without job control, a background command ignores INT and QUIT, and its own standard input is empty. So does a program that is all of the
 * command; those that a shell in the background starts do not (restore_original_signals).
 */
export function startBackground(
  shell: Shell,
  command: Command,
  { runPart, runBackground }: Runners,
): void {
  const plain = command.kind === 'pipeline' && command.commands.length > 1 && !command.negated;
  const processes = plain
    ? startPipeline(shell, command, runPart)
    : [startOne(shell, command, runBackground)];
  // With job control, a job is a process group of its own, and keeps its signals.
  if (shell.flags.monitor)
    for (const process of processes) process.pgid = (processes[0] as Process).pid;
  else for (const process of processes) ignoreAlone(process);
  addJob(shell, processes, plain ? command.commands : [command]);
  shell.lastBackground = (processes.at(-1) as Process).pid;
}

/** Ignores INT and QUIT, and lets no child inherit it unless it has been so before. */
export function ignoreAlone(process: Process): void {
  for (const signal of [SIGNALS.INT, SIGNALS.QUIT])
    if (process.dispositions.get(signal) !== 'ignore')
      setDisposition(process, signal, 'ignoreAlone');
}

function startOne(shell: Shell, command: Command, runLast: RunLast): Process {
  const child = forkSubshell(shell, (own) => runLast(own, command));
  if (!shell.inputGiven && !shell.flags.monitor) replaceFile(child, 0, emptyInput());
  return child.process;
}

function emptyInput(): OpenFile {
  return createOpenFile(
    '/dev/null',
    { read: true, write: false },
    { isApart: true, read: () => ready(new Uint8Array(0)) },
  );
}
