// jobs.ts — Waits for the children of a shell, and reports which signals killed them.
import type { Process, Task } from '@dmsim/sim';
import { Killed, SIGNALS, takeTrapped, waitForExit } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import { complain, printError } from '../messages.ts';
import type { Coproc, Job, Shell } from '../shell.ts';
import type { Command } from '../syntax/ir.ts';
import { commandText } from './command-text.ts';
import { signalText } from './signal-text.ts';

export function addJob(
  shell: Shell,
  processes: readonly Process[],
  commands: readonly Command[],
): Job {
  tidyJobs(shell);
  const number = (knownJobs(shell).findLast(({ deleted }) => !deleted)?.number ?? 0) + 1;
  const job: Job = {
    number,
    processes,
    commands,
    reported: false,
    waited: false,
    collected: false,
    deleted: false,
    untold: false,
    forgotten: false,
    coproc: null,
  };
  shell.jobs.push(job);
  renewCurrent(shell);
  return job;
}

/** cleanup_dead_jobs: forgets the numbers of jobs whose end has been told or waited for. Called before a line is run, and by what asks for jobs. */
export function tidyJobs(shell: Shell): void {
  for (const job of shell.jobs) if (job.collected && isDone(job)) deleteJob(shell, job);
  const stopped = shell.jobs.findLast((job) => isStopped(shell, job));
  if (
    stopped !== undefined &&
    shell.currentJob !== undefined &&
    !isStopped(shell, shell.currentJob)
  )
    renewCurrent(shell);
}

export function deleteJob(shell: Shell, job: Job): void {
  if (job.deleted) return;
  job.deleted = true;
  if (job === shell.currentJob || job === shell.previousJob) renewCurrent(shell);
}

/** The same for a job of the shell that this one was forked from, which goes on knowing it. */
export function forgetInherited(shell: Shell, job: Job): void {
  shell.inheritedJobs = shell.inheritedJobs.filter((other) => other !== job);
  if (job === shell.currentJob || job === shell.previousJob) renewCurrent(shell);
}

/** Leaves out jobs whose end the other shell has told of, but not yet tidied up. */
export function tidyInherited(shell: Shell): void {
  for (const job of shell.inheritedJobs)
    if (job.collected && isDone(job)) forgetInherited(shell, job);
}

/** reset_current, set_current_job: a stopped job comes before one that runs, and one that has ended is never chosen. */
function renewCurrent(shell: Shell): void {
  const { currentJob: old, previousJob } = shell;
  const there = knownJobs(shell).filter((job) => !job.deleted);
  const stopped = there.filter((job) => isStopped(shell, job));
  const running = there.filter((job) => !isDone(job) && !isStopped(shell, job));
  const candidate =
    [old, previousJob].find((job) => job !== undefined && stopped.includes(job)) ??
    stopped.at(-1) ??
    running.at(-1);
  shell.currentJob = candidate;
  if (candidate === undefined) {
    shell.previousJob = undefined;
    return;
  }
  const before = candidate === old ? previousJob : old;
  if (before !== undefined && before !== candidate && stopped.includes(before)) {
    shell.previousJob = before;
    return;
  }
  const older = (jobs: readonly Job[]): Job | undefined =>
    jobs.findLast(({ number }) => number < candidate.number);
  const isRunning = running.includes(candidate);
  shell.previousJob =
    (isRunning ? older(running) : (older(stopped) ?? running.at(-1))) ?? candidate;
}

/** With job control, a shell hears that a job stops. */
export const isStopped = ({ flags }: Shell, { processes }: Job): boolean =>
  flags.monitor &&
  processes.some((p) => p.stopped && p.state !== 'zombie') &&
  processes.every((p) => p.stopped || p.state === 'zombie');

/** `$(…)` and `jobs | …` list the jobs of the shell that they were forked from. */
export function inheritJobs(child: Shell, shell: Shell): void {
  child.inheritedJobs = knownJobs(shell);
  child.currentJob = shell.currentJob;
  child.previousJob = shell.previousJob;
}

/** The jobs that `jobs` lists, those of the shell that this one was forked from first. */
export const knownJobs = ({ inheritedJobs, jobs }: Shell): readonly Job[] =>
  inheritedJobs.length === 0 ? jobs : [...inheritedJobs, ...jobs];

export const isDone = (job: Job): boolean => job.processes.every((p) => p.state === 'zombie');

export const wasKilled = ({ processes }: Job): boolean =>
  processes.some(({ killedBy }) => killedBy !== null);

/** Collects trapped signals that came while the shell was busy or waited. Their traps run between two commands. */
export function collectTrapped(shell: Shell): void {
  for (let s = takeTrapped(shell.process); s !== undefined; s = takeTrapped(shell.process)) {
    shell.trapped.push(s);
  }
}

/**
 * Waits for a foreground child. Trapped signals do not end the wait; their traps run later. INT ends the shell after the wait, if it has
 * ended the child, too (wait_sigint_handler).
 */
export function* waitForChild(shell: Shell, child: Process): Task<number> {
  const { process } = shell;
  shell.busy = 0;
  if (shell.jobs.length > 0) tidyJobs(shell);
  const before = process.dispositions;
  const catches = shell.outlivesInterrupts && !before.has(SIGNALS.INT);
  if (catches) process.dispositions = catchingInterrupts(before);
  try {
    let interrupted = false;
    for (;;) {
      if (catches && takeInterrupt(process)) interrupted = true;
      collectTrapped(shell);
      const status = yield* waitForExit(process, child);
      if (status === 'signal') continue;
      if (interrupted && child.killedBy === SIGNALS.INT) throw new Killed(SIGNALS.INT);
      return status;
    }
  } finally {
    process.dispositions = before;
  }
}

