// find-expression.ts — Parses the expressions of find(1).
import { momentOf } from '@dmsim/libc';
import { strerror } from '@dmsim/sim';
import type { Vnode } from '@dmsim/vfs';

import { GROUPS, timeOfMoment, timesOf } from '../fileutils/inode.ts';
import type { TimeKind } from '../fileutils/ls-time.ts';
import { changeMode } from '../fileutils/mode.ts';
import { parseDatetime } from '../parse-datetime.ts';
import { lookup } from '../paths.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, Failure, quote } from '../tool.ts';
import type { FormatPart } from './find-printf.ts';
import { parseFormat } from './find-printf.ts';

export type FindNode =
  | { readonly kind: 'and' | 'or'; readonly left: FindNode; readonly right: FindNode }
  | { readonly kind: 'not'; readonly of: FindNode }
  | { readonly kind: 'name'; readonly pattern: string; readonly ignoreCase: boolean }
  | { readonly kind: 'path'; readonly pattern: string }
  | { readonly kind: 'type'; readonly letters: string }
  | { readonly kind: 'empty' | 'prune' | 'delete' | 'quit' | 'executable' }
  | {
      readonly kind: 'age';
      readonly of: TimeKind;
      readonly unit: number;
      readonly accepts: Accepts;
    }
  | { readonly kind: 'newer'; readonly of: TimeKind; readonly than: bigint }
  | { readonly kind: 'links'; readonly accepts: Accepts }
  | { readonly kind: 'same'; readonly node: Vnode }
  | { readonly kind: 'owner'; readonly of: 'user' | 'group'; readonly accepts: Accepts }
  | { readonly kind: 'mode'; readonly accepts: Accepts }
  | { readonly kind: 'size'; readonly unit: number; readonly accepts: Accepts }
  | { readonly kind: 'constant'; readonly truth: boolean }
  | { readonly kind: 'print'; readonly end: string }
  | { readonly kind: 'printf'; readonly parts: readonly FormatPart[] }
  | { readonly kind: 'exec'; readonly words: readonly string[]; readonly batch: boolean };

type Accepts = (n: number) => boolean;

export interface FindCall {
  readonly paths: readonly string[];
  readonly follow: boolean;
  readonly expression: FindNode;
  readonly minDepth: number;
  readonly maxDepth: number;
  readonly depthFirst: boolean;
  readonly warnings: readonly string[];
}

interface Reader {
  readonly t: Tool;
  readonly words: readonly string[];
  at: number;
  acts: boolean;
  minDepth: number;
  maxDepth: number;
  depthFirst: boolean;
  readonly warnings: string[];
}

const TRUE: FindNode = { kind: 'constant', truth: true };
const PRINT: FindNode = { kind: 'print', end: '\n' };

export function parseFind(t: Tool): FindCall {
  let at = 0;
  let follow = false;
  for (; /^-[HLP]$/.test(t.args[at] ?? ''); at++) follow = t.args[at] === '-L';
  const start = at;
  while (at < t.args.length && !/^-.|^[(!),]$/.test(t.args[at] ?? '')) at++;
  const paths = at > start ? t.args.slice(start, at) : ['.'];
  const r: Reader = {
    t,
    words: t.args,
    at,
    acts: false,
    minDepth: 0,
    maxDepth: Infinity,
    depthFirst: false,
    warnings: [],
  };
  const wanted = r.at < r.words.length ? or(r) : TRUE;
  if (r.at < r.words.length) {
    fail(
      t,
      r.words[r.at] === ')'
        ? "you have too many ')'"
        : `paths must precede expression: \`${r.words[r.at] ?? ''}'`,
    );
  }
  const expression: FindNode = r.acts ? wanted : { kind: 'and', left: wanted, right: PRINT };
  const { minDepth, maxDepth, depthFirst, warnings } = r;
  return { paths, follow, expression, minDepth, maxDepth, depthFirst, warnings };
}

function or(r: Reader): FindNode {
  let left = and(r);
  while (r.words[r.at] === '-o' || r.words[r.at] === '-or') {
    r.at++;
    left = { kind: 'or', left, right: and(r) };
  }
  return left;
}

function and(r: Reader): FindNode {
  let left = not(r);
  for (;;) {
    const word = r.words[r.at];
    if (word === undefined || word === ')' || word === '-o' || word === '-or') return left;
    if (word === '-a' || word === '-and') r.at++;
    left = { kind: 'and', left, right: not(r) };
  }
}

