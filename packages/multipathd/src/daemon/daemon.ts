// daemon.ts — The state that the threads of multipathd share. Mirrors multipathd/main.c: running_state, struct vectors.
import type { Mutex, Nanos, Process, Task, WaitQueue, Wake } from '@dmsim/sim';
import {
  checkSignals,
  createMutex,
  createWaitQueue,
  sleeping,
  waitEvent,
  wakeUp,
} from '@dmsim/sim';

import type { MultipathHost } from '../host.ts';
import { createLibraries } from '../libraries.ts';
import type { Session } from '../session.ts';
import type { Listener } from './command-socket.ts';
import { createListener } from './command-socket.ts';
import type { MapWaiters } from './map-waiters.ts';
import type { UeventQueue } from './uevent-queue.ts';
import { createUeventQueue } from './uevent-queue.ts';
import type { ConfigWatch } from './watch-config.ts';

/** As `show daemon` prints it. */
export type DaemonState = 'startup' | 'configure' | 'idle' | 'running' | 'shutdown';

export type Reload = 'none' | 'weak' | 'force';

export interface Daemon extends Session {
  /** Threads look at paths and maps, and change them, under this lock (vecs-lock.ts). One that blocks while holding it stops all others. */
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
  /** A signal that woke no thread has told the daemon to end. */
  endsWhenWoken: boolean;
  /** How many passes over the paths the checker has made. */
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
    cwd: '/',
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
    state: 'startup',
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
    endsWhenWoken: false,
    passes: 0,
    pid: process.pid,
  };
}

/** Mirrors post_config_state: a daemon that shuts down stays in that state. */
export function postState(daemon: Daemon, state: DaemonState): void {
  if (daemon.state === state || daemon.state === 'shutdown') return;
  if (daemon.log.verbosity >= 4) daemon.log.put(4, `daemon state ${daemon.state} -> ${state}`);
  daemon.state = state;
  wakeUp(daemon.stateChanged);
}

/** Waits, asleep, until there is something to do. A killed daemon ends here. Returns `signal` if one came that it handles. */
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

/** Called after each wait: a daemon that was killed meanwhile ends here. */
export function endIfKilled({ sim }: MultipathHost): void {
  if (sim.current !== null) checkSignals(sim.current);
}

/** Reconfigures at once, or as soon as the daemon has finished what it is doing. */
export function scheduleReconfigure(daemon: Daemon, reload: 'weak' | 'force'): void {
  if (daemon.state === 'shutdown') return;
  const force = reload === 'force' || daemon.reconfigurePending === 'force';
  daemon.reconfigurePending = force ? 'force' : 'weak';
  if (daemon.state === 'idle') postState(daemon, 'configure');
  else wakeUp(daemon.stateChanged);
}

/** Lets a reconfiguration go on that waited until udev had answered for a map. */
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
