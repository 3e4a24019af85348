// input.ts — Reads the lines of sed's input: all files as one stream, or each file separately (-s, -i).
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import { closeFile, LineReader, openInput } from '../lines.ts';
import { lookup } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { complain, Failure } from '../tool.ts';
import type { Outputs } from './outputs.ts';
import { beginInPlace, endInPlace } from './outputs.ts';
import type { RunOptions } from './run-options.ts';

export interface Input {
  readonly t: Tool;
  readonly options: RunOptions;
  readonly outputs: Outputs;
  readonly left: string[];
  file: OpenFile | undefined;
  reader: LineReader | undefined;
  /** The name of the current file; `-` for standard input. */
  name: string;
  line: number;
  /** How often lines began to be counted anew, as -s and -i do for each file. */
  section: number;
  /** Whether the current line had a newline. */
  terminated: boolean;
  /** The exit status: 2 after a file could not be read. */
  status: number;
}

export function createInput(t: Tool, options: RunOptions, outputs: Outputs): Input {
  return {
    t,
    options,
    outputs,
    left: [...options.names],
    file: undefined,
    reader: undefined,
    name: '-',
    line: 0,
    section: 0,
    terminated: true,
    status: 0,
  };
}

/** Returns the next line without its newline; undefined at the end of the input. */
export function* nextLine(input: Input): Task<string | undefined> {
  for (;;) {
    if (input.reader === undefined && !(yield* openNext(input))) return undefined;
    const line = yield* input.reader?.next() ?? nothing();
    if (line !== undefined) {
      if (input.reader?.terminated === false) yield* checkReader(input);
      input.line++;
      input.terminated = input.reader?.terminated ?? true;
      return line;
    }
    yield* closeCurrent(input);
  }
}

function* nothing(): Task<undefined> {
  return undefined;
}

function* openNext(input: Input): Task<boolean> {
  const { t, left, options } = input;
  for (;;) {
    const name = left.shift();
    if (name === undefined) return false;
    const node = name === '-' ? undefined : lookup(t, name);
    if (typeof node === 'object' && node.kind === 'directory') {
      if (options.suffix === undefined) yield* readFailure(t, name, 'EISDIR');
      yield* refuseFile(input, `couldn't edit ${name}: not a regular file`, 4);
      continue;
    }
    const file = yield* openInput(t, name);
    if (typeof file === 'string') {
      yield* refuseFile(input, `can't read ${name}: ${strerror(file)}`, 2);
      continue;
    }
    input.file = file;
    input.name = name;
    input.reader = new LineReader(t, file, { delimiter: options.delimiter });
    if (options.separate) {
      input.line = 0;
      input.section++;
    }
    if (options.suffix !== undefined && name !== '-') beginInPlace(input.outputs);
    return true;
  }
}

function* refuseFile(input: Input, why: string, status: number): Task<void> {
  input.status = status;
  yield* input.t.out.flush();
  yield* complain(input.t, `${input.t.name}: ${why}\n`);
}

/** Ends sed. Its output so far is still in the buffer, and comes after the message. */
function* readFailure(t: Tool, name: string, errno: Errno): Task<never> {
  yield* complain(t, `${t.name}: read error on ${name}: ${strerror(errno)}\n`);
  throw new Failure('', 4);
}

function* checkReader({ t, reader, name }: Input): Task<void> {
  if (reader?.error !== undefined)
    yield* readFailure(t, name === '-' ? 'stdin' : name, reader.error);
}

function* closeCurrent(input: Input): Task<void> {
  const { t, file, name, options } = input;
  yield* checkReader(input);
  if (file !== undefined) closeFile(t, file);
  input.file = undefined;
  input.reader = undefined;
  if (options.suffix !== undefined && name !== '-')
    yield* endInPlace(input.outputs, name, options.suffix);
}

/** Whether this is the last line; with -s or -i, of its file, unless `anyFile` asks about all files. */
export function* isLastLine(
  input: Input,
  { anyFile = false }: { readonly anyFile?: boolean } = {},
): Task<boolean> {
  if (input.reader !== undefined && !(yield* input.reader.atEnd())) return false;
  yield* checkReader(input);
  if (input.options.separate && !anyFile) return true;
  if (input.options.separate) return input.left.length === 0;
  // Missing and empty files have no lines, so the next ones must be checked too.
  while (input.left.length > 0) {
    const terminated = input.terminated;
    const { name, line } = input;
    yield* closeCurrent(input);
    if (!(yield* openNext(input))) {
      Object.assign(input, { name, line });
      return true;
    }
    Object.assign(input, { line, terminated });
    if (input.reader !== undefined && !(yield* input.reader.atEnd())) return false;
  }
  return true;
}

/** Handles the lines that q leaves unread: -i copies them; otherwise a seekable file seeks back to them. */
export function* finishInput(input: Input): Task<void> {
  const { reader, options, outputs } = input;
  if (reader === undefined) return;
  if (options.suffix === undefined) {
    reader.unread();
    return;
  }
  for (;;) {
    const line = yield* reader.next();
    if (line === undefined) break;
    outputs.put(line + (reader.terminated ? options.delimiter : ''));
  }
  yield* closeCurrent(input);
}
