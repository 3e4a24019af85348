// daemon.ts — What the threads of multipathd share, and in what state it is. Mirrors multipathd/main.c: running_state, struct vectors.
import type { Mutex, Nanos, Process, Task, WaitQueue, Wake } from '@dmsim/sim';
import {
  checkSignals,
  createMutex,
  createWaitQueue,
  sleeping,
  unlock,
  waitEvent,
  wakeUp,
} from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';
import { createLibraries } from '../libraries.ts';
import type { Session } from '../session.ts';
import { traceLock } from '../trace-points.ts';
import type { Listener } from './command-socket.ts';
import { createListener } from './command-socket.ts';
import type { MapWaiters } from './map-waiters.ts';
import type { UeventQueue } from './uevent-queue.ts';
import { createUeventQueue } from './uevent-queue.ts';
import type { ConfigWatch } from './watch-config.ts';

/** As `show daemon` prints it. */
export type DaemonState = 'init' | 'startup' | 'configure' | 'idle' | 'running' | 'shutdown';

export type Reload = 'none' | 'weak' | 'force';

export interface Daemon extends Session {
  /** Paths and maps are looked at and changed under it: whoever blocks while holding it stops all threads. */
  readonly vecsLock: Mutex;
  state: DaemonState;
  readonly stateChanged: WaitQueue;
  /** A reconfiguration that was asked for, and whether it waits for udev to answer for a map. */
  reconfigurePending: Reload;
  reconfigureDelayed: boolean;
  readonly listener: Listener;
  /** Uevents that nobody has dealt with. */
  readonly uevents: UeventQueue;
  readonly ueventArrived: WaitQueue;
  dispatching: boolean;
  readonly watch: ConfigWatch;
  /** With -w, in place of the thread for the events of all maps. */
  readonly mapWaiters: MapWaiters | null;
  /** Event counters of maps, as they were last seen. */
  readonly eventNumbers: Map<string, number>;
  /** `forcequeueing daemon`: maps go on queueing when it ends. */
  forceQueueWithoutDaemon: boolean;
  /** A signal that wakes no thread told it to end. */
  endsWhenWoken: boolean;
  /** Of the checker, so far. */
  passes: number;
  readonly pid: number;
}

export interface DaemonOptions {
  readonly host: MultipathHost;
  readonly process: Process;
  readonly log: Session['log'];
  readonly config: Session['config'];
  readonly bindingsReadOnly: boolean;
  readonly mapWaiters: MapWaiters | null;
}

export function createDaemon({
  host,
  process,
  log,
  config,
  bindingsReadOnly,
  mapWaiters,
}: DaemonOptions): Daemon {
  const vecsLock = createMutex('the vecs lock of multipathd');
  return {
    host,
    log,
    process,
    isDaemon: true,
    config,
    paths: [],
    maps: [],
    leaving: new Set(),
    groupingPolicy: null,
    allowQueueing: true,
    bindingsReadOnly,
    samples: null,
    sampler: null,
    libraries: createLibraries(),
    saidDeprecated: false,
    vecsLock,
    mayChangeMaps: () => vecsLock.locked,
    state: 'init',
    stateChanged: createWaitQueue('multipathd'),
    reconfigurePending: 'none',
    reconfigureDelayed: false,
    listener: createListener(),
    uevents: createUeventQueue(),
    ueventArrived: createWaitQueue('uevents for multipathd'),
    dispatching: false,
    watch: { file: null, directory: null },
    mapWaiters,
    eventNumbers: new Map(),
    forceQueueWithoutDaemon: false,
    endsWhenWoken: false,
    passes: 0,
    pid: process.pid,
  };
}

/** post_config_state: nothing comes after shutdown. */
export function postState(daemon: Daemon, state: DaemonState): void {
  if (daemon.state === state || daemon.state === 'shutdown') return;
  daemon.state = state;
  wakeUp(daemon.stateChanged);
}

/** How a thread waits while it has nothing to do: asleep. Killed, it ends here; `signal`: one came that it handles. */
export function* idleUntil(
  { host }: Pick<Daemon, 'host'>,
  queue: WaitQueue,
  condition: () => boolean,
  timeout: Nanos = Infinity,
): Task<Wake> {
  const wake = yield* waitEvent(queue, condition, { interruptible: true, timeout });
  endIfKilled(host);
  return wake;
}

export function* pause(
  { host }: Pick<Daemon, 'host'>,
  delay: Nanos,
  { background }: { readonly background: boolean },
): Task<void> {
  yield sleeping(delay, { interruptible: true, background });
  endIfKilled(host);
}

/** After each wait. */
export function endIfKilled({ sim }: MultipathHost): void {
  if (sim.current !== null) checkSignals(sim.current);
}

/** `text` says what the lock is for, in the timeline. */
export function* withLock<T>(daemon: Daemon, text: string, work: () => Task<T>): Task<T> {
  yield* awaitLock(daemon, text);
  return yield* holdLock(daemon, text, work);
}

/** For one who has found the lock free. */
export function* holdLock<T>(daemon: Daemon, text: string, work: () => Task<T>): Task<T> {
  takeLock(daemon, text);
  try {
    return yield* work();
  } finally {
    releaseLock(daemon, text);
  }
}

export function awaitLock(daemon: Daemon, text: string): Task<void> {
  const { vecsLock, host } = daemon;
  if (vecsLock.locked) return untilUnlocked(daemon, text);
  endIfKilled(host);
  return NOW;
}

function* untilUnlocked(daemon: Daemon, text: string): Task<void> {
  const { vecsLock, host } = daemon;
  traceUse(host, 'waits', text);
  yield* idleUntil(daemon, vecsLock.queue, () => !vecsLock.locked);
}

/** A task with nothing to do. */
export const NOW: Task<void> = ready<void>(undefined);

export function takeLock({ vecsLock, host }: Daemon, text: string): void {
  vecsLock.locked = true;
  traceUse(host, 'holds', text);
}

/** Clients of the socket that wait for it are told. */
export function releaseLock({ vecsLock, host, listener }: Daemon, text: string): void {
  traceUse(host, 'frees', text);
  unlock(vecsLock);
  if (listener.waiting.length > 0) wakeUp(listener.arrived);
}

export const traceUse = (
  { sim }: MultipathHost,
  phase: Parameters<typeof traceLock>[1],
  text: string,
): void => {
  if (sim.trace !== null) traceLock(sim, phase, { pid: sim.current?.pid ?? 0, text });
};

/** Carried out at once, or when what the daemon is at is done. */
export function scheduleReconfigure(daemon: Daemon, reload: 'weak' | 'force'): void {
  if (daemon.state === 'shutdown') return;
  const force = reload === 'force' || daemon.reconfigurePending === 'force';
  daemon.reconfigurePending = force ? 'force' : 'weak';
  if (daemon.state === 'idle') postState(daemon, 'configure');
  else wakeUp(daemon.stateChanged);
}

/** udev has answered for a map: a reconfiguration that waited for that may go on. */
export function unblockReconfigure(daemon: Daemon): boolean {
  if (!daemon.reconfigureDelayed) return false;
  daemon.reconfigureDelayed = false;
  if (daemon.state === 'idle') postState(daemon, 'configure');
  else wakeUp(daemon.stateChanged);
  daemon.log.put(3, 'unblocked delayed reconfigure');
  return true;
}

export const mustDelayReconfigure = ({ maps }: Daemon): boolean =>
  maps.some(({ waitForUdev }) => waitForUdev !== 'no');
