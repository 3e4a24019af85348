// lines.ts — Opens the input files of programs, and reads them as a whole or by lines.
import { toBinary } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import { openPath } from './paths.ts';
import type { Tool } from './tool.ts';
import { breathe } from './tool.ts';

/** The bytes that stdio reads at once. */
const BLOCK = 4096;

/** Opens an input file; `-` is standard input. A directory can be opened, but not read, as with open(2) and read(2). */
export function* openInput(t: Tool, name: string): Task<OpenFile | Errno> {
  const file =
    name === '-'
      ? (t.context.fds.get(0) ?? 'EBADF')
      : yield* openPath(t, name, { read: true, write: false });
  if (typeof file !== 'string' && FROM_FRONT_TO_BACK.has(t.name)) file.advise('sequential');
  return file;
}

/** These tell the kernel that they will read all of their input (posix_fadvise). */
const FROM_FRONT_TO_BACK: ReadonlySet<string> = new Set(
  'base64 cat cksum comm cp cut fold md5sum nl paste sha1sum sha224sum sha256sum sha384sum sha512sum sort uniq wc'.split(
    ' ',
  ),
);

/** Closes a file that `openInput` opened; standard input stays open. */
export function closeFile(t: Tool, file: OpenFile): void {
  if (t.opened.delete(file)) file.release(t.process);
}

export function* readBytes(t: Tool, file: OpenFile, max: number = BLOCK): Task<Uint8Array | Errno> {
  yield* breathe(t);
  return yield* file.read(t.process, max);
}

/** Reads to the end of the file. */
export function* readWhole(
  t: Tool,
  file: OpenFile,
  block = 65536,
): Task<string | { errno: Errno }> {
  const parts: string[] = [];
  let size = 0;
  for (;;) {
    const bytes = yield* readBytes(t, file, block);
    if (typeof bytes === 'string') return { errno: bytes };
    if (bytes.length === 0) return parts.join('');
    size += bytes.length;
    withinLimit(t.process.sim.limits, 'textLength', size);
    parts.push(toBinary(bytes));
  }
}

export interface LineOptions {
  /** The character that ends a line. @defaultValue newline */
  readonly delimiter?: string;
  /** The bytes to read at once. */
  readonly block?: number;
  /** From the first block on that has a NUL, the file is binary, and a NUL ends a line, too. @defaultValue false */
  readonly nulEnds?: boolean;
}

/** Reads a file line by line, in blocks, through the file's own read; nothing is read before it is asked for. */
export class LineReader {
  readonly #t: Tool;
  readonly #file: OpenFile;
  readonly #delimiter: string;
  readonly #block: number;
  readonly #nulEnds: boolean;
  /** Whether a block had a NUL, if NULs end lines. */
  binary = false;
  #buffer = '';
  #at = 0;
  #ended = false;
  /** The error that ended reading early. */
  error: Errno | undefined = undefined;
  /** Whether the last returned line had a newline. */
  terminated = true;

  constructor(
    t: Tool,
    file: OpenFile,
    { delimiter = '\n', block = BLOCK, nulEnds = false }: LineOptions = {},
  ) {
    this.#t = t;
    this.#file = file;
    this.#delimiter = delimiter;
    this.#block = block;
    this.#nulEnds = nulEnds;
  }

  /** Returns the next line without its newline; undefined at the end. */
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
    else this.#buffer += this.#nulEnds ? this.#withLines(bytes) : toBinary(bytes);
    withinLimit(this.#t.process.sim.limits, 'textLength', this.#buffer.length);
  }

  /** zap_nuls */
  #withLines(bytes: Uint8Array): string {
    this.binary ||= bytes.includes(0);
    const text = toBinary(bytes);
    return this.binary ? text.replaceAll('\0', this.#delimiter) : text;
  }

  /** Whether no line is left. This may read a block to find out. */
  *atEnd(): Task<boolean> {
    while (this.#at >= this.#buffer.length) {
      if (this.#ended) return true;
      yield* this.#fill();
    }
    return false;
  }

  /** In a seekable file, seeks back behind the last returned line, so that the next reader continues there. */
  unread(): void {
    const ahead = this.#buffer.length - this.#at;
    if (ahead > 0) this.#file.seek(-ahead, 'current');
    this.#buffer = '';
    this.#at = 0;
    this.#ended = true;
  }
}
