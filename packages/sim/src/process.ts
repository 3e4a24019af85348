// process.ts — Processes: generators on virtual time, with a pid, children and signals.
import { assert } from './assert.ts';
import type { Signal } from './signal.ts';
import { Killed, SIGNALS } from './signal.ts';
import type { SimEvent } from './sim-event.ts';
import { createEvent } from './sim-event.ts';
import type { Sim } from './sim.ts';
import { cancel, schedule } from './sim.ts';
import type { Nanos } from './time.ts';
import { traceExit, traceFork } from './trace-points.ts';
import type { Task, Wait, WaitQueue, Wake } from './wait-queue.ts';
import { createWaitQueue, wakeUp } from './wait-queue.ts';

/** What a process does about a signal; without an entry the default action. `'trap'` leaves it pending for the program to see. */
export type Disposition = 'ignore' | 'trap';

export interface Process {
  readonly sim: Sim;
  readonly pid: number;
  readonly ppid: number;
  /** Signals of `timeout` and of a terminal go to a group. */
  pgid: number;
  /** As ps shows it; the comm of kernel messages. */
  name: string;
  readonly children: Set<number>;
  readonly task: Task<number>;
  state: 'runnable' | 'waiting' | 'zombie';
  wait: Wait | null;
  since: Nanos;
  /** Exit status as `$?` shows it: 0 … 255. */
  status: number;
  /** The signal that ended it, if one did. */
  killedBy: Signal | null;
  readonly exited: WaitQueue;
  readonly pending: Signal[];
  readonly dispositions: Map<Signal, Disposition>;
  readonly step: SimEvent;
  readonly alarm: SimEvent;
  readonly poll: SimEvent;
  wake: Wake;
  /** Ends its wait (`Waiter`). */
  readonly resume: (wake: Wake) => void;
  /** Called once, at exit, in order: closing files, mostly. */
  readonly atExit: (() => void)[];
}

export interface SpawnOptions {
  readonly parent?: Process;
  /** Starts a group of its own (setpgid(0, 0)). */
  readonly newGroup?: boolean;
}

/** Starts a process: its first step is an event at this instant. */
export function spawn(
  sim: Sim,
  name: string,
  main: (self: Process) => Task<number>,
  { parent, newGroup = false }: SpawnOptions = {},
): Process {
  const pid = sim.nextPid++;
  const process: Process = {
    sim,
    pid,
    ppid: parent?.pid ?? 1,
    pgid: newGroup || parent === undefined ? pid : parent.pgid,
    name,
    children: new Set(),
    task: start(() => process, main),
    state: 'runnable',
    wait: null,
    since: sim.now,
    status: 0,
    killedBy: null,
    exited: createWaitQueue(`process ${pid} (${name})`),
    pending: [],
    dispositions: new Map(parent?.dispositions),
    step: createEvent(`step of ${name}`, undefined, () => stepProcess(process)),
    alarm: createEvent(`alarm of ${name}`, undefined, () => resumeProcess(process, 'timeout')),
    poll: createEvent(`poll of ${name}`, undefined, () => resumeProcess(process, 'timeout'), {
      background: true,
    }),
    wake: 'woken',
    resume: (wake) => resumeProcess(process, wake),
    atExit: [],
  };
  // exec resets handlers but keeps what is ignored.
  for (const [signal, disposition] of process.dispositions) {
    if (disposition === 'trap') process.dispositions.delete(signal);
  }
  sim.processes.set(pid, process);
  parent?.children.add(pid);
  traceFork(process);
  schedule(sim, process.step, 0);
  return process;
}

function* start(self: () => Process, main: (self: Process) => Task<number>): Task<number> {
  return yield* main(self());
}

/** Ends the process's wait, if it waits: it goes on as an event of its own. */
export function resumeProcess(process: Process, wake: Wake): void {
  if (process.state !== 'waiting') return;
  const { sim } = process;
  leaveQueue(process);
  cancel(sim, process.alarm);
  cancel(sim, process.poll);
  process.state = 'runnable';
  process.wait = null;
  process.wake = wake;
  schedule(sim, process.step, 0);
}

