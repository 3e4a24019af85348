// signal.ts — Signals, as far as shells and tools use them.

export const SIGNALS = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  PWR: 30,
  SYS: 31,
} as const;

export type SignalName = keyof typeof SIGNALS;
export type Signal = (typeof SIGNALS)[SignalName];

/** Those that end no process which does not care. */
export const IGNORED_BY_DEFAULT: ReadonlySet<Signal> = new Set([
  SIGNALS.CHLD,
  SIGNALS.CONT,
  SIGNALS.URG,
  SIGNALS.WINCH,
]);

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
