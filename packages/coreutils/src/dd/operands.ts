// operands.ts — Parses the operands of dd, name=value words. Mirrors coreutils' dd(1).
import { parseSize } from '../numbers.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quoteShell } from '../tool.ts';

export interface Operands {
  input: string | null;
  output: string | null;
  /** Input blocks are written as they come (bs=); else they are gathered in a second buffer. */
  oneBuffer: boolean;
  ibs: number;
  obs: number;
  /** The bytes of a record of conv=block and conv=unblock; 0 without records. */
  cbs: number;
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
  'block',
  'unblock',
  'lcase',
  'ucase',
  'swab',
]);
const FLAGS = new Set([
  'direct',
  'directory',
  'sync',
  'dsync',
  'fullblock',
  'append',
  'noctty',
  'nonblock',
  'nofollow',
  'noatime',
  'count_bytes',
  'skip_bytes',
  'seek_bytes',
  'nocache',
]);

export function parseOperands(t: Tool): Operands {
  const o: Operands = {
    input: null,
    output: null,
    oneBuffer: false,
    ibs: 512,
    obs: 512,
    cbs: 0,
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
  checkConversions(t, o);
  return o;
}

/** Conversions that change bytes gather them in a second buffer. */
const CHANGES = ['block', 'unblock', 'lcase', 'ucase', 'swab'];

function checkConversions(t: Tool, o: Operands): void {
  const { conv } = o;
  // Without a record's length there are no records.
  if (o.cbs === 0) for (const name of ['block', 'unblock']) conv.delete(name);
  const exclude = (a: string, b: string): void => {
    if (conv.has(a) && conv.has(b)) fail(t, `cannot combine ${a} and ${b}`);
  };
  exclude('block', 'unblock');
  exclude('lcase', 'ucase');
  exclude('excl', 'nocreat');
  if (CHANGES.some((name) => conv.has(name))) o.oneBuffer = false;
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
      o.oneBuffer = true;
      return;
    case 'ibs':
    case 'obs':
      {
        const size = blockSize(t, name, value);
        // In any order, bs= decides.
        if (!o.oneBuffer) o[name] = size;
      }
      return;
    case 'cbs':
      o.cbs = blockSize(t, name, value);
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
  const number = factors.reduce<number>((product, factor) => product * (factor ?? 1), 1);
  if (number >= 2 ** 63) {
    fail(t, `invalid number: ${quoteShell(value)}: Value too large for defined data type`);
  }
  return number;
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
    if (what === 'conversion' && /^(ascii|ebcdic|ibm)$/.test(word)) {
      refuse(t, `conv=${word}`);
    }
    if (!known.has(word)) failUsage(t, `invalid ${what}: ${quoteShell(word)}`);
    set.add(word);
  }
}
