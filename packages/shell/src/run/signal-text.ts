// signal-text.ts — bash's descriptions of the signals that kill processes.
import type { Signal } from '@dmsim/sim';
import { SIGNALS } from '@dmsim/sim';

const TEXTS: Readonly<Partial<Record<Signal, string>>> = {
  [SIGNALS.HUP]: 'Hangup',
  [SIGNALS.INT]: 'Interrupt',
  [SIGNALS.QUIT]: 'Quit',
  [SIGNALS.ILL]: 'Illegal instruction',
  [SIGNALS.TRAP]: 'Trace/breakpoint trap',
  [SIGNALS.ABRT]: 'Aborted',
  [SIGNALS.BUS]: 'Bus error',
  [SIGNALS.FPE]: 'Floating point exception',
  [SIGNALS.KILL]: 'Killed',
  [SIGNALS.USR1]: 'User defined signal 1',
  [SIGNALS.SEGV]: 'Segmentation fault',
  [SIGNALS.USR2]: 'User defined signal 2',
  [SIGNALS.PIPE]: 'Broken pipe',
  [SIGNALS.ALRM]: 'Alarm clock',
  [SIGNALS.TERM]: 'Terminated',
  [SIGNALS.STKFLT]: 'Stack fault',
  [SIGNALS.XCPU]: 'CPU time limit exceeded',
  [SIGNALS.XFSZ]: 'File size limit exceeded',
  [SIGNALS.VTALRM]: 'Virtual timer expired',
  [SIGNALS.PROF]: 'Profiling timer expired',
  [SIGNALS.IO]: 'I/O possible',
  [SIGNALS.PWR]: 'Power failure',
  [SIGNALS.SYS]: 'Bad system call',
};

export const signalText = (signal: Signal): string => TEXTS[signal] ?? `Signal ${signal}`;
