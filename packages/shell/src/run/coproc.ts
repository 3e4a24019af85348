// coproc.ts — `coproc NAME command`: a job with a pipe to its input and one from its output. Mirrors bash's execute_cmd.c: execute_coproc.
import type { Task } from '@dmsim/sim';
import { createPipe } from '@dmsim/vfs';

import { assignArray } from '../expand/assign.ts';
import { setVariable } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import type { CoprocCommand } from '../syntax/ir.ts';
import { addJob } from './jobs.ts';
import type { RunLast } from './pipeline.ts';
import { replaceFile } from './pipeline.ts';
import { forkSubshell } from './subshell.ts';

/** bash moves its ends to the highest free descriptors below this one. */
const HIGHEST = 63;

export function* runCoproc(
  shell: Shell,
  { name, body }: CoprocCommand,
  runBody: RunLast,
): Task<number> {
  const toIt = createPipe();
  const fromIt = createPipe();
  const child = forkSubshell(shell, (own) => runBody(own, body));
  replaceFile(child, 0, toIt.readEnd);
  replaceFile(child, 1, fromIt.writeEnd);
  child.shell.inputGiven = true;
  const output = freeDescriptor(shell);
  shell.fds.set(output, fromIt.readEnd);
  const input = freeDescriptor(shell);
  shell.fds.set(input, toIt.writeEnd);
  addJob(shell, [child.process], [body]);
  shell.lastBackground = child.process.pid;
  yield* assignArray(shell, name, [String(output), String(input)], false);
  yield* setVariable(shell, `${name}_PID`, String(child.process.pid));
  shell.status = 0;
  return 0;
}

function freeDescriptor({ fds }: Shell): number {
  let fd = HIGHEST;
  while (fds.has(fd)) fd--;
  return fd;
}
