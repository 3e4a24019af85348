// service.ts — The unit multipathd.service: a daemon that systemd starts and stops, and whose log goes to the journal. Mirrors multipathd.service.
import type { Process, Task, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, waitEvent, wakeUp } from '@dmsim/sim';

import type { Daemon } from './daemon/daemon.ts';
import { postState, scheduleReconfigure } from './daemon/daemon.ts';
import type { MultipathHost } from './host.ts';
import { daemonMain } from './programs/daemon-main.ts';
import { refuse } from './refuse.ts';

/** As `systemctl is-active` prints it. */
export type ServiceState = 'inactive' | 'activating' | 'active' | 'deactivating' | 'failed';

export interface Service {
  state: ServiceState;
  /** Null while the unit has no process, or one that has not read its configuration. */
  daemon: Daemon | null;
  readonly changed: WaitQueue;
  /** The lines of the daemon and systemd, oldest first, without times. */
  readonly journal: string[];
}

/** Older lines are dropped, as journald drops them when its disk is full. */
const JOURNAL_LINES = 10_000;
const UNIT = 'multipathd.service';
const NAME = `${UNIT} - Device-Mapper Multipath Device Controller`;

export const createService = (): Service => ({
  state: 'inactive',
  daemon: null,
  changed: createWaitQueue(UNIT),
  journal: [],
});

/** False when the daemon ended instead of getting ready. It is ready when its first configuration is applied. */
export function* startService(host: MultipathHost, service: Service): Task<boolean> {
  if (!host.udev.isRunning()) refuse('multipathd without udevd (begin the lab with #udev)');
  yield* settled(service);
  if (service.state === 'active') return true;
  setState(service, 'activating');
  say(service, `Starting ${NAME}...`);
  host.spawnThread('multipathd', (self) => runUnit(host, service, self));
  yield* settled(service);
  return isActive(service);
}

function* runUnit(host: MultipathHost, service: Service, self: Process): Task<number> {
  const status = yield* daemonMain(host, self, {
    verbosity: null,
    bindingsReadOnly: false,
    threadPerMap: false,
    withoutTime: true,
    hasLogThread: true,
    write: (line) => say(service, line.trimEnd()),
    onDaemon(daemon) {
      service.daemon = daemon;
      host.spawnThread('systemd', () => waitUntilReady(service, daemon));
    },
  });
  ended(service, status);
  return status;
}

const isActive = ({ state }: Service): boolean => state === 'active';

function* waitUntilReady(service: Service, daemon: Daemon): Task<number> {
  const ready = (): boolean => daemon.state === 'idle' || daemon.state === 'running';
  yield* waitEvent(daemon.stateChanged, () => ready() || daemon.state === 'shutdown');
  if (!ready() || service.state !== 'activating') return 0;
  say(service, `Started ${NAME}.`);
  setState(service, 'active');
  return 0;
}

/** Tells the daemon to end, as SIGTERM does, and waits until it has. */
export function* stopService(service: Service): Task<void> {
  if (service.daemon !== null && service.state !== 'deactivating') {
    say(service, `Stopping ${NAME}...`);
    setState(service, 'deactivating');
    postState(service.daemon, 'shutdown');
  }
  yield* settled(service);
}

/** ExecReload, which is `multipathd reconfigure`. False when there is no daemon to tell. */
export function reloadService(service: Service): boolean {
  if (service.state !== 'active' || service.daemon === null) return false;
  say(service, `Reloading ${NAME}...`);
  scheduleReconfigure(service.daemon, 'weak');
  say(service, 'ok');
  say(service, `Reloaded ${NAME}.`);
  return true;
}

function ended(service: Service, status: number): void {
  const told = service.state === 'deactivating';
  service.daemon = null;
  if (status === 0) say(service, `${UNIT}: Deactivated successfully.`);
  else {
    say(service, `${UNIT}: Main process exited, code=exited, status=${status}/FAILURE`);
    say(service, `${UNIT}: Failed with result 'exit-code'.`);
  }
  if (told) say(service, `Stopped ${NAME}.`);
  else if (service.state === 'activating') say(service, `Failed to start ${NAME}.`);
  setState(service, status === 0 ? 'inactive' : 'failed');
}

/** Until the unit is neither starting nor stopping. */
const settled = (service: Service): Task<unknown> =>
  waitEvent(
    service.changed,
    () => service.state !== 'activating' && service.state !== 'deactivating',
    { interruptible: true },
  );

function setState(service: Service, state: ServiceState): void {
  service.state = state;
  wakeUp(service.changed);
}

function say({ journal }: Service, line: string): void {
  journal.push(line);
  if (journal.length > JOURNAL_LINES) journal.shift();
}