function leaveQueue(process: Process): void {
  const waiters = process.wait?.queue?.waiters;
  const i = waiters === undefined ? -1 : waiters.indexOf(process);
  if (waiters !== undefined && i >= 0) waiters.splice(i, 1);
}

function stepProcess(process: Process): void {
  assert(process.state === 'runnable', `${process.name} can run`);
  let result: IteratorResult<Wait, number>;
  try {
    process.sim.current = process;
    result = process.task.next(process.wake);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    process.killedBy = error.signal;
    exitProcess(process, 128 + error.signal);
    return;
  } finally {
    process.sim.current = null;
  }
  if (result.done === true) exitProcess(process, result.value & 0xff);
  else startWait(process, result.value);
}

function startWait(process: Process, wait: Wait): void {
  const { sim } = process;
  process.state = 'waiting';
  process.wait = wait;
  process.since = sim.now;
  wait.queue?.waiters.push(process);
  const alarm = wait.background === true ? process.poll : process.alarm;
  if (wait.timeout !== Infinity) schedule(sim, alarm, wait.timeout);
  else assert(wait.queue !== null, `${process.name} waits for something`);
  if (wait.interruptible && hasActionableSignal(process)) resumeProcess(process, 'signal');
}

function exitProcess(process: Process, status: number): void {
  process.state = 'zombie';
  process.status = status;
  traceExit(process);
  for (const fn of process.atExit.splice(0)) fn();
  process.sim.processes.delete(process.pid);
  wakeUp(process.exited);
}

const IGNORED_BY_DEFAULT: ReadonlySet<Signal> = new Set([SIGNALS.CHLD, SIGNALS.CONT]);

function hasActionableSignal(process: Process): boolean {
  return process.pending.length > 0;
}

/**
 * Sends a signal. False when the process is gone. A wait in the D state goes on: the signal is seen when it is over.
 */
export function sendSignal(process: Process, signal: Signal): boolean {
  if (process.state === 'zombie') return false;
  const disposition = process.dispositions.get(signal);
  if (signal !== SIGNALS.KILL) {
    if (disposition === 'ignore') return true;
    if (disposition === undefined && IGNORED_BY_DEFAULT.has(signal)) return true;
  }
  process.pending.push(signal);
  if (process.wait?.interruptible === true) resumeProcess(process, 'signal');
  return true;
}

/** The signal that must end this process now, if one is pending. */
export function fatalSignal(process: Process): Signal | undefined {
  return process.pending.find((s) => s === SIGNALS.KILL || process.dispositions.get(s) !== 'trap');
}

/** On the way back to user space: ends the process if a fatal signal is pending. */
export function checkSignals(process: Process): void {
  const signal = fatalSignal(process);
  if (signal !== undefined) throw new Killed(signal);
}

/** Takes the next pending signal that the program handles itself (trap). */
export function takeTrapped(process: Process): Signal | undefined {
  const i = process.pending.findIndex((s) => process.dispositions.get(s) === 'trap');
  return i < 0 ? undefined : process.pending.splice(i, 1)[0];
}

/** User space waiting: interruptible, and a fatal signal ends the process. 'signal' means that one to be handled is pending. */
export function* userWait(process: Process, wait: Omit<Wait, 'interruptible'>): Task<Wake> {
  const wake = yield { ...wait, interruptible: true };
  checkSignals(process);
  return wake;
}

/** waitpid(): the status once the child has ended, or 'signal' when one to be handled came first. */
export function* waitForExit(self: Process, child: Process): Task<number | 'signal'> {
  while (child.state !== 'zombie') {
    const wake = yield* userWait(self, {
      on: child.exited.name,
      queue: child.exited,
      timeout: Infinity,
    });
    if (wake === 'signal') return 'signal';
  }
  self.children.delete(child.pid);
  return child.status;
}