function not(r: Reader): FindNode {
  const word = r.words[r.at];
  if (word === '!' || word === '-not') {
    r.at++;
    return { kind: 'not', of: not(r) };
  }
  if (word === '(') {
    r.at++;
    const inner = or(r);
    if (r.words[r.at] !== ')')
      fail(r.t, "invalid expression; I was expecting to find a ')' somewhere but did not see one.");
    r.at++;
    return inner;
  }
  return primary(r);
}

function argument(r: Reader, test: string): string {
  const word = r.words[r.at++];
  if (word === undefined) fail(r.t, `missing argument to \`${test}'`);
  return word;
}

const REFUSED =
  /^-(?:newer[aBcm][aBcmt]|inum|regex|iregex|regextype|fprintf?|fprint0|fls|ls|ok|okdir|execdir|xdev|mount|daystart|used|context|fstype|lname|ilname|xtype|iwholename|ipath|readable|writable|files0-from|follow|-?help|-?version|noleaf|warn|nowarn|ignore_readdir_race)$/;

function primary(r: Reader): FindNode {
  const word = r.words[r.at++] ?? '';
  switch (word) {
    case '-name':
    case '-iname':
      return { kind: 'name', pattern: argument(r, word), ignoreCase: word === '-iname' };
    case '-path':
    case '-wholename':
      return { kind: 'path', pattern: argument(r, word) };
    case '-type':
      return { kind: 'type', letters: typeLetters(r, argument(r, word)) };
    case '-maxdepth':
    case '-mindepth': {
      const text = argument(r, word);
      if (!/^\d+$/.test(text)) {
        fail(
          r.t,
          `Expected a positive decimal integer argument to ${word}, but got ${quote(r.t, text)}`,
        );
      }
      if (word === '-maxdepth') r.maxDepth = Number(text);
      else r.minDepth = Number(text);
      return TRUE;
    }
    case '-depth':
    case '-d':
      r.depthFirst = true;
      return TRUE;
    case '-executable':
      return { kind: 'executable' };
    case '-links':
      return { kind: 'links', accepts: counted(r, word, argument(r, word)) };
    case '-perm':
      return { kind: 'mode', accepts: permissions(r, argument(r, word)) };
    case '-samefile':
      return { kind: 'same', node: fileNamed(r, argument(r, word)) };
    case '-user':
    case '-group':
      return { kind: 'owner', of: ownerOf(word), accepts: named(r, word, argument(r, word)) };
    case '-uid':
    case '-gid':
      return { kind: 'owner', of: ownerOf(word), accepts: counted(r, word, argument(r, word)) };
    case '-nouser':
    case '-nogroup':
      return { kind: 'constant', truth: false };
    case '-empty':
      return { kind: 'empty' };
    case '-size':
      return size(r, argument(r, word));
    case '-true':
    case '-false':
      return { kind: 'constant', truth: word === '-true' };
    default:
      return timeTest(r, word) ?? action(r, word);
  }
}

function action(r: Reader, word: string): FindNode {
  switch (word) {
    case '-print':
    case '-print0':
      r.acts = true;
      return { kind: 'print', end: word === '-print' ? '\n' : '\0' };
    case '-printf':
      return printf(r, argument(r, word));
    case '-prune':
      return { kind: 'prune' };
    case '-quit':
      return { kind: 'quit' };
    case '-delete':
      r.acts = true;
      r.depthFirst = true;
      return { kind: 'delete' };
    case '-exec':
      r.acts = true;
      return exec(r);
    default:
      if (REFUSED.test(word)) refuse(r.t, word);
      if (word.startsWith('-')) fail(r.t, `unknown predicate \`${word}'`);
      throw new Failure(`${r.t.name}: paths must precede expression: \`${word}'\n`, 1);
  }
}

function printf(r: Reader, format: string): FindNode {
  r.acts = true;
  const { parts, warnings } = parseFormat(r.t, format);
  r.warnings.push(...warnings);
  return { kind: 'printf', parts };
}

const ownerOf = (word: string): 'user' | 'group' => (word.startsWith('-u') ? 'user' : 'group');

