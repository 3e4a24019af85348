// qemu-io.ts — qemu-io -c COMMAND: reads and writes of patterns, on an image that no VM uses.
import { fail, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { filesOf } from '../qemu/tree-files.ts';
import type { Image } from './image.ts';
import { discardAt, extents, openImage, readAt, sizeOf, writeAt, zeroAt } from './image.ts';
import { formatIoSize, parseSize } from './sizes.ts';

const HELP = `Usage: qemu-io [-f FORMAT] -c COMMAND... FILE
Runs commands on an image: read [-P PATTERN] [-q] OFFSET LENGTH,
write [-P PATTERN] [-z [-u]] [-q] OFFSET LENGTH, readv, writev, aio_read, aio_write, aio_flush, discard [-q] OFFSET LENGTH,
flush, map, alloc OFFSET LENGTH, length. What QEMU's has besides is not simulated. How long a request took is printed as 0.
`;

export const qemuIoProgram = (machine: Machine): Program => tool((t) => qemuIo(t, machine));

function* qemuIo(t: Tool, machine: Machine): Task<number> {
  if (t.args[0] === '--help') {
    t.out.put(HELP);
    return 0;
  }
  const { given, value, operands } = parseOptions(t, { short: 'c:f:rnU', refused: 'dtimksT' });
  const commands = given.filter(([key]) => key === 'c').map(([, text]) => textOf(text));
  const [path] = operands;
  if (commands.length === 0 || path === undefined) refuse(t, 'qemu-io without -c and a file');
  const image = openImage(t, filesOf(machine, t.context.cwd), path, {
    format: value('f') ?? null,
    failing: `can't open device ${textOf(path)}`,
  });
  let status = 0;
  for (const command of commands) if (!run(t, image, command)) status = 1;
  return status;
}

/** False: it failed. */
type IoCommand = (t: Tool, image: Image, words: readonly string[], name: string) => boolean;

const nothing: IoCommand = () => true;

const COMMANDS: Readonly<Record<string, IoCommand>> = {
  read,
  r: read,
  write,
  w: write,
  readv: read,
  writev: write,
  aio_read: read,
  aio_write: write,
  aio_flush: nothing,
  discard,
  d: discard,
  flush: nothing,
  f: nothing,
  quit: nothing,
  q: nothing,
  length: showLength,
  l: showLength,
  map: showMap,
  alloc: showAllocated,
};

function run(t: Tool, image: Image, command: string): boolean {
  const [name = '', ...words] = command.split(/\s+/u).filter((word) => word !== '');
  const act = COMMANDS[name];
  return act === undefined ? refuse(t, `qemu-io ${name}`) : act(t, image, words, name);
}

function showLength(t: Tool, image: Image): boolean {
  t.out.put(`${formatIoSize(sizeOf(image))}\n`);
  return true;
}

interface Transfer extends Omit<Flags, 'rest'> {
  readonly offset: number;
  readonly length: number;
}

/** Null: the words are wrong, or lie outside the disk, and that was said. */
function parseTransfer(
  t: Tool,
  image: Image,
  { name, words }: { readonly name: string; readonly words: readonly string[] },
): Transfer | null {
  const { rest, ...flags } = parseFlags(t, name, words);
  const said = (what: string): null => {
    t.out.put(`${what}\n`);
    return null;
  };
  if (words.length < 2)
    return said(`bad argument count ${words.length} to ${name}, expected at least 2 arguments`);
  if (flags.zeroes && flags.pattern !== null)
    return said('Only one of -z, -P, and -s can be specified at the same time');
  if (flags.unmap && !flags.zeroes) return said('-u requires -z to be specified');
  if (rest.length < 2) refuse(t, `qemu-io ${name} ${words.join(' ')}`);
  const [offset = null, ...lengths] = rest.map(parseSize);
  const wrong = [offset, ...lengths].indexOf(null);
  if (offset === null || wrong !== -1)
    return said(
      `Parsing error: non-numeric argument, or extraneous/unrecognized suffix -- ${rest[wrong] ?? ''}`,
    );
  const length = lengths.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  if (offset + length > sizeOf(image)) return said(`${name} failed: Input/output error`);
  return { ...flags, offset, length };
}

interface Flags {
  readonly pattern: number | null;
  readonly quiet: boolean;
  readonly zeroes: boolean;
  /** Zeroes may take no place in the file. */
  readonly unmap: boolean;
  readonly rest: readonly string[];
}

function parseFlags(t: Tool, name: string, words: readonly string[]): Flags {
  const rest = [...words];
  let pattern: number | null = null;
  const given = new Set<string>();
  const known = name.includes('write') ? ['-q', '-z', '-u'] : ['-q'];
  for (let word = rest[0]; word?.startsWith('-') === true; word = rest[0]) {
    rest.shift();
    if (word === '-P' && name !== 'discard') pattern = Number(rest.shift());
    else if (known.includes(word)) given.add(word);
    else refuse(t, `qemu-io ${name} ${word}`);
  }
  return { pattern, quiet: given.has('-q'), zeroes: given.has('-z'), unmap: given.has('-u'), rest };
}

function read(t: Tool, image: Image, words: readonly string[], name: string): boolean {
  const transfer = parseTransfer(t, image, { name, words });
  if (transfer === null) return false;
  const { pattern, quiet, offset, length } = transfer;
  const data = readAt(image, offset, length);
  const verified = pattern === null || data.every((byte) => byte === pattern);
  if (!verified) t.out.put(`Pattern verification failed at offset ${offset}, ${length} bytes\n`);
  if (!quiet) report(t, { done: 'read', offset, length });
  return verified;
}

const DEFAULT_PATTERN = 0xcd;

function write(t: Tool, image: Image, words: readonly string[], name: string): boolean {
  const transfer = parseTransfer(t, image, { name, words });
  if (transfer === null) return false;
  const { pattern, zeroes, unmap, offset, length } = transfer;
  if (unmap) discardAt(image, offset, length);
  const error = zeroes
    ? zeroAt(image, offset, length)
    : writeAt(image, offset, new Uint8Array(length).fill(pattern ?? DEFAULT_PATTERN));
  return ended(t, transfer, { name, done: 'wrote', error });
}

function discard(t: Tool, image: Image, words: readonly string[], name: string): boolean {
  const transfer = parseTransfer(t, image, { name, words });
  if (transfer === null) return false;
  const error = discardAt(image, transfer.offset, transfer.length);
  return ended(t, transfer, { name, done: 'discard', error });
}

function ended(
  t: Tool,
  { quiet, offset, length }: Transfer,
  { name, done, error }: { name: string; done: string; error: Errno | undefined },
): boolean {
  if (error !== undefined) t.out.put(`${name} failed: ${strerror(error)}\n`);
  else if (!quiet) report(t, { done, offset, length });
  return error === undefined;
}

function report(
  t: Tool,
  {
    done,
    offset,
    length,
  }: { readonly done: string; readonly offset: number; readonly length: number },
): void {
  t.out.put(
    `${done} ${length}/${length} bytes at offset ${offset}\n` +
      `${formatIoSize(length)}, 1 ops; 00.00 sec (0 bytes/sec and 0.0000 ops/sec)\n`,
  );
}

function showMap(t: Tool, image: Image): boolean {
  const runs: { at: number; length: number; readonly here: boolean }[] = [];
  for (const { start, length, image: from } of extents(image, 0, sizeOf(image))) {
    const here = from === image;
    const last = runs.at(-1);
    if (last?.here === here) last.length += length;
    else runs.push({ at: start, length, here });
  }
  for (const { at, length, here } of runs) {
    const how = here ? '    allocated' : 'not allocated';
    t.out.put(
      `${formatIoSize(length)} (0x${length.toString(16)}) bytes ${how} at offset ${formatIoSize(at)} (0x${at.toString(16)})\n`,
    );
  }
  return true;
}

function showAllocated(t: Tool, image: Image, words: readonly string[]): boolean {
  const [offset, length] = words.map(parseSize);
  if (offset === undefined || offset === null) return fail(t, 'alloc: an offset is needed');
  const end = Math.min(sizeOf(image), offset + (length ?? 512));
  let here = 0;
  for (const extent of extents(image, offset, end))
    if (extent.image === image) here += extent.length;
  t.out.put(`${here}/${end - offset} bytes allocated at offset ${formatIoSize(offset)}\n`);
  return true;
}
