// drive-plugin.ts — Calls a function of a user's plugin, which may wait as a task does, and checks that it keeps to the contract.
import type { Task, Wait } from '@dmsim/sim';
import { Killed, LimitReached, NotSupported } from '@dmsim/sim';

import type { PluginKind } from './plugin-broken.ts';
import { PluginBroken } from './plugin-broken.ts';

export interface Driven {
  readonly kind: PluginKind;
  readonly name: string;
  /** Told that a step of it runs, and that none does any more: a step that does not end can then be named. */
  readonly onStep: (runs: boolean) => void;
}

/** Returns the answer of a call, be it a generator or a plain function. */
export function* drive({ kind, name, onStep }: Driven, call: () => unknown): Task<unknown> {
  const step = <T>(work: () => T): T => {
    onStep(true);
    try {
      return work();
    } catch (cause) {
      // A signal ends the thread, and a limit the run: neither is a fault of the plugin.
      if (isOfSimulator(cause)) throw cause;
      const reason = cause instanceof Error ? `: ${cause.message}` : '';
      throw new PluginBroken(kind, name, `threw${reason}`, { cause });
    } finally {
      onStep(false);
    }
  };
  const answer = step(call);
  if (!isGenerator(answer)) return answer;
  let finished = false;
  try {
    let next = step(() => answer.next());
    while (next.done !== true) {
      if (!isWait(next.value)) {
        throw new PluginBroken(kind, name, 'yields a value itself: what waits is called by yield*');
      }
      const wake = yield next.value;
      next = step(() => answer.next(wake));
    }
    finished = true;
    return next.value;
  } finally {
    if (!finished) answer.return(undefined);
  }
}

/** Errors by which the simulator itself ends a run or a process. */
const isOfSimulator = (error: unknown): boolean =>
  error instanceof NotSupported || error instanceof LimitReached || error instanceof Killed;

const isGenerator = (value: unknown): value is Generator<unknown, unknown, unknown> =>
  typeof value === 'object' && value !== null && 'next' in value && Symbol.iterator in value;

const isWait = (value: unknown): value is Wait =>
  typeof value === 'object' && value !== null && 'timeout' in value && 'queue' in value;

export const shown = (value: unknown): string =>
  typeof value === 'string'
    ? JSON.stringify(value)
    : Array.isArray(value)
      ? 'an array'
      : value instanceof Promise
        ? 'a promise'
        : String(value);
