// map-waiters.ts — multipathd -w: each map has a thread that waits for its events. libdevmapper runs one call at a time, and everybody waits with it. Mirrors libmultipath/devmapper.c: libmp_dm_task_run, multipathd/waiter.c: stop_waiter_thread.
import type { Mutex, Process, Task } from '@dmsim/sim';
import { createMutex, wakeUp } from '@dmsim/sim';

import type { Daemon } from './daemon.ts';
import { idleUntil, NOW } from './daemon.ts';

export interface MapWaiters {
  /** Held during each call of libdevmapper, and so for as long as a thread waits for an event. */
  readonly taskLock: Mutex;
  /** By map: the thread that waits for it. Another one, or none, and it ends. */
  readonly threads: Map<string, Process>;
}

export const createMapWaiters = (): MapWaiters => ({
  taskLock: createMutex('the lock of libdevmapper'),
  threads: new Map(),
});

/** The first call of libdevmapper that somebody makes while holding the lock of the daemon: a thread that waits for an event comes before it. */
export const dmTurn = (daemon: Daemon): Task<void> =>
  daemon.mapWaiters === null ? NOW : untilFree(daemon, daemon.mapWaiters);

function* untilFree(daemon: Daemon, { taskLock }: MapWaiters): Task<void> {
  yield* idleUntil(daemon, taskLock.queue, () => !taskLock.locked);
}

/** stop_waiter_thread: its wait is interrupted. */
export function stopWaiter({ host, mapWaiters }: Daemon, alias: string): void {
  if (mapWaiters?.threads.delete(alias) === true) wakeUp(host.dm.globalEventQueue);
}
