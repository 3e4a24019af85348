// tool.ts — The state of one run of a program: arguments, output and open files; and how a program fails.
import { binaryOf, decodeBytes, fromBinary, textOf } from '@dmsim/libc';
import type { Errno, Process, Task } from '@dmsim/sim';
import { checkSignals, millis, strerror, userWait, vary } from '@dmsim/sim';
import type { OpenFile, Program, ProgramContext } from '@dmsim/vfs';
import { ready } from '@dmsim/vfs';

import { Output, WriteError, writeAll } from './output.ts';

export interface Tool {
  readonly context: ProgramContext;
  readonly process: Process;
  /** The name that the program was called by, and that its messages start with. */
  readonly name: string;
  /** The arguments without argv[0], as binary strings. */
  readonly args: readonly string[];
  readonly out: Output;
  /** Whether the locale's charset is UTF-8. Messages then quote ‘x’ instead of 'x'. */
  readonly utf8: boolean;
  /** The files that the program opened itself. They are released when it ends, for whatever reason. */
  readonly opened: Set<OpenFile>;
  /** Counts reads and writes. Every so many take time, since an endless loop would otherwise stop virtual time. */
  operations: number;
}

/** Decodes a binary string by the locale's charset; invalid bytes become lone surrogates (utf8.ts). */
export const charsOf = (t: Tool, binary: string): string =>
  t.utf8 ? textOf(binary) : decodeBytes(fromBinary(binary));

/** Ends the program. `message` goes to standard error unchanged. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly status: number;
  /** The message is written before what the program has printed and not yet flushed. */
  readonly overtakes: boolean;
  constructor(message: string, status: number, overtakes = false) {
    super(message);
    this.status = status;
    this.overtakes = overtakes;
  }
}

/** The message and exit status for a write error of standard output; `reason` is strerror's text. */
export interface WriteFailure {
  readonly text: (reason: string) => string;
  readonly status: number;
}

const WRITE_FAILURE: WriteFailure = { text: (reason) => `write error: ${reason}`, status: 1 };

/** Makes a program from its main function. Adds the buffering, messages and exit status of stdio and exit(3). */
export function tool(
  main: (t: Tool) => Task<number>,
  writeFailure: WriteFailure = WRITE_FAILURE,
): Program {
  return (context) => runTool(createTool(context), main, writeFailure);
}

function* runTool(
  t: Tool,
  main: (t: Tool) => Task<number>,
  writeFailure: WriteFailure,
): Task<number> {
  try {
    const status = yield* main(t);
    if (!t.out.empty) yield* t.out.flush();
    return status;
  } catch (error) {
    if (!(error instanceof WriteError)) return yield* reportFailure(t, error);
    yield* complain(t, `${t.name}: ${writeFailure.text(error.message)}\n`);
    return writeFailure.status;
  } finally {
    for (const file of t.opened) file.release(t.process);
    t.opened.clear();
  }
}

function createTool(context: ProgramContext): Tool {
  const { process, argv, env, fds } = context;
  return {
    context,
    process,
    name: binaryOf(argv[0] ?? ''),
    args: argv.slice(1).map(binaryOf),
    out: new Output(process, fds.get(1)),
    utf8: /utf-?8/i.test(localeOf(env)),
    opened: new Set(),
    operations: 0,
  };
}

/** Returns the locale for characters: the first of these variables that is not empty. */
function localeOf(env: ProgramContext['env']): string {
  for (const name of ['LC_ALL', 'LC_CTYPE', 'LANG']) {
    const value = env.get(name) ?? '';
    if (value !== '') return value;
  }
  return '';
}

function* reportFailure(t: Tool, error: unknown): Task<number> {
  if (!(error instanceof Failure)) throw error;
  if (error.overtakes) yield* complain(t, error.message);
  try {
    yield* t.out.flush();
  } catch (late) {
    if (!(late instanceof WriteError)) throw late;
  }
  if (!error.overtakes) yield* complain(t, error.message);
  return error.status;
}

/** Prints to standard error, unchanged. */
export function* complain(t: Tool, text: string): Task<void> {
  yield* writeAll(t.process, t.context.fds.get(2), fromBinary(text));
}

/** Prints `name: message` to standard error, after flushing standard output, as error(3) does. */
export function* warn(t: Tool, message: string): Task<void> {
  yield* t.out.flush();
  yield* complain(t, `${t.name}: ${message}\n`);
}

export function* warnErrno(t: Tool, what: string, errno: Errno): Task<void> {
  yield* warn(t, `${what}: ${strerror(errno)}`);
}

/** Ends the program with `name: message`. */
export function fail(t: Tool, message: string, status = 1): never {
  throw new Failure(`${t.name}: ${message}\n`, status);
}

/** Ends the program with `name: message` as err(3) does, which does not flush what the program has printed. */
export function err(t: Tool, message: string, status = 1): never {
  throw new Failure(`${t.name}: ${message}\n`, status, true);
}

/** Ends the program after a usage error, with `name: message` and the hint about --help. */
export function failUsage(t: Tool, message: string, status = 1): never {
  const said = message === '' ? '' : `${t.name}: ${message}\n`;
  throw new Failure(`${said}Try '${t.name} --help' for more information.\n`, status);
}

/** Quotes like gnulib's `quote()`: ‘x’ in UTF-8 locales, 'x' elsewhere. */
export function quote(t: Tool, text: string): string {
  return t.utf8 ? `\xe2\x80\x98${text}\xe2\x80\x99` : `'${text}'`;
}

/** Quotes for the shell, like gnulib's `quoteaf()`: always in quotes. */
export function quoteShell(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  return /[$`"\\!]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`;
}

/** Quotes for the shell, like gnulib's `quotef()`: only if the text has special characters, or a colon. */
export function quoteIfNeeded(text: string): string {
  return text === '' || /[\s'"\\$`*?[<>|&;!()^=:]|^[#~]|^[{}]$/.test(text)
    ? quoteShell(text)
    : text;
}

/** About the number of blocks that Linux reads or writes in a millisecond. */
const OPERATIONS_PER_MILLISECOND = 100;

/** Called before each read, and before each write of an endless writer, so that time passes in a busy loop. */
export function breathe(t: Tool): Task<unknown> {
  t.operations++;
  if (t.operations % OPERATIONS_PER_MILLISECOND !== 0) return ready(undefined);
  const timeout = vary(
    t.process.sim,
    millis(1),
    () => `${OPERATIONS_PER_MILLISECOND} operations of ${t.name}`,
  );
  return userWait(t.process, { on: 'the processor', queue: null, timeout });
}

export function* flushIfFull(t: Tool): Task<void> {
  if (t.out.full) yield* t.out.flush();
  checkSignals(t.process);
}
