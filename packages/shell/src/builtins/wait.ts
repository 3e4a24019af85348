// wait.ts — wait [-fn] [-p name] [pid | %job …], disown
import type { Process, Signal, Task } from '@dmsim/sim';
import { createWaitQueue, NotSupported, userWait, waitForExit } from '@dmsim/sim';

import { complain } from '../messages.ts';
import { setVariable } from '../parameters.ts';
import {
  collectTrapped,
  deleteJob,
  isDone,
  isStopped,
  jobText,
  knownJobs,
  reportBackground,
  tidyJobs,
  wasKilled,
} from '../run/jobs.ts';
import { handleSignals } from '../run/trap.ts';
import type { Job, Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

export const wait: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'fnp:' });
  if (typeof parsed === 'number') return parsed;
  const { operands: words } = parsed;
  const given = new Map(parsed.given);
  shell.busy = 0;
  const name = given.get('p');
  if (name !== undefined) shell.variables.delete(name);
  if (given.has('n')) return yield* waitForAny(shell, words, name);
  if (words.length === 0) return yield* waitForAll(shell);
  let status = 0;
  for (const word of words) status = yield* waitForWord(shell, word);
  if (name !== undefined && status !== 127) yield* tellPid(shell, name, words.at(-1) ?? '');
  yield* reportBackground(shell);
  return status;
};

/** Sets the variable of -p to the process that was waited for. */
function* tellPid(shell: Shell, name: string, word: string): Task<void> {
  const pid = word.startsWith('%') ? jobsNamed(shell, word)[0]?.processes.at(-1)?.pid : word;
  if (pid !== undefined) yield* setVariable(shell, name, String(pid));
}

/** Waits for a process of a job. A trapped signal ends the wait with status 128 + signal, and the trap runs. */
function* waitForOne(
  shell: Shell,
  job: Job,
  process: Process = job.processes.at(-1) as Process,
): Task<number> {
  refuseStopped(shell, job);
  const status = yield* waitForExit(shell.process, process);
  if (status === 'signal') return yield* interrupted(shell);
  if (isDone(job)) job.collected = true;
  return status;
}

/** With job control, bash does not wait for a job that is stopped. */
function refuseStopped(shell: Shell, job: Job): void {
  if (isStopped(shell, job))
    throw new NotSupported(shell.file, shell.line, 'wait for a stopped job with job control');
}

function* waitForSubstituted(shell: Shell, process: Process): Task<number> {
  const status = yield* waitForExit(shell.process, process);
  return status === 'signal' ? yield* interrupted(shell) : status;
}

function* interrupted(shell: Shell): Task<number> {
  collectTrapped(shell);
  const signal = shell.trapped[0] as Signal;
  yield* handleSignals(shell);
  return 128 + signal;
}

function* waitForAll(shell: Shell): Task<number> {
  const last = shell.jobs.at(-1);
  const hadEnded = last !== undefined && isDone(last);
  for (const job of shell.jobs) {
    const interrupt = yield* waitForEnd(shell, job, { isLast: job === last, hadEnded });
    if (interrupt !== null) return interrupt;
  }
  const { substituted } = shell;
  if (substituted !== undefined && substituted.pid === shell.lastBackground) {
    const status = yield* waitForExit(shell.process, substituted);
    if (status === 'signal') return yield* interrupted(shell);
  }
  shell.disowned.clear();
  yield* reportBackground(shell);
  tidyJobs(shell);
  return 0;
}

const endedBefore = ({ sim, since }: Process): boolean => since < sim.now;

interface Place {
  readonly isLast: boolean;
  /** The last job had ended when `wait` began. */
  readonly hadEnded: boolean;
}

/** Waits for one of all jobs, and forgets it, unless it is the last one and had ended before. Returns the status if a signal came first. */
function* waitForEnd(shell: Shell, job: Job, { isLast, hadEnded }: Place): Task<number | null> {
  refuseStopped(shell, job);
  const heard = job.reported;
  // What ends at this very instant is waited for, as processes end one by one on Linux.
  const stays = isLast && (hadEnded || (isDone(job) && job.processes.every(endedBefore)));
  job.forgotten ||= job.collected || !stays;
  for (const process of job.processes) {
    const status = yield* waitForExit(shell.process, process);
    if (status === 'signal') return yield* interrupted(shell);
  }
  job.untold = isLast && !heard && wasKilled(job);
  job.collected ||= !stays;
  return null;
}

/** Finds a job by `%1`, `%%`, `%+`, `%-`, `%name` or `%?part`; `jobs` lets the `%` be left out. Several may have the name. */
function jobsNamed(shell: Shell, word: string): readonly Job[] {
  const name = word.replace(/^%/, '');
  const known = knownJobs(shell).filter((job) => !job.deleted);
  if (name === '%' || name === '+' || name === '')
    return known.filter((job) => job === shell.currentJob);
  if (name === '-') return known.filter((job) => job === shell.previousJob);
  if (/^\d+$/.test(name)) return known.filter(({ number }) => number === Number(name));
  const anywhere = name.startsWith('?');
  const text = name.slice(anywhere ? 1 : 0);
  return known.filter((job) =>
    anywhere ? jobText(job).includes(text) : jobText(job).startsWith(text),
  );
}

