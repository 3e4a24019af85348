// daemon-main.ts — The daemon's process: reads the configuration, then runs until it is told to end. Mirrors multipathd/main.c: child.
import type { Process, Task } from '@dmsim/sim';

import { loadConfig } from '../config/load-config.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { createDaemon } from '../daemon/daemon.ts';
import { runDaemon } from '../daemon/start.ts';
import type { MultipathHost } from '../host.ts';
import { createLog } from '../log.ts';

export interface DaemonMainOptions {
  /** Null: what the configuration says. */
  readonly verbosity: number | null;
  readonly bindingsReadOnly: boolean;
  /** -s: log lines without the time. */
  readonly withoutTime: boolean;
  /** Takes each line of the log, with its newline. */
  readonly write: (line: string) => void;
  /** Called before the daemon does anything. */
  readonly onDaemon?: (daemon: Daemon) => void;
}

/** Returns the exit status. */
export function* daemonMain(
  host: MultipathHost,
  self: Process,
  { verbosity, bindingsReadOnly, withoutTime, write, onDaemon }: DaemonMainOptions,
): Task<number> {
  const log = createLog(host.sim, verbosity ?? 2, (line) =>
    write(withoutTime ? line.replace(/^[\d.]+ \| /, '') : line),
  );
  if (host.socket.listener !== null) {
    log.put(0, 'process is already running');
    return 1;
  }
  log.put(2, 'multipathd v0.9.4: start up');
  const config = yield* loadConfig({ process: self, root: host.root, log });
  if (config === null) {
    log.put(0, 'failed to load configuration');
    log.put(2, 'multipathd: shut down');
    return 1;
  }
  // -v0 only holds until the configuration is read.
  if (verbosity === null || verbosity === 0)
    log.verbosity = Number(config.defaults.get('verbosity') ?? 2);
  const daemon = createDaemon({ host, process: self, log, config, bindingsReadOnly });
  onDaemon?.(daemon);
  return yield* runDaemon(daemon);
}