/** The name or the number of a user or a group. */
function named(r: Reader, word: string, text: string): Accepts {
  const names: Readonly<Record<string, number>> = word === '-user' ? { root: 0 } : GROUPS;
  if (/^\d+$/.test(text)) return (id) => id === Number(text);
  const number = Object.hasOwn(names, text) ? names[text] : undefined;
  return number === undefined ? refuse(r.t, `${word} ${text}`) : (id) => id === number;
}

function typeLetters(r: Reader, text: string): string {
  for (const letter of text.split(',')) {
    if (!/^[bcdpflsD]$/.test(letter)) fail(r.t, `Unknown argument to -type: ${letter}`);
  }
  return text;
}

const UNITS: Readonly<Record<string, number>> = {
  c: 1,
  w: 2,
  b: 512,
  k: 1024,
  M: 1048576,
  G: 1073741824,
};

const AGES: Readonly<Record<string, readonly [of: TimeKind, unit: number] | undefined>> = {
  '-atime': ['accessed', 86_400],
  '-mtime': ['modified', 86_400],
  '-ctime': ['changed', 86_400],
  '-amin': ['accessed', 60],
  '-mmin': ['modified', 60],
  '-cmin': ['changed', 60],
};
const NEWER: Readonly<Record<string, TimeKind | undefined>> = {
  '-newer': 'modified',
  '-anewer': 'accessed',
  '-cnewer': 'changed',
};

/** The tests that compare a time of the file with the present, or with the time of another. */
function timeTest(r: Reader, word: string): FindNode | undefined {
  const age = AGES[word];
  if (age !== undefined) {
    const [of, unit] = age;
    return { kind: 'age', of, unit, accepts: counted(r, word, argument(r, word)) };
  }
  if (word === '-newermt') return { kind: 'newer', of: 'modified', than: instantNamed(r) };
  const of = NEWER[word];
  if (of === undefined) return undefined;
  return { kind: 'newer', of, than: timesOf(r.t, fileNamed(r, argument(r, word))).modified };
}

function instantNamed(r: Reader): bigint {
  const text = argument(r, '-newermt');
  const moment = parseDatetime(text, momentOf(r.t.process.sim));
  if (moment === undefined)
    return fail(r.t, `I cannot figure out how to interpret ${quote(r.t, text)} as a date or time`);
  return timeOfMoment(moment);
}

function fileNamed(r: Reader, name: string): Vnode {
  const node = lookup(r.t, name);
  return typeof node === 'string' ? fail(r.t, `${quote(r.t, name)}: ${strerror(node)}`) : node;
}

/** `+N`, `-N` or `N`: more than, less than, or exactly as many. */
function counted(r: Reader, test: string, text: string): Accepts {
  const match = /^([-+]?)(\d+)$/.exec(text);
  if (match === null) fail(r.t, `invalid argument \`${text}' to \`${test}'`);
  const n = Number(match[2]);
  return match[1] === '+' ? (x) => x > n : match[1] === '-' ? (x) => x < n : (x) => x === n;
}

/** `MODE`: exactly these bits; `-MODE`: all of them; `/MODE`: any of them. */
function permissions(r: Reader, text: string): Accepts {
  const [, how = '', mode = ''] = /^([-/]?)(.*)$/s.exec(text) ?? [];
  const bits = changeMode(mode, 0, { isDirectory: false, umask: 0 });
  if (bits === undefined) return fail(r.t, `invalid mode ${quote(r.t, text)}`);
  if (how === '-') return (of) => (of & bits) === bits;
  return how === '/' ? (of) => bits === 0 || (of & bits) !== 0 : (of) => of === bits;
}

function size(r: Reader, text: string): FindNode {
  const match = /^([-+]?)(\d+)([cwbkMG]?)$/.exec(text);
  if (match === null) fail(r.t, `invalid argument \`${text}' to \`-size'`);
  const [, sign = '', digits = '', unit = ''] = match;
  const n = Number(digits);
  const accepts: Accepts = (units) =>
    sign === '+' ? units > n : sign === '-' ? units < n : units === n;
  return { kind: 'size', unit: UNITS[unit === '' ? 'b' : unit] ?? 512, accepts };
}

function exec(r: Reader): FindNode {
  const words: string[] = [];
  for (;;) {
    const word = r.words[r.at++];
    if (word === undefined) return fail(r.t, "missing argument to `-exec'");
    if (word === ';') return { kind: 'exec', words, batch: false };
    if (word === '+' && words.at(-1) === '{}') return { kind: 'exec', words, batch: true };
    words.push(word);
  }
}
