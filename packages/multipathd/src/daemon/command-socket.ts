// command-socket.ts — The socket for commands to the daemon. Mirrors libmultipath's mpath_cmd: @/org/kernel/linux/storage/multipathd.
import type { Errno, Nanos, Sim, Task, WaitQueue } from '@dmsim/sim';
import { checkSignals, createWaitQueue, seconds, waitEvent, wakeUp } from '@dmsim/sim';

/** One command on its way, and its answer. */
export interface Request {
  readonly command: string;
  readonly sentAt: Nanos;
  /** Null until it is there. */
  reply: string | null;
  readonly answered: WaitQueue;
  /** The client has gone: nobody wants the answer. */
  abandoned: boolean;
}

export interface CommandSocket {
  readonly sim: Sim;
  /** Answers the commands; null when no daemon runs. */
  listener: Listener | null;
}

export interface Listener {
  /** Requests that the daemon has not read. */
  readonly requests: Request[];
  readonly arrived: WaitQueue;
  /** Requests that it has read and not answered: the current one, and those that wait for the daemon's lock. */
  readonly waiting: Request[];
  /** The daemon has gone: who waits for an answer gets none. */
  closed: boolean;
  /** The configuration was read, and what of it can't be watched has not been told. */
  watchesAnew: boolean;
  /** How often somebody has changed the configuration's files since the log told. */
  configChanges: number;
}

export const createCommandSocket = (sim: Sim): CommandSocket => ({ sim, listener: null });

export const createListener = (): Listener => ({
  requests: [],
  waiting: [],
  arrived: createWaitQueue('a command for multipathd'),
  closed: false,
  configChanges: 0,
  watchesAnew: false,
});

/** `refused`: no daemon runs. `timeout`: it did not answer in time. `closed`: it ended before it answered. */
export type Answer =
  | { readonly kind: 'reply'; readonly text: string }
  | { readonly kind: 'refused' | 'timeout' }
  | { readonly kind: 'closed'; readonly errno: Errno };

/** Sends a command and waits for its answer, at most `timeoutMs` milliseconds. */
export function* sendCommand(
  socket: CommandSocket,
  command: string,
  timeoutMs: number,
): Task<Answer> {
  const { listener } = socket;
  if (listener === null) return { kind: 'refused' };
  const request: Request = {
    command,
    sentAt: socket.sim.now,
    reply: null,
    answered: createWaitQueue('multipathd'),
    abandoned: false,
  };
  listener.requests.push(request);
  wakeUp(listener.arrived);
  const done = (): boolean => request.reply !== null || listener.closed;
  try {
    yield* waitEvent(request.answered, done, {
      timeout: seconds(timeoutMs / 1000),
      interruptible: true,
    });
    if (socket.sim.current !== null) checkSignals(socket.sim.current);
  } finally {
    request.abandoned = !done();
  }
  if (request.reply !== null) return { kind: 'reply', text: request.reply };
  if (!listener.closed) return { kind: 'timeout' };
  // Input that it has not read turns the end of the connection into a reset.
  return { kind: 'closed', errno: listener.waiting.includes(request) ? 'EIO' : 'ECONNRESET' };
}

export function answer(request: Request, reply: string): void {
  request.reply = reply;
  wakeUp(request.answered);
}

export function closeListener(socket: CommandSocket, listener: Listener): void {
  if (socket.listener === listener) socket.listener = null;
  listener.closed = true;
  for (const { answered } of [...listener.waiting, ...listener.requests]) wakeUp(answered);
  listener.requests.length = 0;
}
