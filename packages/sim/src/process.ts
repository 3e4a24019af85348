// process.ts — Processes: generators on virtual time, with a pid, children and signals.
import { assert } from './assert.ts';
import type { Disposition } from './disposition.ts';
import { DEFAULT_DISPOSITIONS, inherited } from './disposition.ts';
import { programStep, shellStep, touchPrograms, touchProcess, waiting } from './footprint.ts';
import type { Signal } from './signal.ts';
import { IGNORED_BY_DEFAULT, Killed, SIGNALS } from './signal.ts';
import type { EventOptions, SimEvent } from './sim-event.ts';
import { createEvent } from './sim-event.ts';
import type { Sim } from './sim.ts';
import { cancel, schedule } from './sim.ts';
import { fifo } from './strategies/fifo.ts';
import type { Nanos } from './time.ts';
import { traceExit, traceFork } from './trace-points.ts';
import type { Task, Wait, WaitQueue, Wake } from './wait-queue.ts';
import { createWaitQueue, wakeUp } from './wait-queue.ts';

/** The place in a script that started a process. A shell's own moves on with it; a program keeps the line that started it. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

/** The threads of one process: they share its signals and its end. Mirrors struct signal_struct. */
export interface ThreadGroup {
  readonly leader: Process;
  readonly members: Process[];
  /** The thread that does not block the signals which the process handles; the leader until it is said. */
  handler: Process;
  /** Called once, in order, when the last thread has ended. */
  readonly atExit: (() => void)[];
}

export interface Process {
  readonly sim: Sim;
  readonly pid: number;
  readonly ppid: number;
  /** The process group, which gets the signals of `timeout` and of a terminal. */
  pgid: number;
  /** Its next step does nothing but wait: it is about to become a program. */
  quiet: boolean;
  /** It runs a shell, whose steps touch devices only through files. Not so once it becomes a program. */
  isShell: boolean;
  /** It waits for a child, and its next step goes on from there: from any other wait it returns into a system call. */
  awaitsChild: boolean;
  umask: number;
  /** Its name in `ps` and in kernel messages (comm). */
  name: string;
  origin: Origin | null;
  /** The command line of its program, as /proc/PID/cmdline shows it. */
  args: readonly string[];
  /** Null for a process of one thread. */
  threads: ThreadGroup | null;
  readonly main: (self: Process) => Task<number>;
  /** The generator that `main` returned at the first step; null before. */
  task: Task<number> | null;
  state: 'runnable' | 'waiting' | 'zombie';
  /** True between SIGSTOP and SIGCONT. A wait that ends meanwhile takes effect at SIGCONT. */
  stopped: boolean;
  wait: Wait | null;
  /** When it began to wait, or ended. */
  since: Nanos;
  /** The exit status in `$?`: 0 … 255. */
  status: number;
  /** The signal that ended it, if one did. */
  killedBy: Signal | null;
  readonly exited: WaitQueue;
  readonly pending: Signal[];
  /** Shared with the parent until one of them changes it (`setDisposition`). */
  dispositions: ReadonlyMap<Signal, Disposition>;
  readonly step: SimEvent;
  /** The event for time-outs of waits and polls, made for the first wait that has one. */
  alarm: SimEvent | null;
  poll: SimEvent | null;
  wake: Wake;
  /** Ends its wait (`Waiter`). */
  readonly resume: (process: Process, wake: Wake) => void;
  /** Called once, at exit, in order: closing files, mostly. */
  readonly atExit: (() => void)[];
}

export interface SpawnOptions {
  readonly parent?: Process;
  /** Starts a group of its own (setpgid(0, 0)). */
  readonly newGroup?: boolean;
  /** Starts a thread of this process (CLONE_THREAD). */
  readonly threadOf?: Process;
  /** Its first step does nothing but wait. @defaultValue false */
  readonly quiet?: boolean;
  /** It runs a shell. @defaultValue false */
  readonly isShell?: boolean;
}

/** Starts a process, whose first step is an event at this instant. */
export function spawn(
  sim: Sim,
  name: string,
  main: (self: Process) => Task<number>,
  { parent, newGroup = false, quiet = false, isShell = false, threadOf }: SpawnOptions = {},
): Process {
  const pid = sim.nextPid++;
  const process: Process = {
    sim,
    pid,
    ppid: parent?.pid ?? 1,
    pgid: newGroup || parent === undefined ? pid : parent.pgid,
    quiet,
    isShell,
    awaitsChild: false,
    umask: umaskOf(parent),
    name,
    origin: originOf(parent),
    args: parent?.args ?? [],
    threads: null,
    main,
    task: null,
    state: 'runnable',
    stopped: false,
    wait: null,
    since: sim.now,
    status: 0,
    killedBy: null,
    exited: createWaitQueue(`process ${pid} (${name})`),
    pending: [],
    dispositions: parent === undefined ? DEFAULT_DISPOSITIONS : inherited(parent.dispositions),
    step: createEvent(`step of ${name}`, UNBORN, stepProcess, STEP),
    alarm: null,
    poll: null,
    wake: 'woken',
    resume: resumeProcess,
    atExit: [],
  };
  process.step.owner = process;
  begin(process, threadOf);
  return process;
}

