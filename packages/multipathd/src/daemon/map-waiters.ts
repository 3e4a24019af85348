// map-waiters.ts — The threads of multipathd -w, one a map, that wait for its events. libdevmapper runs one call at a time, so all other callers wait, too. Mirrors libmultipath/devmapper.c: libmp_dm_task_run, multipathd/waiter.c: stop_waiter_thread.
import type { Mutex, Process, Task } from '@dmsim/sim';
import { createMutex, wakeUp } from '@dmsim/sim';
import { NOW } from '@dmsim/vfs';

import type { Daemon } from './daemon.ts';
import { idleUntil } from './daemon.ts';

export interface MapWaiters {
  /** Held during each call of libdevmapper, and so for as long as a thread waits for an event. */
  readonly taskLock: Mutex;
  /** The thread that waits for each map. A thread that is not listed here any more ends. */
  readonly threads: Map<string, Process>;
}

export const createMapWaiters = (): MapWaiters => ({
  taskLock: createMutex('the lock of libdevmapper'),
  threads: new Map(),
});

/** Waits for the threads' call of libdevmapper to end. Comes before the first call that is made under the daemon's lock. */
export const dmTurn = (daemon: Daemon): Task<void> =>
  daemon.mapWaiters === null ? NOW : untilFree(daemon, daemon.mapWaiters);

function* untilFree(daemon: Daemon, { taskLock }: MapWaiters): Task<void> {
  yield* idleUntil(daemon, taskLock.queue, () => !taskLock.locked);
}

/** Interrupts the wait of the map's thread. Mirrors stop_waiter_thread. */
export function stopWaiter({ host, mapWaiters }: Daemon, alias: string): void {
  if (mapWaiters?.threads.delete(alias) === true) wakeUp(host.dm.globalEventQueue);
}
