// jobs.ts — jobs [-lnprs] [%job …], jobs -x command: the background jobs that run, and those that have ended since it was last asked.
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import { printOutput } from '../messages.ts';
import {
  forgetInherited,
  isDone,
  isStopped,
  jobLine,
  knownJobs,
  longJobLine,
  tidyInherited,
  tidyJobs,
  wasKilled,
} from '../run/jobs.ts';
import type { Job, Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';
import { findJob } from './wait.ts';

export const jobs: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'lprs', refused: 'nx' });
  if (typeof parsed === 'number') return parsed;
  const keys = parsed.given.map(([key]) => key);
  // The last of -l and -p counts, and the last of -r and -s.
  const listing: Listing = {
    form: keys.findLast((key) => key === 'l' || key === 'p') ?? '',
    only: keys.findLast((key) => key === 'r' || key === 's') ?? '',
  };
  if (parsed.operands.length > 0) return yield* listNamed(shell, parsed.operands, listing);
  const untold = knownJobs(shell).some((job) => job.untold);
  if (untold) refuseKilled(shell);
  tidyJobs(shell);
  tidyInherited(shell);
  const listed = knownJobs(shell).filter((job) => !job.deleted);
  yield* printOutput(shell, 'jobs', listed.map((job) => show(shell, job, listing)).join(''));
  return 0;
};

interface Listing {
  /** `l`, `p` or ''. */
  readonly form: string;
  /** `r`, `s` or ''. */
  readonly only: string;
}

function* listNamed(shell: Shell, words: readonly string[], listing: Listing): Task<number> {
  let status = 0;
  for (const word of words) {
    const job = yield* findJob(shell, 'jobs', word);
    if (job === undefined) {
      status = 1;
      continue;
    }
    yield* printOutput(shell, 'jobs', show(shell, job, { ...listing, only: '' }));
    tidyJobs(shell);
  }
  return status;
}

const kindOf = (shell: Shell, job: Job): string =>
  isStopped(shell, job) ? 's' : isDone(job) ? '' : 'r';

/** The text for a job. An end that is told in words is told once. */
function show(shell: Shell, job: Job, { form, only }: Listing): string {
  if (job.untold || (isDone(job) && wasKilled(job))) refuseKilled(shell);
  if (only !== '' && only !== kindOf(shell, job)) return '';
  if (form === 'p') return `${job.processes[0]?.pid}\n`;
  const text = form === 'l' ? longJobLine(shell, job) : jobLine(shell, job);
  if (isDone(job)) forgetTold(shell, job);
  return text;
}

/** Once told, an end is forgotten, by the shell that told it. */
function forgetTold(shell: Shell, job: Job): void {
  if (shell.jobs.includes(job)) job.collected = true;
  else forgetInherited(shell, job);
}

/** Whether bash has heard of these ends yet, it does not know itself. */
function refuseKilled(shell: Shell): never {
  throw new NotSupported(shell.file, shell.line, 'jobs, of which a signal has just ended one');
}