type Dispositions = Process['dispositions'];
const CATCHING = new WeakMap<Dispositions, Dispositions>();

/** The same dispositions, with INT caught. Most processes share theirs. */
function catchingInterrupts(before: Dispositions): Dispositions {
  let after = CATCHING.get(before);
  if (after === undefined) {
    after = new Map(before).set(SIGNALS.INT, 'trap');
    CATCHING.set(before, after);
  }
  return after;
}

function takeInterrupt({ pending }: Process): boolean {
  const i = pending.indexOf(SIGNALS.INT);
  if (i >= 0) pending.splice(i, 1);
  return i >= 0;
}

/** Waits for a foreground job, and returns the statuses of its processes. */
export function* waitForJob(shell: Shell, processes: readonly Process[]): Task<number[]> {
  const statuses: number[] = [];
  for (const process of processes) statuses.push(yield* waitForChild(shell, process));
  return statuses;
}

/** Reports a foreground job that a signal killed. Like bash, it is silent about INT and PIPE, and brief about TERM and what it traps itself. */
export function reportForeground(
  shell: Shell,
  processes: readonly Process[],
  texts: () => readonly string[],
): Task<void> {
  const signal = (processes.at(-1) as Process).killedBy;
  if (signal === null || signal === SIGNALS.INT || signal === SIGNALS.PIPE) return ready(undefined);
  if (shell.inSubstitution) return ready(undefined);
  if (signal === SIGNALS.TERM || shell.traps.has(signal))
    return printError(shell, `${signalText(signal)}\n`);
  return describe(shell, processes, texts());
}

/** Reports background jobs that were killed in the meantime. Called whenever the shell has waited. */
export const reportBackground = (shell: Shell): Task<void> =>
  shell.jobs.length === 0 ? ready(undefined) : reportJobs(shell);

function* reportJobs(shell: Shell): Task<void> {
  for (const job of shell.jobs) {
    if (job.reported || !isDone(job)) continue;
    job.reported = true;
    if (job.coproc !== null) disposeOf(shell, job.coproc);
    // `bash -c` forgets them once it has looked, but for their status.
    if (shell.fromCommandLine) Object.assign(job, { collected: true, waited: true });
    // bash keeps the others until `jobs` has told of them.
    if ((job.processes.at(-1) as Process).killedBy !== null) job.collected = true;
    const signal = (job.processes.at(-1) as Process).killedBy;
    if (signal === null || shell.inSubstitution) continue;
    if (QUIET.has(signal) || shell.traps.has(signal)) {
      if (shell.flags.monitor) yield* printError(shell, jobLine(shell, job));
      continue;
    }
    yield* describe(
      shell,
      job.processes,
      job.commands.map((command) => commandText(command)),
    );
  }
}

/** coproc_dispose: what the coprocess printed last is lost. */
function disposeOf({ fds, variables, process }: Shell, { name, ends }: Coproc): void {
  for (const [fd, end] of ends) {
    if (fds.get(fd) !== end) continue;
    end.release(process);
    fds.delete(fd);
  }
  variables.delete(name);
  variables.delete(`${name}_PID`);
}

export const jobText = ({ commands }: Job): string =>
  commands.map((command) => commandText(command)).join(' | ');

/** The line of `jobs` for a job. */
export function jobLine(shell: Shell, job: Job): string {
  const state = stateText(shell, job);
  const end = state === 'Running' ? ' &' : '';
  return `[${job.number}]${signOf(shell, job)}  ${state.padEnd(WIDTH)}${jobText(job)}${end}\n`;
}

/** The lines of `jobs -l`: one for each process. */
export function longJobLine(shell: Shell, job: Job): string {
  const state = stateText(shell, job);
  const end = state === 'Running' ? ' &' : '';
  const lines = job.processes.map(({ pid }, i) => {
    const command = job.commands[i];
    const text = command === undefined ? '' : commandText(command);
    const [head, shown, bar] =
      i === 0 ? [`[${job.number}]${signOf(shell, job)} `, state, ''] : ['     ', '', '| '];
    return `${head}${String(pid).padStart(5)} ${shown.padEnd(WIDTH)}${bar}${text}`;
  });
  return `${lines.join('\n')}${end}\n`;
}

function stateText(shell: Shell, job: Job): string {
  if (isStopped(shell, job)) return 'Stopped';
  return isDone(job) ? endText(job.processes.at(-1) as Process) : 'Running';
}

/** `+` for the current job, `-` for the one before it. */
const signOf = ({ currentJob, previousJob }: Shell, job: Job): string =>
  job === currentJob ? '+' : job === previousJob ? '-' : ' ';

const QUIET: ReadonlySet<number> = new Set([SIGNALS.INT, SIGNALS.PIPE, SIGNALS.TERM]);

const WIDTH = 24;

function* describe(
  shell: Shell,
  processes: readonly Process[],
  texts: readonly string[],
): Task<void> {
  const lines = processes.map((process, i) => {
    const pid = String(process.pid).padStart(5);
    const text = (i > 0 ? '| ' : '') + (texts[i] ?? '');
    return `${pid} ${endText(process).padEnd(WIDTH)}${text}`;
  });
  yield* complain(shell, lines.join('\n     '));
}

export function endText(process: Process): string {
  if (process.killedBy !== null) return signalText(process.killedBy);
  return process.status === 0 ? 'Done' : `Exit ${process.status}`;
}
