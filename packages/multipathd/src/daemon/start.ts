// start.ts — The daemon's life: start, threads, one configuration after another, the end. Mirrors multipathd/main.c: child.
import type { Process, Task, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, threadsOf, wakeUp } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { setQueueing } from '../dm/messages.ts';
import { traceThread } from '../trace-points.ts';
import { checkerLoop } from './checker-loop.ts';
import { closeListener } from './command-socket.ts';
import type { Daemon } from './daemon.ts';
import { idleUntil, mustDelayReconfigure, postState } from './daemon.ts';
import { dmEventLoop } from './dm-events.ts';
import { dmTurn } from './map-waiters.ts';
import { reconfigure } from './reconfigure.ts';
import { samplePaths } from './sample-paths.ts';
import { serveCommands } from './serve-commands.ts';
import { forgetMap } from './setup-multipath.ts';
import { takeSignals } from './signals.ts';
import { dispatchUevents, listenForUevents } from './uevents.ts';
import { withLock } from './vecs-lock.ts';
import { stopWatching, watchConfig } from './watch-config.ts';

const THREADS: readonly (readonly [string, (self: Process, daemon: Daemon) => Task<number>])[] = [
  ['multipathd: signals', takeSignals],
  ['multipathd: uxlsnr', serveCommands],
  ['multipathd: dmevents', dmEventLoop],
  ['multipathd: checker', checkerLoop],
  ['multipathd: uevents', dispatchUevents],
];

/** The daemon has these, too, and here they have nothing to do: for RCU, and for syslog where the log goes there. */
const IDLE_THREADS = ['multipathd: rcu', 'multipathd: log'] as const;

const EADDRINUSE = 98;

/** Returns the exit status, when it is told to shut down or its configuration can't be used. */
export function* runDaemon(
  daemon: Daemon,
  { hasLogThread }: { readonly hasLogThread: boolean },
): Task<number> {
  const { host, log, process } = daemon;
  traceThread(process);
  if (host.socket.listener !== null) {
    log.put(0, `could not create uxsock: ${EADDRINUSE}`);
    log.put(0, 'cli listener failed to start');
    log.put(2, 'multipathd: shut down');
    return 1;
  }
  host.socket.listener = daemon.listener;
  postState(daemon, 'configure');
  const stopListening = listenForUevents(daemon);
  threadsOf(process).atExit.push(() => {
    stopListening();
    closeListener(host.socket, daemon.listener);
  });
  watchConfig(daemon);
  threadsOf(process).atExit.push(() => stopWatching(daemon));
  startThreads(daemon, { hasLogThread });
  while (yield* nextConfiguration(daemon)) {
    const applied = yield* withLock(daemon, 'applies the configuration', () =>
      applyConfiguration(daemon),
    );
    if (daemon.listener.watchesAnew) wakeUp(daemon.listener.arrived);
    if (applied) postState(daemon, 'idle');
    else {
      log.put(0, 'fatal error applying configuration - aborting');
      postState(daemon, 'shutdown');
    }
  }
  log.put(2, 'multipathd: shut down');
  stopListening();
  log.put(3, 'Releasing uevent_monitor() resources');
  log.put(3, 'Releasing uevent_listen() resources');
  yield* withLock(daemon, 'ends', () => cleanUp(daemon));
  return 0;
}

function startThreads(daemon: Daemon, { hasLogThread }: { readonly hasLogThread: boolean }): void {
  const { host, process } = daemon;
  daemon.sampler = {
    start: () =>
      void host.spawnThread(
        'multipathd: io_err_stat',
        (self) => samplePaths(self, daemon),
        process,
      ),
  };
  for (const [name, main] of THREADS) {
    if (main === dmEventLoop && daemon.mapWaiters !== null) continue;
    host.spawnThread(name, (self) => main(self, daemon), process);
  }
  for (const name of IDLE_THREADS.slice(0, hasLogThread ? 2 : 0)) {
    const idle = createWaitQueue('the end of multipathd');
    host.spawnThread(name, () => untilKilled(daemon, idle), process);
  }
}

function* untilKilled(daemon: Daemon, idle: WaitQueue): Task<number> {
  yield* idleUntil(daemon, idle, () => false);
  return 0;
}

/** False when the daemon is to end. */
function* nextConfiguration(daemon: Daemon): Task<boolean> {
  const wanted = (): boolean =>
    daemon.state === 'configure' ||
    daemon.state === 'shutdown' ||
    (daemon.reconfigurePending !== 'none' && !daemon.reconfigureDelayed);
  yield* idleUntil(daemon, daemon.stateChanged, wanted);
  if (daemon.state !== 'shutdown') postState(daemon, 'configure');
  return daemon.state !== 'shutdown';
}

/** Waits with it while udev owes an answer for a map: that answer unblocks it. */
function* applyConfiguration(daemon: Daemon): Task<boolean> {
  if (mustDelayReconfigure(daemon)) {
    daemon.reconfigureDelayed = true;
    daemon.log.put(3, 'delaying reconfigure()');
    return true;
  }
  yield* dmTurn(daemon);
  const reload = daemon.reconfigurePending === 'force' ? 'force' : 'weak';
  daemon.reconfigurePending = 'none';
  daemon.reconfigureDelayed = false;
  return yield* reconfigure(daemon, reload);
}

/** Nobody would end queueing any more, so it ends now, unless the configuration says otherwise. */
function* cleanUp(daemon: Daemon): Task<void> {
  const { config, maps, host, listener } = daemon;
  if (maps.length > 0) yield* dmTurn(daemon);
  // `forcequeueing daemon` makes it "forced".
  const keeps = defaultOf(config, 'queue_without_daemon') !== 'no';
  for (const map of maps.slice()) {
    if (!keeps) setQueueing(daemon, map.alias, false);
    forgetMap(daemon, map, { quietly: true });
  }
  closeListener(host.socket, listener);
  wakeUp(daemon.stateChanged);
  wakeUp(daemon.ueventArrived);
  wakeUp(host.dm.globalEventQueue);
}
