// output.ts — Buffers standard output like stdio, which writes when a block is full, and at the end.
import { fromBinary } from '@dmsim/libc';
import type { Errno, Process, Task } from '@dmsim/sim';
import { checkSignals, strerror } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

/** st_blksize of pipes and tmpfs. */
const BLOCK = 4096;

/** Writing to standard output failed. The program reports it and ends. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  readonly errno: Errno;
  constructor(errno: Errno) {
    super(strerror(errno));
    this.errno = errno;
  }
}

/** `put` never waits, so a program that writes in a loop must check `full` and call `flush`. */
export class Output {
  readonly #process: Process;
  readonly #file: OpenFile | undefined;
  #parts: string[] = [];
  #size = 0;

  constructor(process: Process, file: OpenFile | undefined) {
    this.#process = process;
    this.#file = file;
  }

  put(text: string): void {
    this.#parts.push(text);
    this.#size += text.length;
  }

  get empty(): boolean {
    return this.#size === 0;
  }

  get full(): boolean {
    return this.#size >= BLOCK;
  }

  *flush(): Task<void> {
    if (this.#size === 0) return;
    const text = this.#parts.join('');
    this.#parts = [];
    this.#size = 0;
    yield* this.write(fromBinary(text));
  }

  /** Writes directly, without the buffer. */
  *write(bytes: Uint8Array): Task<void> {
    const errno = yield* writeAll(this.#process, this.#file, bytes);
    if (errno !== undefined) throw new WriteError(errno);
  }
}

/** Writes everything. A pipe without readers ends the process, unless it ignores SIGPIPE. */
export function* writeAll(
  process: Process,
  file: OpenFile | undefined,
  bytes: Uint8Array,
): Task<Errno | undefined> {
  if (file === undefined) return 'EBADF';
  let done = 0;
  while (done < bytes.length) {
    const taken = yield* file.write(process, done === 0 ? bytes : bytes.subarray(done));
    checkSignals(process);
    if (typeof taken === 'string') return taken;
    done += taken;
  }
  return undefined;
}
