// ready.ts — A task that returns at once, for operations that need not wait this time.
import type { Task, Wait } from '@dmsim/sim';

/** A task that returns `value` at its first step. */
export const ready = <T>(value: T): Task<T> => new ReadyTask(value);

/** True if the task has its result already, in `value`. */
export const isReady = <T>(task: Task<T>): task is Task<T> & Ready<T> => task instanceof ReadyTask;

export interface Ready<T> {
  readonly value: T;
}

/** An object that is its own iterator and its own result. A generator function would cost several times as much. */
class ReadyTask<T> implements Task<T> {
  readonly done = true;
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): this {
    return this;
  }

  return(value: T): IteratorResult<Wait, T> {
    return { done: true, value };
  }

  throw(error: unknown): never {
    throw error;
  }
}

/** A task with nothing to do. */
export const NOW: Task<void> = ready<void>(undefined);
