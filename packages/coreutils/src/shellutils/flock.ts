// flock.ts — flock(1) of util-linux: locks a file while a command runs, or an open descriptor for the shell.
import type { Task, WaitQueue } from '@dmsim/sim';
import {
  checkSignals,
  createWaitQueue,
  interruptible,
  seconds,
  strerror,
  wakeUp,
} from '@dmsim/sim';
import type { OpenFile, Program, Vnode } from '@dmsim/vfs';

import { parseDuration } from '../numbers.ts';
import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { openPath, lookup } from '../paths.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, tool } from '../tool.ts';
import { runInPlace } from './run-child.ts';

/** The locks of one file. A lock belongs to an open file, which several processes may share. */
interface Locks {
  exclusive: OpenFile | null;
  readonly shared: Set<OpenFile>;
  readonly released: WaitQueue;
}

/** Locks by file. They vanish with the file, and machines share no files. */
const locksByFile = new WeakMap<Vnode, Locks>();

function locksOf(file: Vnode): Locks {
  let locks = locksByFile.get(file);
  if (locks === undefined) {
    locks = { exclusive: null, shared: new Set(), released: createWaitQueue('a file lock') };
    locksByFile.set(file, locks);
  }
  return locks;
}

const SPEC: OptionSpec = {
  short: 'sexnw:E:ouc:Fh',
  long: {
    nonblocking: 'n',
    shared: 's',
    exclusive: 'x',
    unlock: 'u',
    nonblock: 'n',
    nb: 'n',
    timeout: 'w:',
    wait: 'w:',
    'conflict-exit-code': 'E:',
    close: 'o',
    command: 'c:',
    'no-fork': 'F',
  },
  refused: 'FhV',
  refusedLong: ['verbose', 'no-fork'],
  inOrder: true,
  status: 64,
};

/** EX_NOINPUT, EX_OSERR, EX_UNAVAILABLE */
const STATUS = { noFile: 66, usage: 64, noCommand: 69, badDescriptor: 65 } as const;

export const flock: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, SPEC);
  const [target, ...rest] = operands;
  if (target === undefined) failUsage(t, 'not enough arguments', STATUS.usage);
  const conflict = Number(value('E') ?? 1);
  const mode = has('u') ? 'unlock' : has('s') ? 'shared' : 'exclusive';
  const request: Request = { mode, wait: has('n') ? 0 : waitOf(t, value('w')) };
  const command = commandOf(value('c'), rest);
  if (command === null) return (yield* lock(t, descriptor(t, target), request)) ? 0 : conflict;
  const file = yield* openPath(t, target, { read: true, write: false, create: true });
  if (typeof file === 'string')
    fail(t, `cannot open lock file ${target}: ${strerror(file)}`, STATUS.noFile);
  if (!(yield* lock(t, file, request))) return conflict;
  // The command inherits the open file, unless -o closes it.
  return yield* run(t, command, has('o') ? [] : [[LOCK_FD, file]]);
});

function* run(
  t: Tool,
  command: readonly string[],
  more: readonly (readonly [number, OpenFile])[],
): Task<number> {
  const status = yield* runInPlace(t, command, { fds: new Map([...t.context.fds, ...more]) });
  if (typeof status === 'number') return status;
  return fail(t, `failed to execute ${command[0] ?? ''}: ${strerror(status)}`, STATUS.noCommand);
}

const LOCK_FD = 3;

function waitOf(t: Tool, word: string | undefined): number {
  if (word === undefined) return Infinity;
  const given = parseDuration(word);
  return given === undefined ? refuse(t, `-w ${word}`) : seconds(given);
}

/** The command to run; null if a descriptor is locked instead. `-c LINE`, before or after the file, runs in a shell. */
function commandOf(line: string | undefined, rest: readonly string[]): readonly string[] | null {
  if (line !== undefined) return ['sh', '-c', line];
  const [first, second] = rest;
  if (first === '-c' && second !== undefined) return ['sh', '-c', second];
  return first === undefined ? null : rest;
}

function descriptor(t: Tool, word: string): OpenFile {
  if (!/^\d+$/.test(word)) fail(t, `bad file descriptor: '${word}'`, STATUS.usage);
  const file = t.context.fds.get(Number(word));
  return file ?? fail(t, `${word}: ${strerror('EBADF')}`, STATUS.badDescriptor);
}

interface Request {
  readonly mode: 'shared' | 'exclusive' | 'unlock';
  /** How long to wait for others, in ns. */
  readonly wait: number;
}

/** Returns false if another open file held the lock for too long. */
function* lock(t: Tool, file: OpenFile, { mode, wait }: Request): Task<boolean> {
  const node = lookup(t, file.path);
  if (typeof node === 'string') refuse(t, `a lock on ${file.path}, which is not there`);
  const locks = locksOf(node);
  release(locks, file);
  if (mode === 'unlock') return true;
  const end = t.process.sim.now + wait;
  while (isTaken(locks, mode)) {
    const left = end - t.process.sim.now;
    if (!(left > 0)) return false;
    yield interruptible(`a lock on ${file.path}`, locks.released, left);
    checkSignals(t.process);
  }
  if (mode === 'shared') locks.shared.add(file);
  else locks.exclusive = file;
  file.whenClosed(() => release(locks, file));
  return true;
}

const isTaken = ({ exclusive, shared }: Locks, mode: Request['mode']): boolean =>
  exclusive !== null || (mode === 'exclusive' && shared.size > 0);

function release(locks: Locks, file: OpenFile): void {
  const held = locks.exclusive === file || locks.shared.delete(file);
  if (locks.exclusive === file) locks.exclusive = null;
  if (held) wakeUp(locks.released);
}
