// time.ts — What the keyword `time` prints, in the form of $TIMEFORMAT. Mirrors bash's execute_cmd.c: print_formatted_time.
import type { Nanos, Task } from '@dmsim/sim';

import { printError } from '../messages.ts';
import { getParameter } from '../parameters.ts';
import type { Shell } from '../shell.ts';

const BASH_FORMAT = '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS';
const POSIX_FORMAT = 'real %2R\nuser %2U\nsys %2S';

/** Commands take virtual time and no processor time. */
export function* printTimes(shell: Shell, elapsed: Nanos, posix: boolean): Task<void> {
  const format = posix ? POSIX_FORMAT : (getParameter(shell, 'TIMEFORMAT') ?? BASH_FORMAT);
  if (format === '') return;
  const text = format.replaceAll(/%(?:%|[0-3]?l?[RUS]|P)/g, (directive) =>
    show(directive, elapsed),
  );
  yield* printError(shell, `${text}\n`);
}

/** `%%`, `%P`, or `%`, digits, `l` for minutes and seconds, and whose time: R, U or S. */
function show(directive: string, elapsed: Nanos): string {
  if (directive === '%%') return '%';
  if (directive === '%P') return '0.00';
  const digits = /\d/.exec(directive)?.[0] ?? '3';
  return timeText(directive.endsWith('R') ? elapsed : 0, Number(digits), directive.includes('l'));
}

function timeText(time: Nanos, digits: number, long: boolean): string {
  const thousandths = Math.floor(time / 1e6);
  const seconds = Math.floor(thousandths / 1000);
  const fraction = String(thousandths % 1000)
    .padStart(3, '0')
    .slice(0, digits);
  const shown = long ? `${Math.floor(seconds / 60)}m${seconds % 60}` : String(seconds);
  return `${shown}${digits > 0 ? `.${fraction}` : ''}${long ? 's' : ''}`;
}
