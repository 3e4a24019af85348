// dm-events.ts — The thread that waits for events of the device mapper. Mirrors multipathd/dmevents.c.
import { findCell } from '@dmsim/dm';
import type { DeviceMapper } from '@dmsim/dm';
import type { Process, Task } from '@dmsim/sim';
import { seconds } from '@dmsim/sim';

import { isMultipathMap } from '../dm/dm-maps.ts';
import { mangledName } from '../dm/mangled-name.ts';
import { findMapByAlias } from '../session.ts';
import { traceThread } from '../trace-points.ts';
import type { Daemon } from './daemon.ts';
import { idleUntil, pause } from './daemon.ts';
import { forgetMap, updateMultipath } from './setup-multipath.ts';
import { withLock } from './vecs-lock.ts';
import { startWaiter } from './waiter.ts';

/** Undefined for a map that has gone, or has another table than multipath's. */
const eventNumber = (dm: DeviceMapper, name: string): number | undefined =>
  isMultipathMap(dm, name) ? findCell(dm, { name: mangledName(name) })?.md.eventNr : undefined;

/** Its events count from now on. */
export function watchMap(daemon: Daemon, alias: string): void {
  const { host, log, eventNumbers, mapWaiters } = daemon;
  if (mapWaiters !== null) return startWaiter(daemon, mapWaiters, alias);
  const number = eventNumber(host.dm, alias);
  if (number === undefined) return;
  if (eventNumbers.has(alias)) log.put(2, `${alias}: already waiting for events on device`);
  eventNumbers.set(alias, number);
}

/** After each round it sleeps a second, so that what comes in a burst is one. */
export function* dmEventLoop(self: Process, daemon: Daemon): Task<number> {
  const { dm } = daemon.host;
  let seen = dm.globalEventNr;
  traceThread(self);
  while (daemon.state !== 'shutdown') {
    const isNews = (): boolean => dm.globalEventNr !== seen || daemon.state === 'shutdown';
    yield* idleUntil(daemon, dm.globalEventQueue, isNews);
    seen = dm.globalEventNr;
    yield* handleEvents(daemon);
    yield* pause(daemon, seconds(1), { background: true });
  }
  return 0;
}

function* handleEvents(daemon: Daemon): Task<void> {
  const { eventNumbers, host } = daemon;
  for (const [alias, last] of new Map(eventNumbers)) {
    const number = eventNumber(host.dm, alias);
    if (number === last) continue;
    daemon.log.put(3, `${alias}: devmap event #${number ?? last}`);
    if (number === undefined) eventNumbers.delete(alias);
    else eventNumbers.set(alias, number);
    yield* withLock(daemon, `dm event: ${alias}`, () =>
      handleEvent(daemon, alias, number === undefined),
    );
  }
}

function* handleEvent(daemon: Daemon, alias: string, gone: boolean): Task<void> {
  if (!gone) {
    if (yield* updateMultipath(daemon, alias, { reset: true })) return;
    daemon.log.put(2, `${alias}: stopped watching dmevents`);
    daemon.eventNumbers.delete(alias);
    return;
  }
  const map = findMapByAlias(daemon.maps, alias);
  if (map === undefined) return;
  daemon.log.put(2, `${alias}: removing map by alias`);
  forgetMap(daemon, map, { quietly: true });
}
