// vecs-lock.ts — The lock under which the daemon's threads look at paths and maps, and change them. Mirrors libmultipath/lock.h.
import type { Task } from '@dmsim/sim';
import { unlock, wakeUp } from '@dmsim/sim';
import { isReady } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';
import { traceLock } from '../trace-points.ts';
import type { Daemon } from './daemon.ts';
import { endIfKilled, idleUntil } from './daemon.ts';

/** Waits for the lock and does the work under it. `text` says in the timeline what the lock is held for. */
export function withLock<T>(daemon: Daemon, text: string, work: () => Task<T>): Task<T> {
  const { vecsLock, host } = daemon;
  if (vecsLock.locked) return waitThenHold(daemon, text, work);
  endIfKilled(host);
  return holdLock(daemon, text, work);
}

function* waitThenHold<T>(daemon: Daemon, text: string, work: () => Task<T>): Task<T> {
  const { vecsLock, host } = daemon;
  traceUse(host, 'waits', text);
  yield* idleUntil(daemon, vecsLock.queue, () => !vecsLock.locked);
  return yield* holdLock(daemon, text, work);
}

/** The same, for callers that have made sure that the lock is free. */
export function holdLock<T>(daemon: Daemon, text: string, work: () => Task<T>): Task<T> {
  daemon.vecsLock.locked = true;
  traceUse(daemon.host, 'holds', text);
  let task: Task<T> | null = null;
  try {
    task = work();
  } finally {
    // A task that is done already needs no generator.
    if (task === null || isReady(task)) free(daemon, text);
  }
  return isReady(task) ? task : holdWhile(daemon, text, task);
}

function* holdWhile<T>(daemon: Daemon, text: string, task: Task<T>): Task<T> {
  try {
    return yield* task;
  } finally {
    free(daemon, text);
  }
}

function free({ vecsLock, host, listener }: Daemon, text: string): void {
  traceUse(host, 'frees', text);
  unlock(vecsLock);
  // Clients of the socket that wait for the lock try again.
  if (listener.waiting.length > 0) wakeUp(listener.arrived);
}

export const traceUse = (
  { sim }: MultipathHost,
  phase: Parameters<typeof traceLock>[1],
  text: string,
): void => {
  if (sim.trace !== null) traceLock(sim, phase, { pid: sim.current?.pid ?? 0, text });
};
