// streams.ts — The files and commands that an awk program reads and writes. Each is opened at its first use, and stays
// open until close() or the end of the program. Mirrors busybox's editors/awk.c: newfile.
import { fromBinary } from '@dmsim/libc';
import type { Process, Task } from '@dmsim/sim';
import { errnoNumber, strerror } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';
import { createPipe } from '@dmsim/vfs';

import { closeFile } from '../lines.ts';
import { writeAll } from '../output.ts';
import { openForWriting, openPath } from '../paths.ts';
import { runChild, startChild, waitChild } from '../shellutils/run-child.ts';
import type { Tool } from '../tool.ts';
import { Failure } from '../tool.ts';
import type { AwkIo, Interpreter, Target } from './interpreter.ts';
import { setGlobal } from './interpreter.ts';
import { visitOrder } from './order.ts';
import { RecordReader } from './record-reader.ts';
import { separatorOf } from './records.ts';

interface Stream {
  readonly file: OpenFile | undefined;
  readonly reader: RecordReader | undefined;
  readonly command: Process | undefined;
}

export interface Streams {
  readonly t: Tool;
  readonly byName: Map<string, Stream>;
}

export function createStreams(t: Tool): Streams {
  const standard = (fd: number): Stream => streamOf(t, t.context.fds.get(fd));
  const byName = new Map([
    ['/dev/stdin', standard(0)],
    ['/dev/stdout', standard(1)],
    ['/dev/stderr', standard(2)],
  ]);
  return { t, byName };
}

const streamOf = (t: Tool, file: OpenFile | undefined, command?: Process): Stream => ({
  file,
  reader: file && new RecordReader(t, file),
  command,
});

/** Implements print, close() and system(). The input's reader implements getline without a source. */
export function streamIo(streams: Streams): Omit<AwkIo, 'getline'> {
  const { t } = streams;
  return {
    print: (text, to) => print(streams, text, to),
    close: (name) => closeStream(streams, name),
    system: (command) => system(t, command),
  };
}

function* print(streams: Streams, text: string, to: Target | undefined): Task<void> {
  const stream =
    to === undefined ? streams.byName.get('/dev/stdout') : yield* openToPrint(streams, to);
  // A failed write is ignored, as in busybox.
  yield* writeAll(streams.t.process, stream?.file, fromBinary(text));
}

function* system(t: Tool, command: string): Task<number> {
  if (command === '') return 0;
  const child = yield* runChild(t, ['sh', '-c', command]);
  if (typeof child === 'string') return 127;
  return child.killedBy === null ? child.status : 0;
}

export function* getlineFrom(
  streams: Streams,
  m: Interpreter,
  from: Target,
): Task<{ text: string } | 'end' | 'failed'> {
  const stream = streams.byName.get(from.name) ?? (yield* openToRead(streams, m, from));
  if (stream?.reader === undefined) return 'failed';
  const text = yield* stream.reader.next(separatorOf(m));
  if (text !== undefined) return { text };
  const { error } = stream.reader;
  if (error === undefined) return 'end';
  setGlobal(m, 'ERRNO', errnoNumber(error));
  return 'failed';
}

function* openToRead(
  streams: Streams,
  m: Interpreter,
  { op, name }: Target,
): Task<Stream | undefined> {
  if (op === '|') return startCommand(streams, name, 'read');
  const { t, byName } = streams;
  const file = yield* openPath(t, name, { read: true, write: false });
  if (typeof file === 'string') {
    setGlobal(m, 'ERRNO', errnoNumber(file));
    return undefined;
  }
  const stream = streamOf(t, file);
  byName.set(name, stream);
  return stream;
}

function* openToPrint(streams: Streams, { op, name }: Target): Task<Stream> {
  const { t, byName } = streams;
  const known = byName.get(name);
  if (known !== undefined) return known;
  if (op === '|') return startCommand(streams, name, 'write');
  const file = yield* openForWriting(t, name, { append: op === '>>' });
  if (typeof file === 'string')
    throw new Failure(`awk: can't open '${name}': ${strerror(file)}\n`, 1);
  const stream = streamOf(t, file);
  byName.set(name, stream);
  return stream;
}

/** popen(3): starts a shell with a pipe as its standard output or input. */
function startCommand(streams: Streams, name: string, way: 'read' | 'write'): Stream {
  const { t, byName } = streams;
  const { readEnd, writeEnd } = createPipe();
  const [own, other] = way === 'read' ? [readEnd, writeEnd] : [writeEnd, readEnd];
  const fds = new Map(t.context.fds).set(way === 'read' ? 1 : 0, other);
  const started = startChild(t, ['sh', '-c', name], { fds });
  const child = typeof started === 'string' ? undefined : started;
  other.release(t.process);
  t.opened.add(own);
  const stream = streamOf(t, own, child);
  byName.set(name, stream);
  return stream;
}

/** Closes a stream, like pclose(3) or fclose(3). */
function* closeStream({ t, byName }: Streams, name: string): Task<number> {
  const stream = byName.get(name);
  if (stream === undefined) return 0;
  byName.delete(name);
  if (stream.file !== undefined) closeFile(t, stream.file);
  if (stream.command === undefined) return 0;
  yield* waitChild(t, stream.command);
  const { killedBy, status } = stream.command;
  return killedBy ?? status << 8;
}

/** At the end, awk waits for its commands, in the order of its hash table. */
export function* closeCommands(streams: Streams): Task<void> {
  for (const name of visitOrder([...streams.byName.keys()])) {
    if (streams.byName.get(name)?.command !== undefined) yield* closeStream(streams, name);
  }
}
