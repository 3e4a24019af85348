// pipe.ts — pipe(2): a buffer of 64 KiB. Readers wait while it is empty, writers while it is full. Mirrors fs/pipe.c.
import type { Errno, Process, Task, WaitQueue } from '@dmsim/sim';
import { checkSignals, createWaitQueue, sendSignal, SIGNALS, userWait, wakeUp } from '@dmsim/sim';

import { createOpenFile } from './create-open-file.ts';
import type { OpenFile, OpenFlags } from './open-file.ts';

export const PIPE_CAPACITY = 65536;
/** Writes up to this size are never mixed with others (PIPE_BUF). */
const ATOMIC = 4096;

/** The ends count who has them open. */
export interface Pipe {
  readonly chunks: Uint8Array[];
  size: number;
  readers: number;
  writers: number;
  readonly readable: WaitQueue;
  readonly writable: WaitQueue;
}

export interface PipeEnds {
  readonly readEnd: OpenFile;
  readonly writeEnd: OpenFile;
}

/** pipe(2) */
export function createPipe(): PipeEnds {
  const pipe = newPipe();
  return {
    readEnd: openEnd(pipe, 'pipe:', { read: true, write: false }),
    writeEnd: openEnd(pipe, 'pipe:', { read: false, write: true }),
  };
}

export const newPipe = (): Pipe => ({
  chunks: [],
  size: 0,
  readers: 0,
  writers: 0,
  readable: createWaitQueue('data in a pipe'),
  writable: createWaitQueue('room in a pipe'),
});

/** Opens one end of a pipe, or, of a named one, both. */
export function openEnd(pipe: Pipe, path: string, flags: OpenFlags): OpenFile {
  if (flags.read) pipe.readers++;
  if (flags.write) pipe.writers++;
  return createOpenFile(path, flags, {
    isApart: true,
    read: (process, max) => readPipe(pipe, process, max),
    write: (process, bytes) => writePipe(pipe, process, bytes),
    close() {
      if (flags.read) pipe.readers--;
      if (flags.write) pipe.writers--;
      wakeUp(flags.write ? pipe.readable : pipe.writable);
    },
  });
}

function* readPipe(pipe: Pipe, process: Process, max: number): Task<Uint8Array | Errno> {
  while (pipe.size === 0) {
    if (pipe.writers === 0 || max === 0) return new Uint8Array(0);
    const wake = yield* waitOn(process, pipe.readable);
    if (wake === 'signal') return 'EINTR';
  }
  const bytes = take(pipe, max);
  wakeUp(pipe.writable);
  return bytes;
}

const waitOn = (process: Process, queue: WaitQueue): ReturnType<typeof userWait> =>
  userWait(process, { on: queue.name, queue, timeout: Infinity });

function take(pipe: Pipe, max: number): Uint8Array {
  const first = pipe.chunks[0] as Uint8Array;
  if (pipe.chunks.length === 1 && first.length <= max) {
    pipe.chunks.length = 0;
    pipe.size = 0;
    return first;
  }
  const bytes = new Uint8Array(Math.min(max, pipe.size));
  let n = 0;
  while (n < bytes.length) {
    const chunk = pipe.chunks[0] as Uint8Array;
    const part = chunk.subarray(0, bytes.length - n);
    bytes.set(part, n);
    n += part.length;
    if (part.length === chunk.length) pipe.chunks.shift();
    else pipe.chunks[0] = chunk.subarray(part.length);
  }
  pipe.size -= n;
  return bytes;
}

function* writePipe(pipe: Pipe, process: Process, bytes: Uint8Array): Task<number | Errno> {
  let written = 0;
  while (written < bytes.length) {
    if (pipe.readers === 0) return brokenPipe(process, written);
    const wanted = bytes.length - written;
    const room = PIPE_CAPACITY - pipe.size;
    if (room >= Math.min(wanted, ATOMIC)) {
      const part = bytes.slice(written, written + room);
      pipe.chunks.push(part);
      pipe.size += part.length;
      written += part.length;
      wakeUp(pipe.readable);
    } else {
      const wake = yield* waitOn(process, pipe.writable);
      if (wake === 'signal') return written > 0 ? written : 'EINTR';
    }
  }
  return written;
}

/** Sends SIGPIPE. If the writer ignores or traps it, the write fails instead. */
function brokenPipe(process: Process, written: number): number | Errno {
  sendSignal(process, SIGNALS.PIPE);
  checkSignals(process);
  return written > 0 ? written : 'EPIPE';
}
