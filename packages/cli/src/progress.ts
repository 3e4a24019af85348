// progress.ts — Shows the progress of a long run in one line on a terminal. The line is erased before anything else is written there.
import { isatty } from 'node:tty';

import { standardErrorFd, writeAll } from './process/standard-streams.ts';

export interface Progress {
  /** Shows the line, if it is time to. */
  tell(line: string): void;
  /** Takes the line away. */
  clear(): void;
}

/** The time before a run counts as long, and the time between two changes of the line. */
const LONG_MS = 2000;
const EVERY_MS = 500;

/** On a narrow terminal the line is cut: it could not be written over if it went on in the next one. */
const UNWRAPPED = '\u001B[?7l';
const WRAPPED = '\u001B[?7h';

const toStandardError = (text: string): void => writeAll(2, new TextEncoder().encode(text));

export function createProgress(): Progress {
  if (!isatty(standardErrorFd())) return { tell: () => undefined, clear: () => undefined };
  let due = clock() + LONG_MS;
  let shown = false;
  return {
    tell(line) {
      const now = clock();
      if (now < due) return;
      due = now + EVERY_MS;
      shown = true;
      toStandardError(`\r\u001B[K${UNWRAPPED}dmsim: ${line}${WRAPPED}`);
    },
    clear() {
      if (shown) toStandardError('\r\u001B[K');
      shown = false;
    },
  };
}

const clock = (): number => Number(process.hrtime.bigint() / 1_000_000n);
