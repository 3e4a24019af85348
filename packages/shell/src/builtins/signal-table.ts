// signal-table.ts — The signals as `kill -l` and `trap -l` list them, five in a line. Mirrors bash's builtins/common.c: display_signal_list.
import type { Signal } from '@dmsim/sim';
import { NotSupported, parseSignal } from '@dmsim/sim';

import type { Shell } from '../shell.ts';

/** By their numbers, from 1 on. */
const NAMES =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG ' +
  'XCPU XFSZ VTALRM PROF WINCH IO PWR SYS';
const ORDINARY: readonly string[] = NAMES.split(' ');

/** The last one; 32 and 33 are the C library's own. */
const LAST = 64;
const PER_LINE = 5;

export function signalTable(): string {
  const cells: string[] = [];
  for (let signal = 1; signal <= LAST; signal++) {
    if (signal === 32 || signal === 33) continue;
    cells.push(`${String(signal).padStart(2)}) SIG${nameOf(signal)}`);
  }
  let text = '';
  for (const [i, cell] of cells.entries()) text += cell + ((i + 1) % PER_LINE === 0 ? '\n' : '\t');
  return `${text}\n`;
}

/** Half of the real-time signals count from the first one, half back from the last. */
function nameOf(signal: number): string {
  if (signal < 34) return ORDINARY[signal - 1] ?? '';
  if (signal === 34 || signal === 64) return signal === 34 ? 'RTMIN' : 'RTMAX';
  return signal < 50 ? `RTMIN+${signal - 34}` : `RTMAX-${64 - signal}`;
}

/** The name of a signal, or of the one that ended a process with this status; 0 is the trap EXIT. */
export function nameOfStatus(status: number): string | undefined {
  const signal = status > 128 ? status - 128 : status;
  if (signal === 0) return 'EXIT';
  return signal > LAST || nameOf(signal) === '' ? undefined : nameOf(signal);
}

/** The traps that are no signals have the numbers after those of the signals. */
const OF_TRAPS: readonly string[] = ['DEBUG', 'ERR', 'RETURN'];

export function numberOfSignal(word: string): number | undefined {
  const upper = word.toUpperCase();
  const name = upper.replace(/^SIG/, '');
  if (upper === 'EXIT') return 0;
  if (OF_TRAPS.includes(upper)) return LAST + 1 + OF_TRAPS.indexOf(upper);
  for (let signal = 1; signal <= LAST; signal++) if (nameOf(signal) === name) return signal;
  return undefined;
}

/** The signal of a name or number. Those for terminals and real-time ones are refused by name; undefined if it is no signal. */
export function findSignal({ file, line }: Shell, word: string): Signal | undefined {
  const signal = parseSignal(word);
  if (signal !== undefined) return signal;
  const number = /^\d+$/.test(word) ? Number(word) : numberOfSignal(word);
  if (number === undefined || number === 0 || number > LAST) return undefined;
  throw new NotSupported(file, line, `signal ${word}`);
}
