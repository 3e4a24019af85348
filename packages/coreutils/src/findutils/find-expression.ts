// find-expression.ts — Parses the expressions of find(1).
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
  | { readonly kind: 'empty' | 'prune' | 'delete' }
  | { readonly kind: 'size'; readonly unit: number; readonly accepts: (units: number) => boolean }
  | { readonly kind: 'constant'; readonly truth: boolean }
  | { readonly kind: 'print'; readonly end: string }
  | { readonly kind: 'printf'; readonly parts: readonly FormatPart[] }
  | { readonly kind: 'exec'; readonly words: readonly string[]; readonly batch: boolean };

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
  /^-(?:atime|mtime|ctime|amin|mmin|cmin|newer\w*|anewer|cnewer|inum|links|samefile|perm|user|group|uid|gid|nouser|nogroup|regex|iregex|regextype|fprintf?|fprint0|fls|ls|ok|okdir|execdir|xdev|mount|daystart|used|context|fstype|lname|ilname|xtype|wholename|iwholename|ipath|quit|readable|writable|executable|files0-from|noleaf|warn|nowarn|ignore_readdir_race)$/;

function primary(r: Reader): FindNode {
  const word = r.words[r.at++] ?? '';
  switch (word) {
    case '-name':
    case '-iname':
      return { kind: 'name', pattern: argument(r, word), ignoreCase: word === '-iname' };
    case '-path':
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
    case '-empty':
      return { kind: 'empty' };
    case '-size':
      return size(r, argument(r, word));
    case '-true':
    case '-false':
      return { kind: 'constant', truth: word === '-true' };
    default:
      return action(r, word);
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

function size(r: Reader, text: string): FindNode {
  const match = /^([-+]?)(\d+)([cwbkMG]?)$/.exec(text);
  if (match === null) fail(r.t, `invalid argument \`${text}' to \`-size'`);
  const [, sign = '', digits = '', unit = ''] = match;
  const n = Number(digits);
  const accepts = (units: number): boolean =>
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
