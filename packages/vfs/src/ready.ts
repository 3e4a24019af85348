// ready.ts — A task that is over at once, for operations that sometimes wait and here do not.
import type { Task, Wait } from '@dmsim/sim';

export const ready = <T>(value: T): Task<T> => new Ready(value);

/** Its own first and last result: as a generator function it would cost several times as much. */
class Ready<T> implements Task<T> {
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
