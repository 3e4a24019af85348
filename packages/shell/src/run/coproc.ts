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
  const [output, input] = freeDescriptors(shell);
  shell.fds.set(output, fromIt.readEnd);
  shell.fds.set(input, toIt.writeEnd);
  const job = addJob(shell, [child.process], [body]);
  const ends = new Map([
    [output, fromIt.readEnd],
    [input, toIt.writeEnd],
  ]);
  job.coproc = { name, ends };
  shell.lastBackground = child.process.pid;
  yield* assignArray(shell, name, [String(output), String(input)], false);
  yield* setVariable(shell, `${name}_PID`, String(child.process.pid));
  shell.status = 0;
  return 0;
}

/** For its output and its input. Both ends of both pipes get descriptors, of which the shell keeps the first and the last. */
function freeDescriptors({ fds }: Shell): readonly [output: number, input: number] {
  const free: number[] = [];
  for (let fd = HIGHEST; free.length < 4; fd--) if (!fds.has(fd)) free.push(fd);
  return [free[0] as number, free[3] as number];
}
