// signals.ts — The daemon's reactions to signals. Mirrors multipathd/main.c: signal_init, handle_signals.
import type { Process, Signal, Task } from '@dmsim/sim';
import { createWaitQueue, setDisposition, SIGNALS, takeTrapped, threadsOf } from '@dmsim/sim';

import type { Daemon } from './daemon.ts';
import { idleUntil, postState, scheduleReconfigure } from './daemon.ts';

const HANDLED: ReadonlySet<Signal> = new Set([
  SIGNALS.HUP,
  SIGNALS.INT,
  SIGNALS.USR1,
  SIGNALS.USR2,
  SIGNALS.PIPE,
  SIGNALS.TERM,
]);

/** All others are blocked, except those that nobody can block. */
export function initSignals(process: Process): void {
  for (const signal of Object.values(SIGNALS)) {
    if (signal === SIGNALS.KILL || signal === SIGNALS.STOP) continue;
    setDisposition(process, signal, HANDLED.has(signal) ? 'trap' : 'ignore');
  }
}

/** The thread in which signals are not blocked. */
export function* takeSignals(self: Process, daemon: Daemon): Task<number> {
  const threads = threadsOf(self);
  const nothing = createWaitQueue('signals for multipathd');
  threads.handler = self;
  for (;;) {
    for (const process of [threads.leader, self]) {
      for (let s = takeTrapped(process); s !== undefined; s = takeTrapped(process)) {
        handleSignal(daemon, s);
      }
    }
    if (daemon.state === 'shutdown') return 0;
    yield* idleUntil(daemon, nothing, () => self.pending.length > 0);
  }
}

function handleSignal(daemon: Daemon, signal: Signal): void {
  if (daemon.endsWhenWoken) return postState(daemon, 'shutdown');
  switch (signal) {
    case SIGNALS.PIPE:
      // Blocked by none of its threads, it rarely comes to the one that would act on it.
      daemon.endsWhenWoken = true;
      return;
    case SIGNALS.INT:
    case SIGNALS.TERM:
      daemon.log.put(3, 'exit (signal)');
      return postState(daemon, 'shutdown');
    case SIGNALS.HUP:
      daemon.log.put(3, 'reconfigure (signal)');
      return scheduleReconfigure(daemon, 'weak');
    case SIGNALS.USR1:
      return daemon.log.put(3, 'reset log (signal)');
    default:
  }
}
