// coroutine.ts — QEMU's coroutines as generators: a block job's body, mostly. Mirrors util/qemu-coroutine.c.

/** What a coroutine yields: who will wake it. It is called once the coroutine has really left the processor. */
type Suspend = (co: Coroutine) => void;

/** The body of a coroutine, or a part of one reached by `yield*`. */
export type Co<T> = Generator<Suspend, T, void>;

export interface Coroutine {
  readonly body: Co<void>;
  running: boolean;
  done: boolean;
}

/** Coroutines of one thread enter one another in turn, never inside each other. */
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

/** Runs it until it yields or ends; woken from inside another coroutine, it runs once that one has yielded. */
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

/** Where coroutines of one thread wait for each other. */
export type CoQueue = Coroutine[];

export function* coQueueWait(queue: CoQueue): Co<void> {
  yield (co) => queue.push(co);
}

export function coQueueRestartAll(scheduler: CoScheduler, queue: CoQueue): void {
  for (const co of queue.splice(0)) enterCoroutine(scheduler, co);
}

/** Waits for something that calls back, and goes on at once if it has done so already. */
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
