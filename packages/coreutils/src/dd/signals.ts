// signals.ts — The signals of dd: SIGUSR1 prints statistics, SIGINT prints them and ends dd.
import type { Errno, Task } from '@dmsim/sim';
import { checkSignals, sendSignal, setDisposition, SIGNALS, takeTrapped } from '@dmsim/sim';

import type { Copy } from './copy-state.ts';
import { printStatistics } from './statistics.ts';

/** A signal that dd was started to ignore stays ignored. */
export function handleSignals({ t: { process } }: Copy): void {
  for (const signal of [SIGNALS.USR1, SIGNALS.INT]) {
    if (!process.dispositions.has(signal)) setDisposition(process, signal, 'trap');
  }
}

/** Called before each read and write (process_signals). */
export function* processSignals(copy: Copy): Task<void> {
  const { process } = copy.t;
  if (process.pending.length === 0) return;
  for (;;) {
    const signal = takeTrapped(process);
    if (signal === undefined) return;
    yield* printStatistics(copy);
    if (signal !== SIGNALS.INT) continue;
    setDisposition(process, signal, undefined);
    sendSignal(process, signal);
    checkSignals(process);
  }
}

/** Makes a system call, and makes it again whenever a signal interrupts it (iread, iwrite). */
export function* uninterrupted<T>(copy: Copy, call: () => Task<T | Errno>): Task<T | Errno> {
  for (;;) {
    yield* processSignals(copy);
    const result = yield* call();
    if (result !== 'EINTR') return result;
  }
}
