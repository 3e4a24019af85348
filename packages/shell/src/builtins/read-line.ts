// read-line.ts — Reads one line from a file, byte by byte as bash does, so that other readers find the rest.
import { decodeBytes } from '@dmsim/libc';
import type { Disposition, Errno, Process, Task, Timer } from '@dmsim/sim';
import {
  createTimer,
  deleteTimer,
  modTimer,
  seconds,
  sendSignal,
  setDisposition,
  SIGNALS,
  withinLimit,
} from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import { handleSignals } from '../run/trap.ts';
import type { Shell } from '../shell.ts';

export interface LineOptions {
  /** The byte that ends the line. */
  readonly delimiter: number;
  /** A backslash quotes the delimiter. The text keeps both, for the caller to unquote. */
  readonly escapes: boolean;
  readonly maxBytes: number;
  /** In seconds. @defaultValue Infinity */
  readonly timeout?: number;
}

export interface Line {
  readonly text: string;
  /** True if the delimiter ended the line, false if the end of the file did. */
  readonly ended: boolean;
  readonly error: Errno | undefined;
  readonly timedOut: boolean;
}

interface Gathered {
  readonly bytes: number[];
  /** How many of the bytes are backslashes that quote. */
  quoting: number;
  /** The last byte was a backslash that quotes the next one. */
  escaped: boolean;
}

const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const CHUNK = 512;

export function* readLine(shell: Shell, file: OpenFile, options: LineOptions): Task<Line> {
  const { timeout = Infinity } = options;
  if (timeout === Infinity) return yield* readBytes(shell, file, options, null);
  const alarm = startAlarm(shell.process, timeout);
  try {
    return yield* readBytes(shell, file, options, alarm);
  } finally {
    stopAlarm(shell.process, alarm);
  }
}

/** The time limit of one `read`, as SIGALRM. */
interface Alarm {
  readonly timer: Timer;
  readonly disposition: Disposition | undefined;
  isOver: boolean;
}

function startAlarm(process: Process, timeout: number): Alarm {
  const alarm: Alarm = {
    timer: createTimer(process.sim, {
      name: 'the time-out of read',
      owner: process,
      fire: () => {
        alarm.isOver = true;
        sendSignal(process, SIGNALS.ALRM);
      },
    }),
    disposition: process.dispositions.get(SIGNALS.ALRM),
    isOver: false,
  };
  setDisposition(process, SIGNALS.ALRM, 'trap');
  modTimer(alarm.timer, seconds(timeout));
  return alarm;
}

function stopAlarm(process: Process, { timer, disposition }: Alarm): void {
  deleteTimer(timer);
  const at = process.pending.indexOf(SIGNALS.ALRM);
  if (at >= 0) process.pending.splice(at, 1);
  setDisposition(process, SIGNALS.ALRM, disposition);
}

function* readBytes(
  shell: Shell,
  file: OpenFile,
  options: LineOptions,
  alarm: Alarm | null,
): Task<Line> {
  const position = file.seek(0, 'current');
  // In a seekable file it reads a larger chunk at once, then seeks back behind the line.
  const chunk = typeof position === 'number' ? CHUNK : 1;
  const line: Gathered = { bytes: [], quoting: 0, escaped: false };
  let total = 0;
  for (;;) {
    const part = yield* readSome(shell, file, chunk, alarm);
    if (part === null) return { ...finish(line, false, undefined), timedOut: true };
    if (typeof part === 'string') return finish(line, false, part);
    if (part.length === 0) return finish(line, false, undefined);
    total += part.length;
    // bash would read an endless line for ever.
    withinLimit(shell.sim.limits, 'textLength', total);
    for (const [i, byte] of part.entries()) {
      if (!take(line, byte, options)) continue;
      giveBack(file, part.length - i - 1);
      return finish(line, true, undefined);
    }
  }
}

/** Adds a byte to the line; true if the line ends with it. */
function take(line: Gathered, byte: number, options: LineOptions): boolean {
  const { delimiter, escapes, maxBytes } = options;
  if (byte === delimiter && !line.escaped) return true;
  if (line.escaped && byte === NEWLINE) {
    line.bytes.pop();
    line.quoting--;
  } else if (byte !== 0) line.bytes.push(byte);
  line.escaped = escapes && byte === BACKSLASH && !line.escaped;
  if (line.escaped) line.quoting++;
  return line.bytes.length - line.quoting >= maxBytes;
}

function giveBack(file: OpenFile, count: number): void {
  if (count > 0) file.seek(-count, 'current');
}

const finish = ({ bytes }: Gathered, ended: boolean, error: Errno | undefined): Line => ({
  text: decodeBytes(Uint8Array.from(bytes)),
  ended,
  error,
  timedOut: false,
});

/** Null if the time is over. */
function* readSome(
  shell: Shell,
  file: OpenFile,
  max: number,
  alarm: Alarm | null,
): Task<Uint8Array | Errno | null> {
  for (;;) {
    const part = yield* file.read(shell.process, max);
    if (part !== 'EINTR') return part;
    if (alarm?.isOver === true) return null;
    yield* handleSignals(shell);
  }
}
