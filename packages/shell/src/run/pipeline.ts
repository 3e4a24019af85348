// pipeline.ts — Runs `a | b | c`: each part in its own process, connected by pipes.
import type { Process, Task } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';
import { createPipe } from '@dmsim/vfs';

import type { Shell } from '../shell.ts';
import type { Command, Pipeline } from '../syntax/ir.ts';
import { commandText } from './command-text.ts';
import { reportBackground, reportForeground, waitForJob } from './jobs.ts';
import type { Subshell } from './subshell.ts';
import { forkSubshell } from './subshell.ts';

/** Runs the only command of a subshell. command.ts passes it in, to avoid an import cycle. */
export type RunLast = (shell: Shell, command: Command) => Task<number>;

/** Starts all parts. The first part keeps the shell's input, and the last one its output. */
export function startPipeline(shell: Shell, pipeline: Pipeline, runLast: RunLast): Process[] {
  let input: OpenFile | undefined;
  const { commands, withErrors } = pipeline;
  const named = commands.findLast(({ kind }) => kind === 'simple' || kind === 'subshell');
  if (named !== undefined && shell.trapDepth === 0) shell.command = named;
  return commands.map((command, i) => {
    const child = forkSubshell(shell, (own) => runLast(own, command));
    if (input !== undefined) {
      replaceFile(child, 0, input);
      child.shell.inputGiven = true;
    }
    input = undefined;
    if (i < commands.length - 1) {
      const { readEnd, writeEnd } = createPipe();
      replaceFile(child, 1, writeEnd);
      if (withErrors[i] === true) {
        writeEnd.retain();
        replaceFile(child, 2, writeEnd);
      }
      input = readEnd;
    }
    return child.process;
  });
}

/** Replaces a file of the child, which takes over the reference. */
export function replaceFile({ shell, process }: Subshell, fd: number, file: OpenFile): void {
  shell.fds.get(fd)?.release(process);
  shell.fds.set(fd, file);
}

export function* runPipeline(shell: Shell, pipeline: Pipeline, runLast: RunLast): Task<number> {
  const processes = startPipeline(shell, pipeline, runLast);
  const statuses = yield* waitForJob(shell, processes);
  yield* reportForeground(shell, processes, () => pipeline.commands.map(commandText));
  yield* reportBackground(shell);
  shell.pipeStatus = statuses;
  const last = statuses.at(-1) as number;
  return shell.flags.pipefail ? (statuses.findLast((status) => status !== 0) ?? 0) : last;
}