const umaskOf = (parent?: Process): number => parent?.umask ?? 0o022;

function begin(process: Process, threadOf: Process | undefined): void {
  const { sim, pid, step } = process;
  if (threadOf !== undefined) joinThreads(process, threadOf);
  touchPrograms(sim);
  sim.processes.set(pid, process);
  traceFork(process);
  schedule(sim, step, 0);
}

/** The threads of a process, which has one until it starts another. */
export const threadsOf = (process: Process): ThreadGroup =>
  (process.threads ??= { leader: process, members: [process], handler: process, atExit: [] });

function joinThreads(process: Process, of: Process): void {
  const threads = threadsOf(of);
  const { leader } = threads;
  threads.members.push(process);
  process.threads = threads;
  process.pgid = leader.pgid;
  process.args = leader.args;
  process.origin = originOf(leader);
  process.dispositions = leader.dispositions;
}

function leaveThreads(process: Process, threads: ThreadGroup): void {
  const { leader, members, atExit } = threads;
  members.splice(members.indexOf(process), 1);
  // exit() of the first thread ends them all, and so does a signal.
  if (process === leader || process.killedBy !== null)
    for (const other of members.slice()) deliver(other, SIGNALS.KILL);
  if (members.length === 0) for (const fn of atExit.splice(0)) fn();
}

function originOf(parent: Process | undefined): Origin | null {
  if (parent === undefined || parent.origin === null) return null;
  const { file, line } = parent.origin;
  return { file, line };
}

/** The owner of a step whose process is still being made. */
const UNBORN = null as unknown as Process;

const whoText = ({ name, pid }: Process): string => `${name} (pid ${pid})`;

const STEP: EventOptions<Process> = {
  describe: (process) => `step of ${whoText(process)}`,
  touches: (process) => {
    const { quiet, isShell, awaitsChild, task } = process;
    if (quiet) return waiting(process);
    return isShell && (awaitsChild || task === null) ? shellStep(process) : programStep(process);
  },
};

const ALARM: EventOptions<Process> = {
  describe: (process) =>
    `end of the wait of ${whoText(process)} for ${process.wait?.on ?? 'nothing'}`,
  // An event that wakes the queue it waits on touches it, too.
  touches: waiting,
};

/** Ends the process's wait, if it waits; the process goes on as an event of its own. */
export function resumeProcess(process: Process, wake: Wake): void {
  touchProcess(process);
  if (process.state !== 'waiting') return;
  endWait(process, wake);
  if (!process.stopped) schedule(process.sim, process.step, 0);
}

function endWait(process: Process, wake: Wake): void {
  const { sim } = process;
  leaveQueue(process);
  if (process.alarm !== null) cancel(sim, process.alarm);
  if (process.poll !== null) cancel(sim, process.poll);
  process.state = 'runnable';
  process.wait = null;
  process.wake = wake;
}

function leaveQueue(process: Process): void {
  const waiters = process.wait?.queue?.waiters;
  const i = waiters === undefined ? -1 : waiters.indexOf(process);
  if (waiters !== undefined && i >= 0) waiters.splice(i, 1);
}

function stepProcess(process: Process): void {
  assert(process.state === 'runnable', 'a process that makes a step can run');
  let result: IteratorResult<Wait, number>;
  try {
    process.sim.current = process;
    process.task ??= process.main(process);
    result = process.task.next(process.wake);
  } catch (error) {
    if (!(error instanceof Killed)) {
      process.sim.failed = process;
      throw error;
    }
    process.killedBy = error.signal;
    exitProcess(process, 128 + error.signal);
    return;
  } finally {
    process.sim.current = null;
  }
  if (result.done === true) endOfMain(process, result.value);
  else startWait(process, result.value);
}

/** A fatal signal that came during the last system call decides how the process ended. */
function endOfMain(process: Process, value: number): void {
  process.killedBy = fatalSignal(process) ?? null;
  exitProcess(process, process.killedBy === null ? value & 0xff : 128 + process.killedBy);
}

