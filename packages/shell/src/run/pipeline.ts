// pipeline.ts — Runs `a | b | c`: each part in its own process, connected by pipes.
import type { Process, Task } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';
import { createPipe } from '@dmsim/vfs';

import type { Shell } from '../shell.ts';
import type { Command, Pipeline } from '../syntax/ir.ts';
import { commandText } from './command-text.ts';
import { inheritJobs, reportBackground, reportForeground, waitForJob } from './jobs.ts';
import type { Subshell } from './subshell.ts';
import { forkSubshell } from './subshell.ts';

/** Runs the only command of a subshell. command.ts passes it in, to avoid an import cycle. */
export type RunLast = (shell: Shell, command: Command) => Task<number>;

/** Starts all parts. The first part keeps the shell's input, and the last one its output. */
export function startPipeline(shell: Shell, pipeline: Pipeline, runLast: RunLast): Process[] {
  return startParts(shell, pipeline, runLast, pipeline.commands).processes;
}

interface Started {
  readonly processes: Process[];
  /** The pipe from the last of them, if another part is to read it. */
  readonly input: OpenFile | undefined;
}

/** `jobs | …` lists the jobs of the shell; `{ jobs; } | …` has none. */
function isJobs(command: Command): boolean {
  if (command.kind !== 'simple') return false;
  const [first, second] = command.words.map((one) =>
    one.kind === 'word' ? one.word.constant : undefined,
  );
  return first === 'jobs' || (first === 'command' && second === 'jobs');
}

/** Starts the parts that are given, the first ones of the pipeline. */
function startParts(
  shell: Shell,
  { commands, withErrors }: Pipeline,
  runLast: RunLast,
  parts: readonly Command[],
): Started {
  let input: OpenFile | undefined;
  const named = commands.findLast(({ kind }) => kind === 'simple' || kind === 'subshell');
  if (named !== undefined && shell.trapDepth === 0) shell.command = named;
  const processes = parts.map((command, i) => {
    const child = forkSubshell(shell, (own) => runLast(own, command));
    if (isJobs(command)) inheritJobs(child.shell, shell);
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
  return { processes, input };
}

/** Replaces a file of the child, which takes over the reference. */
export function replaceFile({ shell, process }: Subshell, fd: number, file: OpenFile): void {
  shell.fds.get(fd)?.release(process);
  shell.fds.set(fd, file);
}

/** With `lastpipe`: the last part runs in the shell itself, so that what it reads stays. */
export function* runLastInShell(
  shell: Shell,
  pipeline: Pipeline,
  runPart: RunLast,
  runHere: RunLast,
): Task<number> {
  const { commands } = pipeline;
  const last = commands.at(-1) as Command;
  const { processes, input } = startParts(shell, pipeline, runPart, commands.slice(0, -1));
  const { inputGiven } = shell;
  const own = shell.fds.get(0);
  shell.fds.set(0, input as OpenFile);
  shell.inputGiven = true;
  let status: number;
  try {
    status = yield* runHere(shell, last);
  } finally {
    shell.fds.get(0)?.release(shell.process);
    if (own === undefined) shell.fds.delete(0);
    else shell.fds.set(0, own);
    shell.inputGiven = inputGiven;
  }
  const statuses = [...(yield* waitForJob(shell, processes)), status];
  yield* reportBackground(shell);
  shell.pipeStatus = statuses;
  return statusOf(shell, statuses);
}

const statusOf = ({ flags }: Shell, statuses: readonly number[]): number =>
  (flags.pipefail ? statuses.findLast((status) => status !== 0) : statuses.at(-1)) ?? 0;

export function* runPipeline(shell: Shell, pipeline: Pipeline, runLast: RunLast): Task<number> {
  const processes = startPipeline(shell, pipeline, runLast);
  const statuses = yield* waitForJob(shell, processes);
  yield* reportForeground(shell, processes, () =>
    pipeline.commands.map((command) => commandText(command)),
  );
  yield* reportBackground(shell);
  shell.pipeStatus = statuses;
  return statusOf(shell, statuses);
}
