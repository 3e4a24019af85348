// dd.ts — dd(1) of coreutils: the program labs do their I/O with.
import type { OpenFile, OpenFlags, Program } from '@dmsim/shell';
import { openPath } from '@dmsim/shell';
import type { Errno, Nanos, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { parseSize } from './text/numbers.ts';
import { refuse } from './text/refuse.ts';
import type { Tool } from './text/tool.ts';
import { breathe, complain, fail, failUsage, quoteIfNeeded, quoteShell, tool } from './text/tool.ts';

interface Operands {
  input: string | null;
  output: string | null;
  ibs: number;
  obs: number;
  count: number | null;
  skip: number;
  seek: number;
  status: 'default' | 'none' | 'noxfer' | 'progress';
  readonly conv: Set<string>;
  readonly iflag: Set<string>;
  readonly oflag: Set<string>;
}

const CONVERSIONS = new Set([
  'fsync',
  'fdatasync',
  'notrunc',
  'noerror',
  'sync',
  'nocreat',
  'excl',
  'sparse',
]);
const FLAGS = new Set([
  'direct',
  'sync',
  'dsync',
  'fullblock',
  'append',
  'nonblock',
  'nofollow',
  'noatime',
  'count_bytes',
  'skip_bytes',
  'seek_bytes',
  'nocache',
]);

function parseOperands(t: Tool): Operands {
  const o: Operands = {
    input: null,
    output: null,
    ibs: 512,
    obs: 512,
    count: null,
    skip: 0,
    seek: 0,
    status: 'default',
    conv: new Set(),
    iflag: new Set(),
    oflag: new Set(),
  };
  for (const word of t.args) {
    const eq = word.indexOf('=');
    if (word === '--') continue;
    if (eq < 0) failUsage(t, `unrecognized operand ${quoteShell(word)}`);
    parseOperand(t, o, word.slice(0, eq), word.slice(eq + 1));
  }
  return o;
}

function parseOperand(t: Tool, o: Operands, name: string, value: string): void {
  switch (name) {
    case 'if':
      o.input = value;
      return;
    case 'of':
      o.output = value;
      return;
    case 'bs':
      o.ibs = o.obs = blockSize(t, name, value);
      return;
    case 'ibs':
    case 'obs':
      o[name] = blockSize(t, name, value);
      return;
    case 'status':
      o.status = parseStatus(t, value);
      return;
    case 'count':
    case 'iseek':
    case 'skip':
    case 'oseek':
    case 'seek':
      parsePosition(t, o, name, value);
      return;
    case 'conv':
      addWords(t, o.conv, value, { known: CONVERSIONS, what: 'conversion' });
      return;
    case 'iflag':
      addWords(t, o.iflag, value, { known: FLAGS, what: 'input flag' });
      return;
    case 'oflag':
      addWords(t, o.oflag, value, { known: FLAGS, what: 'output flag' });
      return;
    default:
      failUsage(t, `unrecognized operand ${quoteShell(`${name}=${value}`)}`);
  }
}

function parseNumber(t: Tool, value: string): number {
  const factors = value.split('x').map((part) => {
    const c = /^(\d+)c$/.exec(part);
    const w = /^(\d+)w$/.exec(part);
    if (c !== null) return Number(c[1]);
    return w === null ? parseSize(part, 'b') : Number(w[1]) * 2;
  });
  if (factors.includes(undefined)) fail(t, `invalid number: ${quoteShell(value)}`);
  return factors.reduce<number>((product, factor) => product * (factor ?? 1), 1);
}

function blockSize(t: Tool, _name: string, value: string): number {
  const size = parseNumber(t, value);
  if (size === 0) fail(t, `invalid number: ${quoteShell(value)}`);
  return size;
}

function parsePosition(t: Tool, o: Operands, name: string, value: string): void {
  const bytes = /^\d.*B$/.test(value) && !/[kKMGTPEZY]i?B$/.test(value);
  const n = parseNumber(t, bytes ? value.slice(0, -1) : value);
  if (name === 'count') {
    o.count = n;
    if (bytes) o.iflag.add('count_bytes');
  } else if (name === 'skip' || name === 'iseek') {
    o.skip = n;
    if (bytes) o.iflag.add('skip_bytes');
  } else {
    o.seek = n;
    if (bytes) o.oflag.add('seek_bytes');
  }
}

function parseStatus(t: Tool, value: string): Operands['status'] {
  if (value === 'none' || value === 'noxfer' || value === 'progress') return value;
  return failUsage(t, `invalid status level: ${quoteShell(value)}`);
}

function addWords(
  t: Tool,
  set: Set<string>,
  value: string,
  { known, what }: { readonly known: ReadonlySet<string>; readonly what: string },
): void {
  for (const word of value.split(',')) {
    if (what === 'conversion' && /^(ascii|ebcdic|ibm|block|unblock|lcase|ucase|swab)$/.test(word)) {
      refuse(t, `conv=${word}`);
    }
    if (!known.has(word)) failUsage(t, `invalid ${what}: ${quoteShell(word)}`);
    set.add(word);
  }
}

interface Copy {
  readonly t: Tool;
  readonly o: Operands;
  readonly input: OpenFile;
  readonly output: OpenFile;
  readonly inputName: string;
  readonly outputName: string;
  readonly started: Nanos;
  fullIn: number;
  partialIn: number;
  fullOut: number;
  partialOut: number;
  bytes: number;
  status: number;
  /** Input that is less than an output block. */
  held: Uint8Array;
}

function* main(t: Tool): Task<number> {
  const o = parseOperands(t);
  const input = yield* openInput(t, o);
  const output = yield* openOutput(t, o);
  const copy: Copy = {
    t,
    o,
    input,
    output,
    inputName: quoteShell(o.input ?? 'standard input'),
    outputName: quoteShell(o.output ?? 'standard output'),
    started: t.context.sim.now,
    fullIn: 0,
    partialIn: 0,
    fullOut: 0,
    partialOut: 0,
    bytes: 0,
    status: 0,
    held: new Uint8Array(0),
  };
  if (yield* position(copy)) yield* copyBlocks(copy);
  yield* finish(copy);
  return copy.status;
}

function* openInput(t: Tool, { input, iflag }: Operands): Task<OpenFile> {
  if (input === null) return standard(t, 0);
  return yield* open(t, input, { read: true, write: false, ...accessFlags(iflag) });
}

function* openOutput(t: Tool, { output, oflag, conv, seek }: Operands): Task<OpenFile> {
  if (output === null) return standard(t, 1);
  const truncate = !conv.has('notrunc') && seek === 0;
  return yield* open(t, output, {
    read: false,
    write: true,
    create: !conv.has('nocreat'),
    exclusive: conv.has('excl'),
    truncate,
    append: oflag.has('append'),
    ...accessFlags(oflag),
  });
}

const accessFlags = (flags: ReadonlySet<string>): Pick<OpenFlags, 'direct' | 'sync'> => ({
  direct: flags.has('direct'),
  sync: flags.has('sync') || flags.has('dsync'),
});

function* open(t: Tool, path: string, flags: OpenFlags): Task<OpenFile> {
  const file = yield* openPath(t.context, path, flags);
  if (typeof file === 'string') fail(t, `failed to open ${quoteShell(path)}: ${strerror(file)}`);
  t.opened.add(file);
  return file;
}

function standard(t: Tool, fd: 0 | 1): OpenFile {
  const file = t.context.fds.get(fd);
  const name = fd === 0 ? 'standard input' : 'standard output';
  return file ?? fail(t, `failed to open ${quoteShell(name)}: ${strerror('EBADF')}`);
}

/** skip= and seek=; false when the input ends before where it should begin. */
function* position(copy: Copy): Task<boolean> {
  const { t, o, input, output } = copy;
  const skip = o.iflag.has('skip_bytes') ? o.skip : o.skip * o.ibs;
  if (skip > 0) {
    const at = input.seek(skip, 'current');
    if (at === 'ESPIPE') yield* discard(copy, skip);
    else if (typeof at === 'string') {
      yield* complain(t, `dd: ${quoteIfNeeded(o.input ?? 'standard input')}: cannot skip: ${strerror(at)}\n`);
      copy.status = 1;
      return false;
    }
  }
  const seek = o.oflag.has('seek_bytes') ? o.seek : o.seek * o.obs;
  if (seek > 0) {
    const at = output.seek(seek, 'set');
    if (typeof at === 'string') {
      const name = quoteIfNeeded(o.output ?? 'standard output');
      yield* complain(t, `dd: ${name}: cannot seek: ${strerror(at)}\n`);
      copy.status = 1;
      return false;
    }
  }
  return true;
}

function* discard({ t, input }: Copy, bytes: number): Task<void> {
  for (let left = bytes; left > 0;) {
    const chunk = yield* input.read(t.process, left);
    if (typeof chunk === 'string' || chunk.length === 0) return;
    left -= chunk.length;
  }
}

function* copyBlocks(copy: Copy): Task<void> {
  const { t, o } = copy;
  const bytesLeft = (): number => {
    if (o.count === null) return Infinity;
    return o.iflag.has('count_bytes') ? o.count - copy.bytes : Infinity;
  };
  for (;;) {
    if (o.count !== null && !o.iflag.has('count_bytes') && copy.fullIn + copy.partialIn >= o.count)
      break;
    const wanted = Math.min(o.ibs, bytesLeft());
    if (wanted <= 0) break;
    yield* breathe(t);
    const block = yield* readBlock(copy, wanted);
    if (typeof block === 'string') {
      if (!(yield* readFailed(copy, block))) return;
      continue;
    }
    if (block.length === 0) break;
    if (block.length === o.ibs) copy.fullIn++;
    else copy.partialIn++;
    const padded = o.conv.has('sync') ? pad(block, o.ibs) : block;
    if (!(yield* writeOut(copy, padded))) return;
  }
  if (copy.held.length > 0) yield* writeBlock(copy, copy.held);
}

function pad(block: Uint8Array, size: number): Uint8Array {
  const padded = new Uint8Array(size);
  padded.set(block);
  return padded;
}

function* readBlock({ t, o, input }: Copy, wanted: number): Task<Uint8Array | Errno> {
  const first = yield* input.read(t.process, wanted);
  if (!o.iflag.has('fullblock') || typeof first === 'string') return first;
  let block = first;
  while (block.length > 0 && block.length < wanted) {
    const more = yield* input.read(t.process, wanted - block.length);
    if (typeof more === 'string') return more;
    if (more.length === 0) break;
    block = concat(block, more);
  }
  return block;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** True when conv=noerror goes on behind the bad block: then it is no failure, and with status=none not even told. */
function* readFailed(copy: Copy, errno: Errno): Task<boolean> {
  const { t, o, input } = copy;
  const goesOn = o.conv.has('noerror');
  if (!goesOn || o.status !== 'none') {
    yield* complain(t, `dd: error reading ${copy.inputName}: ${strerror(errno)}\n`);
  }
  if (!goesOn) {
    copy.status = 1;
    return false;
  }
  yield* printStatistics(copy);
  const at = input.seek(o.ibs, 'current');
  if (typeof at === 'string') return false;
  if (!o.conv.has('sync')) return true;
  copy.partialIn++;
  return yield* writeOut(copy, new Uint8Array(o.ibs));
}

/** Gathers what is less than an output block; with bs= each input block is written as it came. */
function* writeOut(copy: Copy, block: Uint8Array): Task<boolean> {
  const { o } = copy;
  if (o.ibs === o.obs) return yield* writeBlock(copy, block);
  copy.held = concat(copy.held, block);
  while (copy.held.length >= o.obs) {
    if (!(yield* writeBlock(copy, copy.held.subarray(0, o.obs)))) return false;
    copy.held = copy.held.slice(o.obs);
  }
  return true;
}

function* writeBlock(copy: Copy, block: Uint8Array): Task<boolean> {
  const { t, o, output } = copy;
  let done = 0;
  while (done < block.length) {
    const n = yield* output.write(t.process, block.subarray(done));
    if (typeof n === 'string') {
      yield* complain(t, `dd: error writing ${copy.outputName}: ${strerror(n)}\n`);
      copy.status = 1;
      copy.bytes += done;
      copy.held = new Uint8Array(0);
      return false;
    }
    done += n;
  }
  copy.bytes += done;
  if (done === o.obs) copy.fullOut++;
  else copy.partialOut++;
  return true;
}

/** conv=fsync, then close, then the figures; an error of the one after an error of the other is worth a line, too. */
function* finish(copy: Copy): Task<void> {
  const { t, o, output } = copy;
  if (o.conv.has('fsync') || o.conv.has('fdatasync')) {
    const error = yield* output.sync(t.process);
    if (error !== undefined && error !== 'EINVAL') {
      const call = o.conv.has('fsync') ? 'fsync' : 'fdatasync';
      yield* complain(t, `dd: ${call} failed for ${copy.outputName}: ${strerror(error)}\n`);
      copy.status = 1;
    }
  }
  if (t.opened.has(output) && output.linger !== undefined) yield* output.linger(t.process);
  yield* printStatistics(copy);
}

function* printRecords({ t, o, fullIn, partialIn, fullOut, partialOut }: Copy): Task<void> {
  if (o.status === 'none') return;
  yield* complain(t, `${fullIn}+${partialIn} records in\n${fullOut}+${partialOut} records out\n`);
}

function* printStatistics(copy: Copy): Task<void> {
  const { t, o, bytes, started } = copy;
  yield* printRecords(copy);
  if (o.status === 'none' || o.status === 'noxfer') return;
  const elapsed = (t.context.sim.now - started) / 1e9;
  const noun = bytes === 1 ? 'byte' : 'bytes';
  const human = bytes >= 1000 ? ` (${humanSize(bytes, 1000)}, ${humanSize(bytes, 1024)})` : '';
  const rate = elapsed === 0 ? 'Infinity B' : humanSize(bytes / elapsed, 1000);
  yield* complain(t, `${bytes} ${noun}${human} copied, ${formatElapsed(elapsed)} s, ${rate}/s\n`);
}

const formatElapsed = (elapsed: number): string =>
  elapsed === 0 ? '0' : String(Number(elapsed.toPrecision(6)));

/** `4.1 kB`, `4.0 KiB`: one decimal below ten, none above, rounded to nearest as human_readable() does it for rates. */
function humanSize(n: number, base: 1000 | 1024): string {
  const units = base === 1000 ? ['B', 'kB', 'MB', 'GB', 'TB'] : ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = n;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  if (unit === 0) return `${Math.round(value)} B`;
  const text = value < 10 ? value.toFixed(1) : String(Math.round(value));
  return `${text} ${units[unit]}`;
}

export const dd: Program = tool(main);
