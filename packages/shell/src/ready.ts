// ready.ts — A task that is over at once, for operations that sometimes wait and here do not.
import type { Task } from '@dmsim/sim';

// oxlint-disable-next-line require-yield -- that is the point of it
export function* ready<T>(value: T): Task<T> {
  return value;
}
