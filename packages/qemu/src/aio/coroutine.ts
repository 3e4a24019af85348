// coroutine.ts — QEMU's coroutines as generators; most are bodies of block jobs. Mirrors util/qemu-coroutine.c.

/**
 * A coroutine yields a function that arranges for it to be woken. It is called after the coroutine has left the
 * processor.
 */
type Suspend = (co: Coroutine) => void;

/** The body of a coroutine, or a part of one reached by `yield*`. */
export type Co<T> = Generator<Suspend, T, void>;

export interface Coroutine {
  readonly body: Co<void>;
  running: boolean;
  done: boolean;
}

/** Schedules the coroutines of one thread, which run one after the other and never nested. */
export interface CoScheduler {
  current: Coroutine | null;
  readonly wakeups: Coroutine[];
}

export const createCoScheduler = (): CoScheduler => ({ current: null, wakeups: [] });

export const createCoroutine = (body: Co<void>): Coroutine => ({
  body,
  running: false,
  done: false,
});

/** Runs a coroutine until it yields or ends. If called from another coroutine, it starts once that one has yielded. */
export function enterCoroutine(scheduler: CoScheduler, co: Coroutine): void {
  if (scheduler.current !== null) {
    scheduler.wakeups.push(co);
    return;
  }
  for (let next: Coroutine | undefined = co; next !== undefined; next = scheduler.wakeups.shift()) {
    scheduler.current = next;
    const result = next.body.next();
    scheduler.current = null;
    if (result.done === true) next.done = true;
    else result.value(next);
  }
}

/** A queue in which coroutines of one thread wait. */
export type CoQueue = Coroutine[];

export function* coQueueWait(queue: CoQueue): Co<void> {
  yield (co) => queue.push(co);
}

export function coQueueRestartAll(scheduler: CoScheduler, queue: CoQueue): void {
  for (const co of queue.splice(0)) enterCoroutine(scheduler, co);
}

/** Waits for a callback. Goes on at once if it was called already. */
export function* coCall<T>(
  scheduler: CoScheduler,
  start: (done: (value: T) => void) => void,
): Co<T> {
  const call: { result: { readonly value: T } | null; waiting: Coroutine | null } = {
    result: null,
    waiting: null,
  };
  start((value) => {
    call.result = { value };
    if (call.waiting !== null) enterCoroutine(scheduler, call.waiting);
  });
  if (call.result === null) {
    yield (co) => {
      call.waiting = co;
    };
  }
  return (call.result as unknown as { readonly value: T }).value;
}
