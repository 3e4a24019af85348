// signal-text.ts — bash's descriptions of the signals that kill processes.
import type { Signal } from '@dmsim/sim';
import { SIGNALS } from '@dmsim/sim';

const TEXTS: Readonly<Partial<Record<Signal, string>>> = {
  [SIGNALS.HUP]: 'Hangup',
  [SIGNALS.INT]: 'Interrupt',
  [SIGNALS.QUIT]: 'Quit',
  [SIGNALS.ABRT]: 'Aborted',
  [SIGNALS.KILL]: 'Killed',
  [SIGNALS.USR1]: 'User defined signal 1',
  [SIGNALS.USR2]: 'User defined signal 2',
  [SIGNALS.PIPE]: 'Broken pipe',
  [SIGNALS.ALRM]: 'Alarm clock',
  [SIGNALS.TERM]: 'Terminated',
};

export const signalText = (signal: Signal): string => TEXTS[signal] ?? `Signal ${signal}`;
