// disposition.ts — What a process does when a signal comes, and what of that its children and the next program inherit.
import type { Signal } from './signal.ts';

/**
 * How a process reacts to a signal. `'trap'` leaves it pending for the program; without an entry the default action is taken.
 * `'ignoreAlone'` is ignored by this process, but not by its children nor by a program that replaces it, which the shell sees to.
 */
export type Disposition = 'ignore' | 'ignoreAlone' | 'trap';

interface WithDispositions {
  dispositions: ReadonlyMap<Signal, Disposition>;
}

export const DEFAULT_DISPOSITIONS: ReadonlyMap<Signal, Disposition> = new Map();

/** exec resets handlers, but ignored signals stay ignored. */
export function inherited(
  dispositions: ReadonlyMap<Signal, Disposition>,
): ReadonlyMap<Signal, Disposition> {
  for (const disposition of dispositions.values()) {
    if (disposition !== 'ignore')
      return new Map([...dispositions].filter(([, what]) => what === 'ignore'));
  }
  return dispositions;
}

/** Lets the program that replaces the process's own, and its children, ignore what this process alone ignores. */
export function keepIgnoring(process: WithDispositions): void {
  for (const [signal, how] of process.dispositions)
    if (how === 'ignoreAlone') setDisposition(process, signal, 'ignore');
}

/** exec: the program that replaces the process's own has no handlers yet. */
export function resetHandlers(process: WithDispositions): void {
  process.dispositions = inherited(process.dispositions);
}

/** sigaction(). `undefined` restores the default action. */
export function setDisposition(
  process: WithDispositions,
  signal: Signal,
  disposition: Disposition | undefined,
): void {
  const changed = new Map(process.dispositions);
  if (disposition === undefined) changed.delete(signal);
  else changed.set(signal, disposition);
  process.dispositions = changed;
}
