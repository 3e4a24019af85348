// jobs.ts — jobs [-pr]: the background jobs that run, and those that have ended since it was last asked.
import { NotSupported } from '@dmsim/sim';

import { printOutput } from '../messages.ts';
import { isDone, jobLine, jobText, knownJobs, wasKilled } from '../run/jobs.ts';
import type { Job, Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

export const jobs: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'pr', refused: 'lnsx' });
  if (typeof parsed === 'number') return parsed;
  if (parsed.operands.length > 0)
    throw new NotSupported(shell.file, shell.line, `jobs ${parsed.operands[0]}`);
  const known = knownJobs(shell);
  const listed = known.filter((job) => !job.collected);
  // Whether bash has heard of these ends yet, it does not know itself.
  if (known.some(({ untold }) => untold) || listed.some((job) => isDone(job) && wasKilled(job)))
    throw new NotSupported(shell.file, shell.line, 'jobs, of which a signal has just ended one');
  const keys = parsed.given.map(([key]) => key);
  const lines = listed.map((job) => {
    if (keys.includes('r') && isDone(job)) return '';
    if (keys.includes('p')) return `${job.processes[0]?.pid}\n`;
    return jobLine(job, jobText(job), signOf(listed, job));
  });
  if (keys.length === 0) forgetTold(shell);
  renewPrevious(shell.jobs.filter((job) => !job.collected));
  return yield* printOutput(shell, 'jobs', lines.join(''));
};

/** Once told, an end is forgotten, by the shell that told it. */
function forgetTold(shell: Shell): void {
  for (const job of shell.jobs) if (isDone(job)) job.collected = true;
  shell.inheritedJobs = shell.inheritedJobs.filter((job) => !isDone(job));
}

/** `+` for the current job, `-` for the one before it. */
function signOf(listed: readonly Job[], job: Job): string {
  const current = listed.at(-1);
  return job === current ? '+' : job === current?.previous ? '-' : ' ';
}

/** When the job before the current one is forgotten, the last one that still runs takes its place. */
function renewPrevious(jobs: readonly Job[]): void {
  const current = jobs.at(-1);
  if (current?.previous?.collected !== true) return;
  current.previous = jobs.findLast((job) => job !== current && !isDone(job));
}
