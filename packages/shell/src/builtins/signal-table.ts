// signal-table.ts — The signals as `kill -l` and `trap -l` list them, five in a line. Mirrors bash's builtins/common.c: display_signal_list.
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
