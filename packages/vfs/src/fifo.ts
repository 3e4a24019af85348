// fifo.ts — A named pipe: a process that opens one end waits until another opens the other end. Mirrors fs/pipe.c: fifo_open.
import type { Errno, Process, Task, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, userWait, wakeUp } from '@dmsim/sim';

import type { OpenFile, OpenFlags } from './open-file.ts';
import type { Pipe } from './pipe.ts';
import { newPipe, openEnd } from './pipe.ts';
import type { Fifo } from './vnode.ts';

interface State {
  pipe: Pipe | null;
  /** How often each end was opened: it may be opened and closed again before a waiting process runs. */
  readersEver: number;
  writersEver: number;
  readonly readerCame: WaitQueue;
  readonly writerCame: WaitQueue;
}

/** Makes a named pipe, as mkfifo(2) does. */
export function createFifo(mode: number): Fifo {
  const state: State = {
    pipe: null,
    readersEver: 0,
    writersEver: 0,
    readerCame: createWaitQueue('a reader of a named pipe'),
    writerCame: createWaitQueue('a writer of a named pipe'),
  };
  return {
    kind: 'fifo',
    mode,
    open: (process, path, flags) => openFifo(state, process, path, flags),
  };
}

function* openFifo(
  state: State,
  process: Process,
  path: string,
  flags: OpenFlags,
): Task<OpenFile | Errno> {
  const { read, write, nonblock = false } = flags;
  if (state.pipe === null || isUnused(state.pipe)) state.pipe = newPipe();
  const { pipe } = state;
  if (nonblock && !read && pipe.readers === 0) return 'ENXIO';
  const file = openEnd(pipe, path, flags);
  tellOthers(state, flags);
  if (nonblock || (read && write)) return file;
  const came = yield* waitForOther(state, process, read ? 'writer' : 'reader');
  if (came) return file;
  file.release(process);
  return 'EINTR';
}

function tellOthers(state: State, { read, write }: OpenFlags): void {
  if (read) {
    state.readersEver++;
    wakeUp(state.readerCame);
  }
  if (write) {
    state.writersEver++;
    wakeUp(state.writerCame);
  }
}

/** Empties a pipe that no process has open any more. */
const isUnused = ({ readers, writers }: Pipe): boolean => readers + writers === 0;

function* waitForOther(state: State, process: Process, other: 'reader' | 'writer'): Task<boolean> {
  const { pipe } = state;
  const isThere = other === 'reader' ? (pipe?.readers ?? 0) > 0 : (pipe?.writers ?? 0) > 0;
  if (isThere) return true;
  const ever = (): number => (other === 'reader' ? state.readersEver : state.writersEver);
  const queue = other === 'reader' ? state.readerCame : state.writerCame;
  const before = ever();
  while (ever() === before) {
    const wake = yield* userWait(process, { on: queue.name, queue, timeout: Infinity });
    if (wake === 'signal') return false;
  }
  return true;
}
