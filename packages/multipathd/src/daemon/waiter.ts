// waiter.ts — The thread that waits for the events of one map (multipathd -w). Mirrors multipathd/waiter.c.
import { findCell } from '@dmsim/dm';
import type { Process, Task } from '@dmsim/sim';
import { seconds, unlock } from '@dmsim/sim';

import { traceThread } from '../trace-points.ts';
import type { Daemon } from './daemon.ts';
import { idleUntil, pause } from './daemon.ts';
import type { MapWaiters } from './map-waiters.ts';
import { updateMultipath } from './setup-multipath.ts';
import { withLock } from './vecs-lock.ts';

/** start_waiter_thread */
export function startWaiter(daemon: Daemon, { threads }: MapWaiters, alias: string): void {
  if (threads.has(alias)) return;
  const main = (self: Process): Task<number> => waitForEvents(self, daemon, alias);
  threads.set(alias, daemon.host.spawnThread('multipathd: waitevent', main, daemon.process));
}

function* waitForEvents(self: Process, daemon: Daemon, alias: string): Task<number> {
  traceThread(self);
  const { dm } = daemon.host;
  const eventNr = (): number | undefined => findCell(dm, { name: alias })?.md.eventNr;
  const isWanted = (): boolean => daemon.mapWaiters?.threads.get(alias) === self;
  let seen = eventNr();
  while (isWanted()) {
    yield* oneTask(daemon, () =>
      idleUntil(daemon, dm.globalEventQueue, () => eventNr() !== seen || !isWanted()),
    );
    if (!isWanted()) break;
    do {
      seen = eventNr();
      const known = yield* withLock(daemon, `dm event: ${alias}`, () =>
        updateMultipath(daemon, alias, { reset: true }),
      );
      if (!known) {
        daemon.log.put(2, `${alias}: event checker exit`);
        return 0;
      }
    } while (eventNr() !== seen);
    yield* pause(daemon, seconds(1), { background: true });
  }
  return 0;
}

function* oneTask<T>(daemon: Daemon, work: () => Task<T>): Task<T> {
  const { taskLock } = daemon.mapWaiters as MapWaiters;
  yield* idleUntil(daemon, taskLock.queue, () => !taskLock.locked);
  taskLock.locked = true;
  try {
    return yield* work();
  } finally {
    unlock(taskLock);
  }
}
