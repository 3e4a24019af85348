// lines.ts — Input files of programs, and reading them line by line.
import { toBinary } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import { openPath } from './paths.ts';
import type { Tool } from './tool.ts';
import { breathe } from './tool.ts';

/** What stdio asks a file for at a time. */
const BLOCK = 4096;

/** `-` is standard input. A directory opens and can't be read, as with open(2) and read(2). */
export function* openInput(t: Tool, name: string): Task<OpenFile | Errno> {
  if (name === '-') return t.context.fds.get(0) ?? 'EBADF';
  return yield* openPath(t, name, { read: true, write: false });
}

/** Standard input stays open. */
export function closeFile(t: Tool, file: OpenFile): void {
  if (t.opened.delete(file)) file.release(t.process);
}

export function* readBytes(t: Tool, file: OpenFile, max: number = BLOCK): Task<Uint8Array | Errno> {
  yield* breathe(t);
  return yield* file.read(t.process, max);
}

/** All there is. */
export function* readWhole(t: Tool, file: OpenFile): Task<string | { errno: Errno }> {
  const parts: string[] = [];
  let size = 0;
  for (;;) {
    const bytes = yield* readBytes(t, file, 65536);
    if (typeof bytes === 'string') return { errno: bytes };
    if (bytes.length === 0) return parts.join('');
    size += bytes.length;
    withinLimit(t.process.sim.limits, 'textLength', size);
    parts.push(toBinary(bytes));
  }
}

export interface LineOptions {
  /** What ends a line. @defaultValue newline */
  readonly delimiter?: string;
  /** How much is read at a time. */
  readonly block?: number;
}

export class LineReader {
  readonly #t: Tool;
  readonly #file: OpenFile;
  readonly #delimiter: string;
  readonly #block: number;
  #buffer = '';
  #at = 0;
  #ended = false;
  /** Why reading ended early. */
  error: Errno | undefined = undefined;
  /** Whether the line returned last had its newline. */
  terminated = true;

  constructor(t: Tool, file: OpenFile, { delimiter = '\n', block = BLOCK }: LineOptions = {}) {
    this.#t = t;
    this.#file = file;
    this.#delimiter = delimiter;
    this.#block = block;
  }

  /** Without its newline; undefined at the end. */
  *next(): Task<string | undefined> {
    let from = this.#at;
    for (;;) {
      const end = this.#buffer.indexOf(this.#delimiter, from);
      if (end >= 0) {
        const line = this.#buffer.slice(this.#at, end);
        this.#at = end + 1;
        this.terminated = true;
        return line;
      }
      if (this.#ended) return this.#rest();
      from = this.#buffer.length - this.#at;
      yield* this.#fill();
    }
  }

  #rest(): string | undefined {
    if (this.#at >= this.#buffer.length) return undefined;
    const line = this.#buffer.slice(this.#at);
    this.#at = this.#buffer.length;
    this.terminated = false;
    return line;
  }

  *#fill(): Task<void> {
    const bytes = yield* readBytes(this.#t, this.#file, this.#block);
    this.#buffer = this.#buffer.slice(this.#at);
    this.#at = 0;
    if (typeof bytes === 'string') this.error = bytes;
    if (typeof bytes === 'string' || bytes.length === 0) this.#ended = true;
    else this.#buffer += toBinary(bytes);
    withinLimit(this.#t.process.sim.limits, 'textLength', this.#buffer.length);
  }

  /** Whether no line is left; may have to read to know. */
  *atEnd(): Task<boolean> {
    while (this.#at >= this.#buffer.length) {
      if (this.#ended) return true;
      yield* this.#fill();
    }
    return false;
  }

  /** Gives back what was read ahead, where the file can seek: the next reader goes on after the last line. */
  unread(): void {
    const ahead = this.#buffer.length - this.#at;
    if (ahead > 0) this.#file.seek(-ahead, 'current');
    this.#buffer = '';
    this.#at = 0;
    this.#ended = true;
  }
}
