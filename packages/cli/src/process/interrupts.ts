// interrupts.ts — Turns the signals that end dmsim into a flag. A command that runs a lab reads it between two pieces, and ends properly.

export type Interrupt = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT';

const INTERRUPTS: readonly Interrupt[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

let seen: Interrupt | null = null;

const listeners: ((signal: Interrupt) => void)[] = [];

/** From now on these signals end nothing by themselves. Node.js delivers them only while its event loop turns. */
export function catchInterrupts(onSignal: (signal: Interrupt) => void = () => undefined): void {
  listeners.push(onSignal);
  if (listeners.length > 1) return;
  for (const signal of INTERRUPTS) {
    process.on(signal, () => {
      seen ??= signal;
      for (const listener of listeners) listener(signal);
    });
  }
  // The supervisor is gone: no one waits for the result.
  process.on('disconnect', () => (seen ??= 'SIGHUP'));
  process.channel?.unref();
}

/** The first that came, if one did. */
export const interrupted = (): Interrupt | null => seen;

/** Ends this process as the signal would have. */
export function dieOf(signal: Interrupt | 'SIGPIPE'): void {
  // A listener that is taken away again leaves the default action, even for SIGPIPE, which Node.js ignores.
  process.on(signal, () => undefined);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Lets the event loop turn once. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
