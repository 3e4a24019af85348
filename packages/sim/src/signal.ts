// signal.ts — Signals, as far as shells and tools use them.

export const SIGNALS = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
} as const;

export type SignalName = keyof typeof SIGNALS;
export type Signal = (typeof SIGNALS)[SignalName];

/** Parses `TERM`, `SIGTERM`, `term` or `15`; undefined for anything else. */
export function parseSignal(word: string): Signal | undefined {
  if (/^\d+$/.test(word)) return Object.values(SIGNALS).find((n) => n === Number(word));
  const name = word.toUpperCase().replace(/^SIG/, '');
  return name in SIGNALS ? SIGNALS[name as SignalName] : undefined;
}

export function signalName(signal: Signal): SignalName {
  return Object.entries(SIGNALS).find(([, n]) => n === signal)?.[0] as SignalName;
}

/** Thrown into the code of a process that a signal ends, whose status becomes 128 + signal. */
export class Killed extends Error {
  override readonly name = 'Killed';
  readonly signal: Signal;
  constructor(signal: Signal) {
    super(`killed by SIG${signalName(signal)}`);
    this.signal = signal;
  }
}
