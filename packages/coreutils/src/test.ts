// test.ts — test(1) and [(1) of coreutils, for those who call them without a shell.
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { sizeOf } from './inode.ts';
import { lookup } from './paths.ts';
import { refuse } from './refuse.ts';
import type { Tool } from './tool.ts';
import { fail, quote, tool } from './tool.ts';

interface Reader {
  readonly t: Tool;
  readonly words: readonly string[];
  at: number;
}

const BINARY: ReadonlySet<string> = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
]);

// oxlint-disable-next-line require-yield
function* main(t: Tool): Task<number> {
  let words = t.args;
  if (t.name.endsWith('[')) {
    if (words.at(-1) !== ']') fail(t, `missing ${quote(t, ']')}`, 2);
    words = words.slice(0, -1);
  }
  if (words.length === 0) return 1;
  const r: Reader = { t, words, at: 0 };
  const truth = words.length < 4 ? short(r, words) : or(r);
  if (words.length >= 4 && r.at < words.length)
    fail(t, `extra argument ${quote(t, words[r.at] ?? '')}`, 2);
  return truth ? 0 : 1;
}

/** Up to three words mean what their number says, whatever they look like. */
function short(r: Reader, words: readonly string[]): boolean {
  const [a = '', b = '', c = ''] = words;
  if (words.length === 1) return a !== '';
  if (words.length === 2) {
    if (a === '!') return b === '';
    if (!/^-[a-zA-Z]$/.test(a)) fail(r.t, `missing argument after ${quote(r.t, b)}`, 2);
    return unary(r, a, b);
  }
  if (BINARY.has(b)) return binary(r, a, b, c);
  if (b === '-a') return a !== '' && c !== '';
  if (b === '-o') return a !== '' || c !== '';
  if (a === '!') return !short(r, [b, c]);
  if (a === '(' && c === ')') return b !== '';
  return fail(r.t, `${quote(r.t, b)}: binary operator expected`, 2);
}

function or(r: Reader): boolean {
  let truth = and(r);
  while (r.words[r.at] === '-o') {
    r.at++;
    truth = and(r) || truth;
  }
  return truth;
}

function and(r: Reader): boolean {
  let truth = term(r);
  while (r.words[r.at] === '-a') {
    r.at++;
    truth = term(r) && truth;
  }
  return truth;
}

function term(r: Reader): boolean {
  const [a, b = '', c = ''] = r.words.slice(r.at);
  if (a === undefined)
    return fail(r.t, `missing argument after ${quote(r.t, r.words.at(-1) ?? '')}`, 2);
  if (a === '!') {
    r.at++;
    return !term(r);
  }
  if (a === '(') {
    r.at++;
    const truth = or(r);
    if (r.words[r.at] !== ')') fail(r.t, `${quote(r.t, ')')} expected`, 2);
    r.at++;
    return truth;
  }
  if (BINARY.has(b)) {
    r.at += 3;
    return binary(r, a, b, c);
  }
  if (/^-[a-zA-Z]$/.test(a) && r.at + 1 < r.words.length) {
    r.at += 2;
    return unary(r, a, b);
  }
  r.at++;
  return a !== '';
}

function integer(r: Reader, word: string): bigint {
  if (!/^\s*[-+]?\d+\s*$/.test(word)) fail(r.t, `invalid integer ${quote(r.t, word)}`, 2);
  return BigInt(word.trim().replace(/^\+/, ''));
}

function binary(r: Reader, a: string, op: string, b: string): boolean {
  switch (op) {
    case '=':
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '-nt':
    case '-ot':
      return refuse(r.t, op);
    case '-ef': {
      const node = lookup(r.t, a);
      return typeof node !== 'string' && node === lookup(r.t, b);
    }
    default:
      return numeric(integer(r, a), op, integer(r, b));
  }
}

function numeric(x: bigint, op: string, y: bigint): boolean {
  switch (op) {
    case '-eq':
      return x === y;
    case '-ne':
      return x !== y;
    case '-lt':
      return x < y;
    case '-le':
      return x <= y;
    case '-gt':
      return x > y;
    default:
      return x >= y;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  '-f': 'file',
  '-d': 'directory',
  '-b': 'block',
  '-c': 'character',
};

function unary(r: Reader, op: string, word: string): boolean {
  const { t } = r;
  if (op === '-n') return word !== '';
  if (op === '-z') return word === '';
  if (op === '-t') return false;
  const node = lookup(t, word, { follow: op !== '-h' && op !== '-L' });
  if (typeof node === 'string') {
    if (!/^-[a-hkprsuwxLNOGS]$/.test(op)) fail(t, `${quote(t, op)}: unary operator expected`, 2);
    return false;
  }
  const kind = KINDS[op];
  if (kind !== undefined) return node.kind === kind;
  switch (op) {
    case '-a':
    case '-e':
    case '-r':
    case '-w':
    case '-O':
    case '-G':
      return true;
    case '-h':
    case '-L':
      return node.kind === 'symlink';
    case '-p':
    case '-S':
      return false;
    case '-s':
      return sizeOf(node) > 0;
    case '-x':
      return node.kind === 'directory' || (node.mode & 0o111) !== 0;
    case '-k':
      return (node.mode & 0o1000) !== 0;
    case '-u':
      return (node.mode & 0o4000) !== 0;
    case '-g':
      return (node.mode & 0o2000) !== 0;
    default:
      return fail(t, `${quote(t, op)}: unary operator expected`, 2);
  }
}

export const test: Program = tool(main);