function startWait(process: Process, wait: Wait): void {
  const { sim } = process;
  process.quiet = false;
  process.state = 'waiting';
  process.wait = wait;
  process.since = sim.now;
  wait.queue?.waiters.push(process);
  if (wait.timeout !== Infinity) schedule(sim, alarmFor(process, wait), timeLeft(wait, sim.now));
  else assert(wait.queue !== null, 'a process waits for something');
  if (wait.interruptible && hasActionableSignal(process)) resumeProcess(process, 'signal');
}

function timeLeft(wait: Wait, now: Nanos): Nanos {
  if (wait.until === undefined) return wait.timeout;
  if (wait.until === Infinity) wait.until = now + wait.timeout;
  return Math.max(wait.until - now, 0);
}

function alarmFor(process: Process, { background = false }: Wait): SimEvent {
  if (background) {
    process.poll ??= createEvent(`poll of ${process.name}`, process, timeOut, { background });
    return process.poll;
  }
  process.alarm ??= createEvent(`alarm of ${process.name}`, process, timeOut, ALARM);
  return process.alarm;
}

function timeOut(process: Process): void {
  const { sim } = process;
  if (process.stopped || !isNextAnyway(sim)) {
    resumeProcess(process, 'timeout');
    return;
  }
  endWait(process, 'timeout');
  sim.events++;
  stepProcess(process);
}

/** True if a process that becomes ready now would be the next event: nothing else is due, and nobody chooses. Going on at once saves a turn of the loop. */
const isNextAnyway = ({ chooser, ready, queue, now }: Sim): boolean =>
  chooser === fifo && ready.length === 0 && queue.nextAt() > now;

function exitProcess(process: Process, status: number): void {
  process.state = 'zombie';
  process.since = process.sim.now;
  process.status = status;
  traceExit(process);
  const { atExit } = process;
  for (let fn = atExit.shift(); fn !== undefined; fn = atExit.shift()) fn();
  process.sim.processes.delete(process.pid);
  if (process.threads !== null) leaveThreads(process, process.threads);
  wakeUp(process.exited);
}

function hasActionableSignal(process: Process): boolean {
  return process.pending.length > 0;
}

/**
 * Sends a signal. False if the process is gone. A wait in the D state goes on, and the process sees the signal afterwards.
 * KILL goes to every thread.
 */
export function sendSignal(process: Process, signal: Signal): boolean {
  const { threads } = process;
  if (threads === null) return deliver(process, signal);
  const all = threads.members.slice();
  if (signal === SIGNALS.CONT) all.forEach(goOn);
  else if (signal !== SIGNALS.KILL && signal !== SIGNALS.STOP)
    return deliver(threads.handler, signal);
  return all.filter((thread) => deliver(thread, signal)).length > 0;
}

function deliver(process: Process, signal: Signal): boolean {
  touchProcess(process);
  if (process.state === 'zombie') return false;
  if (signal === SIGNALS.STOP) {
    stop(process);
    return true;
  }
  if (signal === SIGNALS.CONT || signal === SIGNALS.KILL) goOn(process);
  if (isIgnored(process, signal)) return true;
  const isStuck = process.wait?.interruptible === false;
  // A signal that is pending already does not come twice.
  if (isStuck && process.pending.includes(signal)) return true;
  process.pending.push(signal);
  if (process.wait?.interruptible === true) resumeProcess(process, 'signal');
  return true;
}

function isIgnored({ dispositions }: Process, signal: Signal): boolean {
  if (signal === SIGNALS.KILL) return false;
  const disposition = dispositions.get(signal);
  if (disposition === undefined) return IGNORED_BY_DEFAULT.has(signal);
  return disposition !== 'trap';
}

/** A step that was due is put off until SIGCONT; a wait in the D state ends first. */
function stop(process: Process): void {
  process.stopped = true;
  cancel(process.sim, process.step);
}

function goOn(process: Process): void {
  if (!process.stopped) return;
  process.stopped = false;
  if (process.state === 'runnable') schedule(process.sim, process.step, 0);
}

/** The signal that must end this process now, if one is pending. */
export function fatalSignal(process: Process): Signal | undefined {
  return process.pending.find((s) => s === SIGNALS.KILL || process.dispositions.get(s) !== 'trap');
}

/** Called when a system call returns: ends the process if a fatal signal is pending. */
export function checkSignals(process: Process): void {
  const signal = fatalSignal(process);
  if (signal !== undefined) throw new Killed(signal);
}

/** Takes the next pending signal that the program handles itself (trap). */
export function takeTrapped(process: Process): Signal | undefined {
  const i = process.pending.findIndex((s) => process.dispositions.get(s) === 'trap');
  return i < 0 ? undefined : process.pending.splice(i, 1)[0];
}
