// jobs.ts — jobs [-pr]: the background jobs that run.
import { NotSupported } from '@dmsim/sim';

import { printOutput } from '../messages.ts';
import { commandText } from '../run/command-text.ts';
import { isDone } from '../run/jobs.ts';
import type { Job } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

const WIDTH = 24;

export const jobs: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'pr', refused: 'lnsx' });
  if (typeof parsed === 'number') return parsed;
  if (parsed.operands.length > 0)
    throw new NotSupported(shell.file, shell.line, `jobs ${parsed.operands[0]}`);
  // A subshell has none of its own, and lists those of the shell that it comes from.
  const known = shell.jobs.length > 0 ? shell.jobs : shell.inheritedJobs;
  const listed = known.filter((job) => !job.collected);
  // bash tells of ends that it has not told of yet; which those are, no recording shows in full.
  if (listed.some(isDone) || known.some(wasKilled))
    throw new NotSupported(shell.file, shell.line, 'jobs, of which one has ended');
  const onlyPids = parsed.given.some(([key]) => key === 'p');
  const lines = listed.map((job, i) =>
    onlyPids ? `${job.processes[0]?.pid}\n` : describe(job, signOf(i, listed.length)),
  );
  return yield* printOutput(shell, 'jobs', lines.join(''));
};

const wasKilled = ({ processes }: Job): boolean =>
  processes.some(({ killedBy }) => killedBy !== null);

/** The current job and the one before it. */
const signOf = (i: number, count: number): string =>
  i === count - 1 ? '+' : i === count - 2 ? '-' : ' ';

function describe({ number, commands }: Job, sign: string): string {
  const text = commands.map(commandText).join(' | ');
  return `[${number}]${sign}  ${'Running'.padEnd(WIDTH)}${text} &\n`;
}
