// cmp.ts — cmp(1).
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import { openInput, readBytes } from '../lines.ts';
import { parseSize } from '../numbers.ts';
import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { lookup, openedNode } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { complain, fail, Failure, flushIfFull, tool } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'bi:ln:s',
  long: {
    'print-chars': 'b',
    'print-bytes': 'b',
    'ignore-initial': 'i:',
    verbose: 'l',
    bytes: 'n:',
    quiet: 's',
    silent: 's',
  },
  status: 2,
  named: true,
  refused: 'cv',
};

/** Reports a usage error. cmp's hint about --help differs from that of coreutils. */
function usage(t: Tool, message: string): never {
  throw new Failure(
    `${t.name}: ${message}\n${t.name}: Try '${t.name} --help' for more information.\n`,
    2,
  );
}

const isMissing = (t: Tool, name: string): boolean => name !== '-' && lookup(t, name) === 'ENOENT';

interface Side {
  readonly name: string;
  readonly file: OpenFile;
  bytes: Uint8Array;
  at: number;
  ended: boolean;
}

function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, SPEC);
  const [first, second = '-', skip1, skip2, extra] = operands;
  if (first === undefined) usage(t, `missing operand after '${t.name}'`);
  if (extra !== undefined) usage(t, `extra operand '${extra}'`);
  const mode = modeOf(has);
  if (mode === 'silent' && [first, second].some((name) => isMissing(t, name))) return 2;
  const most = value('n');
  const limit = most === undefined ? Infinity : size(t, most, '--bytes');
  const [skipA, skipB] = skipsOf(value('i'), skip1, skip2);
  const a = yield* openSide(t, first, size(t, skipA, '--ignore-initial'));
  const b = yield* openSide(t, second, size(t, skipB, '--ignore-initial'));
  return yield* compare(t, a, b, {
    limit,
    mode,
    showBytes: has('b'),
    width: String(Math.min(limit, sizeOf(t, first), sizeOf(t, second))).length,
  });
}

/** `-i N` or `-i N:M`, which the operands after the files override. */
function skipsOf(
  option = '',
  first?: string,
  second: string | undefined = first,
): readonly [string, string] {
  const [a = '0', b = a] = option.split(':').filter((part) => part !== '');
  return [first ?? a, second ?? b];
}

const size = (t: Tool, word: string, option: string): number =>
  parseSize(word) ?? usage(t, `invalid ${option} value '${word}'`);

function modeOf(has: (key: string) => boolean): Mode['mode'] {
  if (has('s')) return 'silent';
  return has('l') ? 'list' : 'first';
}

/** Returns the size of a regular file; for anything else, a number larger than any size. */
function sizeOf(t: Tool, name: string): number {
  const node = name === '-' ? openedNode(t, 0) : lookup(t, name);
  return typeof node !== 'string' && node.kind === 'file' ? node.size() : 1e18;
}

function* openSide(t: Tool, name: string, skip: number): Task<Side> {
  const file = yield* openInput(t, name);
  if (typeof file === 'string') fail(t, `${name}: ${strerror(file)}`, 2);
  const side: Side = { name, file, bytes: new Uint8Array(), at: 0, ended: false };
  const seeks = skip > 0 && typeof file.seek(skip, 'current') === 'number';
  for (let left = seeks ? 0 : skip; left > 0 && !(yield* atEnd(t, side));) {
    const step = Math.min(left, side.bytes.length - side.at);
    side.at += step;
    left -= step;
  }
  return side;
}

function* atEnd(t: Tool, side: Side): Task<boolean> {
  if (side.at < side.bytes.length) return false;
  if (side.ended) return true;
  const bytes: Uint8Array | Errno = yield* readBytes(t, side.file, 4096);
  if (typeof bytes === 'string') fail(t, `${side.name}: ${strerror(bytes)}`, 2);
  side.bytes = bytes;
  side.at = 0;
  side.ended = bytes.length === 0;
  return side.ended;
}

interface Mode {
  readonly limit: number;
  /** The width of the offsets that -l prints. */
  readonly width: number;
  readonly mode: 'silent' | 'list' | 'first';
  readonly showBytes: boolean;
}

function* compare(t: Tool, a: Side, b: Side, options: Mode): Task<number> {
  const { limit, mode } = options;
  let line = 1;
  let lineStart = true;
  let status = 0;
  for (let offset = 1; offset <= limit; offset++) {
    const [endA, endB] = [yield* atEnd(t, a), yield* atEnd(t, b)];
    if (endA && endB) break;
    if (endA || endB) return yield* shorter(t, endA ? a : b, { mode, offset, line, lineStart });
    const x = a.bytes[a.at++] ?? 0;
    const y = b.bytes[b.at++] ?? 0;
    if (x !== y) {
      status = 1;
      t.out.put(describe(t, [a.name, b.name], options, { x, y, offset, line }));
      if (mode !== 'list') return 1;
      yield* flushIfFull(t);
    }
    lineStart = x === 10;
    if (lineStart) line++;
  }
  return status;
}

interface Difference {
  readonly x: number;
  readonly y: number;
  /** Counted in bytes from 1. */
  readonly offset: number;
  readonly line: number;
}

function describe(
  t: Tool,
  [a, b]: readonly [string, string],
  { mode, showBytes, width }: Mode,
  { x, y, offset, line }: Difference,
): string {
  if (mode === 'silent') return '';
  if (mode === 'list') {
    const at = String(offset).padStart(width);
    return showBytes
      ? `${at} ${octal(x)} ${visible(x).padEnd(4)} ${octal(y)} ${visible(y)}\n`
      : `${at} ${octal(x)} ${octal(y)}\n`;
  }
  const unit = showBytes || t.utf8 ? 'byte' : 'char';
  const bytes = showBytes ? ` is ${octal(x)} ${visible(x)} ${octal(y)} ${visible(y)}` : '';
  return `${a} ${b} differ: ${unit} ${offset}, line ${line}${bytes}\n`;
}

interface Place {
  readonly mode: Mode['mode'];
  readonly offset: number;
  readonly line: number;
  readonly lineStart: boolean;
}

function* shorter(t: Tool, side: Side, { mode, offset, line, lineStart }: Place): Task<number> {
  if (mode === 'silent') return 1;
  const count = offset - 1;
  const where =
    count === 0
      ? 'which is empty'
      : mode === 'list'
        ? `after byte ${count}`
        : `after byte ${count}, ${lineStart ? `line ${line - 1}` : `in line ${line}`}`;
  yield* complain(t, `${t.name}: EOF on ${side.name} ${where}\n`);
  return 1;
}

const octal = (byte: number): string => byte.toString(8).padStart(3);

/** Returns a byte in the notation of cat -t. */
function visible(byte: number): string {
  if (byte >= 128) return `M-${visible(byte - 128)}`;
  if (byte === 127) return '^?';
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
}

export const cmp: Program = tool(main);
