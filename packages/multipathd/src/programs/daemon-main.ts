// daemon-main.ts — The daemon's process: reads the configuration, then runs until it is told to end. Mirrors multipathd/main.c: child.
import type { Process, Task } from '@dmsim/sim';
import { fatalSignal } from '@dmsim/sim';

import { loadConfig } from '../config/load-config.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { createDaemon } from '../daemon/daemon.ts';
import { createMapWaiters } from '../daemon/map-waiters.ts';
import { createPidFile, removePidFile } from '../daemon/pid-file.ts';
import { initSignals } from '../daemon/signals.ts';
import { runDaemon } from '../daemon/start.ts';
import type { MultipathHost } from '../host.ts';
import { loadLibraries, tellOpenFiles, tellVersions, unloadLibraries } from '../libraries.ts';
import type { Log } from '../log.ts';
import { createLog } from '../log.ts';

export interface DaemonMainOptions {
  /** Null: what the configuration says. */
  readonly verbosity: number | null;
  readonly bindingsReadOnly: boolean;
  /** -w: a thread for the events of each map. */
  readonly threadPerMap: boolean;
  /** -s: log lines without the time. */
  readonly withoutTime: boolean;
  /** Takes each line of the log, with its newline. */
  readonly write: (line: string) => void;
  /** Its log is passed on by a thread of its own, as for syslog. */
  readonly hasLogThread: boolean;
  /** Called before the daemon does anything. */
  readonly onDaemon?: (daemon: Daemon) => void;
}

/** Returns the exit status. */
export function* daemonMain(
  host: MultipathHost,
  self: Process,
  options: DaemonMainOptions,
): Task<number> {
  const { verbosity, withoutTime, write } = options;
  const log = createLog(host.sim, verbosity ?? 2, (line) =>
    write(withoutTime ? line.replace(/^[\d.]+ \| /, '') : line),
  );
  initSignals(self);
  try {
    return yield* withPidFile(host, self, { ...options, log });
  } finally {
    // Killed, it leaves the file behind.
    if (fatalSignal(self) === undefined) removePidFile(host);
  }
}

function* withPidFile(
  host: MultipathHost,
  self: Process,
  {
    verbosity,
    bindingsReadOnly,
    threadPerMap,
    hasLogThread,
    onDaemon,
    log,
  }: DaemonMainOptions & { readonly log: Log },
): Task<number> {
  if (!(yield* createPidFile(host, self, log))) {
    log.put(1, 'failed to create pidfile');
    return 1;
  }
  log.put(4, 'daemon state init -> startup');
  log.put(2, 'multipathd v0.9.4: start up');
  log.put(3, 'read /etc/multipath.conf');
  const config = yield* loadConfig({ process: self, root: host.root, log });
  if (config === null) {
    log.put(0, 'failed to load configuration');
    log.put(2, 'multipathd: shut down');
    return 1;
  }
  // A level of the command line wins, unless it is 0.
  if (verbosity === null || verbosity === 0)
    log.verbosity = Number(config.defaults.get('verbosity') ?? log.verbosity);
  const mapWaiters = threadPerMap ? createMapWaiters() : null;
  const daemon = createDaemon({
    host,
    process: self,
    log,
    config,
    bindingsReadOnly,
    mapWaiters,
  });
  onDaemon?.(daemon);
  loadLibraries(daemon);
  tellVersions(daemon);
  tellOpenFiles(log);
  const status = yield* runDaemon(daemon, { hasLogThread });
  log.put(3, 'unlink pidfile');
  unloadLibraries(daemon);
  return status;
}
