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
  const number = (knownJobs(shell).findLast(({ collected }) => !collected)?.number ?? 0) + 1;
  const job: Job = {
    number,
    processes,
    commands,
    previous: knownJobs(shell).findLast((one) => !isDone(one)),
    reported: false,
    waited: false,
    collected: false,
    untold: false,
    forgotten: false,
    coproc: null,
  };
  shell.jobs.push(job);
  return job;
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

/** Reports a foreground job that a signal killed. Like bash, it is silent about INT and PIPE, and brief about TERM. */
export function reportForeground(
  shell: Shell,
  processes: readonly Process[],
  texts: () => readonly string[],
): Task<void> {
  const signal = (processes.at(-1) as Process).killedBy;
  if (signal === null || signal === SIGNALS.INT || signal === SIGNALS.PIPE) return ready(undefined);
  if (shell.inSubstitution) return ready(undefined);
  if (signal === SIGNALS.TERM) return printError(shell, 'Terminated\n');
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
    if (QUIET.has(signal)) {
      if (shell.flags.monitor)
        yield* printError(shell, jobLine(job, jobText(job), signOf(shell, job)));
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
export function jobLine(job: Job, text: string, sign: string): string {
  const done = isDone(job);
  const state = done ? endText(job.processes.at(-1) as Process) : 'Running';
  return `[${job.number}]${sign}  ${state.padEnd(WIDTH)}${text}${done ? '' : ' &'}\n`;
}

/** `+` for the current job, `-` for the one before it. The job has ended, and is counted with those that run. */
function signOf({ jobs }: Shell, job: Job): string {
  const others = jobs.filter((one) => one === job || !(one.collected && one.reported));
  return others.at(-1) === job ? '+' : others.at(-2) === job ? '-' : ' ';
}

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
