// process-substitution.ts — Expands `<(…)` and `>(…)` to the name of a pipe; a subshell has its other end. Mirrors bash's
// subst.c: process_substitute.

import { NotSupported } from '@dmsim/sim';
import { createPipe } from '@dmsim/vfs';

import type { Shell } from '../shell.ts';
import type { ProcessSegment } from '../syntax/ir.ts';
import { ignoreAlone } from './background.ts';
import { runAll } from './command.ts';
import { inheritJobs } from './jobs.ts';
import { replaceFile } from './pipeline.ts';
import { forkSubshell } from './subshell.ts';

/** bash looks for a free descriptor from here downwards (move_to_high_fd). */
const HIGHEST = 63;
const LOWEST = 4;

/** Starts the subshell and returns `/dev/fd/N`, which leads to the shell's end of the pipe. */
export function substituteProcess(shell: Shell, { operator, body }: ProcessSegment): string {
  const { readEnd, writeEnd } = createPipe();
  const reads = operator === '<';
  const child = forkSubshell(shell, (own) => runAll(own, body));
  replaceFile(child, reads ? 1 : 0, reads ? writeEnd : readEnd);
  ignoreAlone(child.process);
  inheritJobs(child.shell, shell);
  child.shell.traceDepth++;
  child.shell.exitTraceLevels = 0;
  child.shell.inSubstitution = true;
  child.shell.unchecked = 0;
  if (!reads) child.shell.inputGiven = true;
  shell.lastBackground = child.process.pid;
  shell.substituted = child.process;
  const fd = freeDescriptor(shell);
  shell.fds.set(fd, reads ? readEnd : writeEnd);
  shell.substitutedFiles.push(fd);
  return `/dev/fd/${fd}`;
}

function freeDescriptor({ fds, file, line }: Shell): number {
  for (let fd = HIGHEST; fd >= LOWEST; fd--) if (!fds.has(fd)) return fd;
  throw new NotSupported(file, line, `more than ${HIGHEST - LOWEST + 1} process substitutions`);
}

/** Closes the shell's ends of the pipes, down to the first `kept` of them. */
export function closeSubstituted(shell: Shell, kept: number): void {
  while (shell.substitutedFiles.length > kept) {
    const fd = shell.substitutedFiles.pop() as number;
    shell.fds.get(fd)?.release(shell.process);
    shell.fds.delete(fd);
  }
}
