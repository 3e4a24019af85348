import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';
import type { Process, Task } from '@dmsim/sim';
import { createSim, run, setDisposition, spawn } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { attributeFile } from './attribute-file.ts';
import { fullDevice, zeroDevice } from './character-devices.ts';
import type { OpenFile } from './open-file.ts';
import { openPath } from './open-path.ts';
import { createPipe, PIPE_CAPACITY } from './pipe.ts';
import { readAll, writeAll } from './read-write.ts';
import { createDirectory, createFile } from './tmpfs.ts';

/** Runs tasks as processes, started in order; their results. */
function play(...tasks: ((process: Process) => Task<unknown>)[]): {
  results: unknown[];
  processes: Process[];
  outcome: string;
} {
  const sim = createSim();
  const results: unknown[] = [];
  const processes = tasks.map((task, i) =>
    spawn(sim, `p${i}`, function* (self) {
      results[i] = yield* task(self);
      return 0;
    }),
  );
  const outcome = run(sim, { maxEvents: 10_000 });
  return { results, processes, outcome: outcome.kind };
}

const READ = { read: true, write: false };
const WRITE = { read: false, write: true };

it('ends a writer to a pipe without readers by SIGPIPE', () => {
  const { readEnd, writeEnd } = createPipe();
  const { processes, results } = play(function* (process) {
    readEnd.release(process);
    return yield* writeEnd.write(process, encodeUtf8('x'));
  });
  expect(processes[0]?.killedBy).toBe(13);
  expect(results).toEqual([]);
});

it('fails with EPIPE when SIGPIPE is ignored', () => {
  const { readEnd, writeEnd } = createPipe();
  const { results } = play(function* (process) {
    setDisposition(process, 13, 'ignore');
    readEnd.release(process);
    return yield* writeEnd.write(process, encodeUtf8('x'));
  });
  expect(results).toEqual(['EPIPE']);
});

it('makes a writer wait while the pipe is full', () => {
  const { readEnd, writeEnd } = createPipe();
  const size = PIPE_CAPACITY + 5000;
  const { results, outcome } = play(
    function* (process) {
      const n = yield* writeEnd.write(process, new Uint8Array(size));
      writeEnd.release(process);
      return n;
    },
    function* (process) {
      return ((yield* readAll(process, readEnd)) as Uint8Array).length;
    },
  );
  expect(results).toEqual([size, size]);
  expect(outcome).toBe('idle');
});

it('has hung when nobody reads a full pipe that someone holds', () => {
  const { writeEnd } = createPipe();
  const { outcome } = play((process) => writeEnd.write(process, new Uint8Array(PIPE_CAPACITY + 1)));
  expect(outcome).toBe('hung');
});

it('ends a read when the last writer is gone', () => {
  const { readEnd, writeEnd } = createPipe();
  writeEnd.retain();
  const { results } = play(
    (process) => readEnd.read(process, 10),
    function* (process) {
      writeEnd.release(process);
      writeEnd.release(process);
      return yield* writeAll(process, undefined, 'x');
    },
  );
  expect(results).toEqual([new Uint8Array(0), 'EBADF']);
});

it('asks an attribute anew when it is read from the start', () => {
  let n = 0;
  const attribute = attributeFile({ show: () => `${++n}\n` });
  const { results } = play(function* (process) {
    const file = (yield* attribute.open(process, 'n', READ)) as OpenFile;
    const first = decodeUtf8((yield* readAll(process, file)) as Uint8Array);
    file.seek(0, 'set');
    return first + decodeUtf8((yield* readAll(process, file)) as Uint8Array);
  });
  expect(results).toEqual(['1\n2\n']);
});

it('hands the error of an attribute to the writer, and refuses what it can not do', () => {
  const stored: string[] = [];
  const attribute = attributeFile({
    *store(_process, text) {
      stored.push(text);
      return text === 'bad\n' ? 'EINVAL' : undefined;
    },
  });
  const { results } = play(function* (process) {
    const file = (yield* attribute.open(process, 'n', WRITE)) as OpenFile;
    return [
      yield* file.write(process, encodeUtf8('bad\n')),
      yield* file.write(process, encodeUtf8('ok\n')),
      yield* attribute.open(process, 'n', READ),
      yield* file.read(process, 1),
    ];
  });
  expect(results).toEqual([['EINVAL', 3, 'EACCES', 'EBADF']]);
  expect(stored).toEqual(['bad\n', 'ok\n']);
});

it('keeps places, appends and truncates in memory', () => {
  const file = createFile('hello');
  const { results } = play(function* (process) {
    const a = (yield* file.open(process, 'f', { ...WRITE, append: true })) as OpenFile;
    yield* a.write(process, encodeUtf8(' world'));
    const b = (yield* file.open(process, 'f', { read: true, write: true })) as OpenFile;
    yield* b.write(process, encodeUtf8('J'));
    expect([b.seek(-1, 'set'), b.seek(2, 'current'), b.seek(0, 'end')]).toEqual(['EINVAL', 3, 11]);
    file.truncate(4);
    file.truncate(6);
    b.seek(0, 'set');
    return decodeUtf8((yield* readAll(process, b)) as Uint8Array);
  });
  expect(results).toEqual(['Jell\0\0']);
});

it('opens as open(2) does', () => {
  const root = createDirectory({
    d: createDirectory(),
    f: createFile('x'),
    full: fullDevice(),
    zero: zeroDevice(),
  });
  const { results } = play(function* (process) {
    const context = { process, root, cwd: '/' };
    const create = { ...WRITE, create: true };
    const made = yield* openPath(context, 'd/new', create);
    const full = (yield* openPath(context, 'full', WRITE)) as OpenFile;
    const zero = (yield* openPath(context, 'zero', READ)) as OpenFile;
    return [
      typeof made,
      yield* openPath(context, 'd', WRITE),
      yield* openPath(context, 'nope', READ),
      yield* openPath(context, 'f', { ...create, exclusive: true }),
      yield* openPath(context, 'f/x', create),
      yield* openPath({ ...context, fds: new Map() }, '/dev/stdin', READ),
      yield* full.write(process, encodeUtf8('x')),
      yield* zero.read(process, 2),
    ];
  });
  expect(results).toEqual([
    ['object', 'EISDIR', 'ENOENT', 'EEXIST', 'ENOTDIR', 'ENOENT', 'ENOSPC', new Uint8Array(2)],
  ]);
});
