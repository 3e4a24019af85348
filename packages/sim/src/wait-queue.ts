// wait-queue.ts — Lets processes wait for a condition. Mirrors kernel/sched/wait.c.
import type { Nanos } from './time.ts';

/** Why a wait ended. */
export type Wake = 'woken' | 'timeout' | 'signal';

/** A process yields this to wait on a queue. `on` is a phrase for the hang report ("I/O on 254:0"). */
export interface Wait {
  readonly on: string;
  readonly queue: WaitQueue | null;
  /** ns from now; Infinity = no time-out. */
  readonly timeout: Nanos;
  /** False is the D state: signals are seen only when the wait is over. */
  readonly interruptible: boolean;
  /** True for a wait that wakes up now and then by itself, or that a fatal signal ends: it is never a hung task. */
  readonly patient?: boolean;
  /** The time-out is a poll that changes nothing by itself (see `SimEvent`). */
  readonly background?: boolean;
  /** When the time-out of a wait that is repeated until a condition holds is over; Infinity before it begins, undefined for other waits. */
  until?: Nanos | undefined;
}

/** A generator that runs on virtual time: a process, or a part of one reached by `yield*`. */
export type Task<T> = Generator<Wait, T, Wake>;

/** Something that can wait: a process. */
export interface Waiter {
  /** Called with the waiter, so that no closure is needed. */
  resume(waiter: this, wake: Wake): void;
}

export interface WaitQueue {
  readonly name: string;
  readonly waiters: Waiter[];
}

export function createWaitQueue(name: string): WaitQueue {
  return { name, waiters: [] };
}

/** Wakes all waiters; each goes on as an event of its own at this instant and checks its condition again. */
export function wakeUp(queue: WaitQueue): void {
  if (queue.waiters.length === 0) return;
  for (const waiter of queue.waiters.splice(0)) waiter.resume(waiter, 'woken');
}

/** A wait of user space. The caller must check signals afterwards (`userWait` does both). */
export const interruptible = (on: string, queue: WaitQueue | null, timeout: Nanos): Wait => ({
  on,
  queue,
  timeout,
  interruptible: true,
  patient: false,
  background: false,
  until: undefined,
});

export interface WaitOptions {
  readonly interruptible?: boolean;
  readonly background?: boolean;
  readonly patient?: boolean;
  readonly timeout?: Nanos;
}

/** wait_event(): returns once `condition` holds; 'signal' or 'timeout' if that came first. Being woken in vain does not prolong the time-out. */
export function* waitEvent(
  queue: WaitQueue,
  condition: () => boolean,
  { interruptible = false, patient = false, timeout = Infinity }: WaitOptions = {},
): Task<Wake> {
  if (condition()) return 'woken';
  const background = false;
  const { name: on } = queue;
  const wait = { on, queue, timeout, interruptible, patient, background, until: Infinity };
  do {
    const wake = yield wait;
    if (wake !== 'woken' && !condition()) return wake;
  } while (!condition());
  return 'woken';
}

/** The wait of a sleep. A record that is used again and again saves the generator. */
export const sleeping = (
  delay: Nanos,
  { interruptible = false, background = false }: Omit<WaitOptions, 'timeout'> = {},
): Wait => ({
  on: 'a timer',
  queue: null,
  timeout: delay,
  interruptible,
  patient: false,
  background,
  until: undefined,
});

/** Sleeps for `delay` ns, uninterruptibly by default, as msleep() does. */
export function* sleepFor(delay: Nanos, options?: Omit<WaitOptions, 'timeout'>): Task<Wake> {
  return yield sleeping(delay, options);
}

/** A lock that waiters get in the order in which they asked. Mirrors kernel/locking/mutex.c, without spinning. */
export interface Mutex {
  readonly queue: WaitQueue;
  locked: boolean;
}

export function createMutex(name: string): Mutex {
  return { queue: createWaitQueue(name), locked: false };
}

export function* lock(
  mutex: Mutex,
  { patient = false }: Pick<WaitOptions, 'patient'> = {},
): Task<void> {
  yield* waitEvent(mutex.queue, () => !mutex.locked, { patient });
  mutex.locked = true;
}

export function unlock(mutex: Mutex): void {
  mutex.locked = false;
  wakeUp(mutex.queue);
}
