// tool.ts — One run of an ordinary program: its arguments, its output, the files it opened, and how it fails.
import { binaryOf, decodeBytes, fromBinary, textOf } from '@dmsim/libc';
import type { Errno, Process, Task } from '@dmsim/sim';
import { checkSignals, millis, strerror, userWait, vary } from '@dmsim/sim';
import type { OpenFile, Program, ProgramContext } from '@dmsim/vfs';
import { ready } from '@dmsim/vfs';

import { Output, WriteError, writeAll } from './output.ts';

export interface Tool {
  readonly context: ProgramContext;
  readonly process: Process;
  /** As it was called: what messages start with. */
  readonly name: string;
  /** Without argv[0]; binary strings. */
  readonly args: readonly string[];
  readonly out: Output;
  /** Whether the locale's charset is UTF-8: ‘x’ and 'x' in messages differ by it. */
  readonly utf8: boolean;
  /** What it opened itself; released at the end, however it ends. */
  readonly opened: Set<OpenFile>;
  /** Reads and writes so far: now and then one takes time, or an endless loop would never end. */
  operations: number;
}

/** A binary string as a text with one unit for each character of the locale; stray bytes are lone surrogates (utf8.ts). */
export const charsOf = (t: Tool, binary: string): string =>
  t.utf8 ? textOf(binary) : decodeBytes(fromBinary(binary));

/** Ends the program: `message` goes to standard error as it is. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** What a program says when its standard output fails, and its status then; `reason` is strerror's. */
export interface WriteFailure {
  readonly text: (reason: string) => string;
  readonly status: number;
}

const WRITE_FAILURE: WriteFailure = { text: (reason) => `write error: ${reason}`, status: 1 };

/** Wraps a program's main: buffering, messages and exit status, as stdio and exit(3) do it. */
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

/** Of characters: the first of these variables that is not empty says it. */
function localeOf(env: ProgramContext['env']): string {
  for (const name of ['LC_ALL', 'LC_CTYPE', 'LANG']) {
    const value = env.get(name) ?? '';
    if (value !== '') return value;
  }
  return '';
}

function* reportFailure(t: Tool, error: unknown): Task<number> {
  if (!(error instanceof Failure)) throw error;
  try {
    yield* t.out.flush();
  } catch (late) {
    if (!(late instanceof WriteError)) throw late;
  }
  yield* complain(t, error.message);
  return error.status;
}

/** To standard error, as it is. */
export function* complain(t: Tool, text: string): Task<void> {
  yield* writeAll(t.process, t.context.fds.get(2), fromBinary(text));
}

/** `name: message` on standard error, after what is buffered for standard output (as error(3) does). */
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

/** A wrong call: `name: message`, and where to read more. */
export function failUsage(t: Tool, message: string, status = 1): never {
  const said = message === '' ? '' : `${t.name}: ${message}\n`;
  throw new Failure(`${said}Try '${t.name} --help' for more information.\n`, status);
}

/** `quote()` of gnulib: ‘x’ in UTF-8 locales, 'x' elsewhere. */
export function quote(t: Tool, text: string): string {
  return t.utf8 ? `\xe2\x80\x98${text}\xe2\x80\x99` : `'${text}'`;
}

/** `quoteaf()`: as the shell would need it, always in quotes. */
export function quoteShell(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  return /[$`"\\!]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`;
}

/** `quotef()`: as it is, unless a shell would see something else in it. */
export function quoteIfNeeded(text: string): string {
  return text === '' || /[\s'"\\$`*?[<>|&;!()^=]|^[#~]|^[{}]$/.test(text) ? quoteShell(text) : text;
}

/** Of reads and writes of a block: about what they cost on Linux. */
const OPERATIONS_PER_MILLISECOND = 100;

/** Called before each read, and each write of an endless writer: a busy loop must let time pass. */
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