/** Finds the job that `word` names, or complains as `name` does. */
export function* findJob(shell: Shell, name: string, word: string): Task<Job | undefined> {
  const named = jobsNamed(shell, word);
  const text = word.replace(/^%\??/, '');
  if (named.length > 1) yield* complain(shell, `${name}: ${text}: ambiguous job spec`);
  // `jobs` complains of an ambiguous name a second time.
  if (named.length === 0 || (named.length > 1 && name === 'jobs'))
    yield* complain(shell, `${name}: ${word}: no such job`);
  return named.length === 1 ? named[0] : undefined;
}

function* waitForWord(shell: Shell, word: string): Task<number> {
  if (word.startsWith('%')) {
    const job = yield* findJob(shell, 'wait', word);
    return job === undefined ? 127 : yield* waitForOne(shell, job);
  }
  if (!/^\d+$/.test(word)) {
    yield* complain(shell, `wait: \`${word}': not a pid or valid job spec`);
    return 1;
  }
  const isIt = ({ pid }: Process): boolean => pid === Number(word);
  if (shell.substituted !== undefined && isIt(shell.substituted))
    return yield* waitForSubstituted(shell, shell.substituted);
  const job = shell.jobs.find((one) => !one.forgotten && one.processes.some(isIt));
  if (job !== undefined) return yield* waitForOne(shell, job, job.processes.find(isIt));
  const known = shell.disowned.get(Number(word));
  if (known !== undefined) return known;
  yield* complain(shell, `wait: pid ${word} is not a child of this shell`);
  return 127;
}

/** `wait -n`: waits until one of the given jobs ends, or any job if none is given. The variable `name` gets its pid. */
function* waitForAny(
  shell: Shell,
  words: readonly string[],
  name: string | undefined,
): Task<number> {
  for (const word of words) {
    if (!shell.jobs.some((job) => isNamed(shell, job, word)))
      yield* complain(shell, `wait: ${word}: no such job`);
  }
  const wanted = shell.jobs.filter(
    (job) => words.length === 0 || words.some((word) => isNamed(shell, job, word)),
  );
  const candidates = wanted.filter((job) => !job.waited && !job.collected);
  if (candidates.length === 0) return 127;
  for (;;) {
    const done = candidates.find(isDone);
    if (done !== undefined) {
      done.waited = true;
      done.collected = true;
      yield* reportBackground(shell);
      const last = done.processes.at(-1) as Process;
      if (name !== undefined) yield* setVariable(shell, name, String(last.pid));
      return last.status;
    }
    const wake = yield* waitForEvent(shell, candidates);
    if (wake === 'signal') return yield* interrupted(shell);
  }
}

const isMeant = (shell: Shell, job: Job, word: string): boolean =>
  (word.startsWith('%') && theJob(shell, word) === job) ||
  job.processes.some(({ pid }) => String(pid) === word);

function theJob(shell: Shell, word: string): Job | undefined {
  const named = jobsNamed(shell, word);
  if (named.length > 1) {
    throw new NotSupported(shell.file, shell.line, `${word}, which is ambiguous`);
  }
  return named[0];
}

const isNamed = (shell: Shell, job: Job, word: string): boolean =>
  !job.collected && isMeant(shell, job, word);

/** Waits on one queue for several processes; the first one that ends wakes it. */
function* waitForEvent(shell: Shell, jobs: readonly Job[]): Task<'woken' | 'timeout' | 'signal'> {
  const queue = createWaitQueue('a child');
  const { process } = shell;
  const pending = jobs.flatMap((job) => job.processes).filter((p) => p.state !== 'zombie');
  for (const child of pending) child.exited.waiters.push(process);
  try {
    return yield* userWait(process, { on: 'a child', queue, timeout: Infinity });
  } finally {
    for (const child of pending) {
      const i = child.exited.waiters.indexOf(process);
      if (i >= 0) child.exited.waiters.splice(i, 1);
    }
  }
}

/** Removes jobs, so that the shell no longer reports their end. With -h they stay, and only get no SIGHUP, which this shell never sends. */
export const disown: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'ah', refused: 'r' });
  if (typeof parsed === 'number') return parsed;
  const keys = new Set(parsed.given.map(([key]) => key));
  const stay = keys.has('h');
  const { operands } = parsed;
  if (keys.has('a') && operands.length === 0) {
    if (!stay) shell.jobs = [];
    return 0;
  }
  let status = 0;
  for (const word of operands.length > 0 ? operands : [undefined]) {
    const job = shell.jobs.findLast((one) =>
      word === undefined ? one === shell.currentJob : isMeant(shell, one, word),
    );
    if (job === undefined) {
      yield* complain(shell, `disown: ${word ?? 'current'}: no such job`);
      status = 1;
    } else if (!stay) forget(shell, job);
  }
  return status;
};

/** Removes a job. Only the status that it has now is kept (delete_job). */
function forget(shell: Shell, job: Job): void {
  const { pid, state, status } = job.processes.at(-1) as Process;
  shell.disowned.set(pid, state === 'zombie' ? status : 0);
  shell.jobs = shell.jobs.filter((other) => other !== job);
  deleteJob(shell, job);
}
