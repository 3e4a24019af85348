// builtins.ts — The built-in functions of awk.
import { formatTime } from '@dmsim/libc';
import type { Regex, RegexMatch } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { createPrng, uniform } from '@dmsim/sim';

import { formatValues } from './format-values.ts';
import type { Interpreter } from './interpreter.ts';
import {
  arrayOf,
  asText,
  recordText,
  setGlobal,
  splitByRegex,
  splitText,
  textOf,
} from './interpreter.ts';
import { AwkError } from './lex.ts';
import type { Expr, Lvalue } from './node.ts';
import { AwkRefusal } from './node.ts';
import { substituteMatches } from './substitute.ts';
import type { Value } from './value.ts';
import { Input, toNumber } from './value.ts';

export interface Evaluator {
  readonly evaluate: (m: Interpreter, e: Expr) => Task<Value>;
  readonly evaluateAll: (m: Interpreter, list: readonly Expr[]) => Task<Value[]>;
  readonly write: (m: Interpreter, e: Lvalue, value: Value) => Task<void>;
  readonly matchOf: (m: Interpreter, e: Expr) => Task<Regex>;
}

/** How many arguments a function needs, if not one. */
const LEAST: Readonly<Record<string, number>> = {
  length: 0,
  sprintf: 0,
  srand: 0,
  rand: 0,
  fflush: 0,
  systime: 0,
  strftime: 0,
  substr: 2,
  index: 2,
  split: 2,
  sub: 2,
  gsub: 2,
  match: 2,
  atan2: 2,
  and: 2,
  or: 2,
  xor: 2,
  lshift: 2,
  rshift: 2,
  gensub: 3,
};

type Call = Expr & { kind: 'builtin' };

export function* callBuiltin(m: Interpreter, call: Call, ev: Evaluator): Task<Value> {
  const { name, args } = call;
  if (args.length < (LEAST[name] ?? 1)) throw new AwkError('Too few arguments', call.line);
  switch (name) {
    case 'length':
      return yield* lengthOf(m, args[0], ev);
    case 'split':
      return yield* split(m, call, ev);
    case 'sub':
    case 'gsub':
      return yield* substitute(m, call, ev);
    case 'gensub':
      return yield* generate(m, call, ev);
    case 'match':
      return yield* match(m, call, ev);
    default:
      return yield* called(m, name, yield* ev.evaluateAll(m, args));
  }
}

function* called(m: Interpreter, name: string, args: readonly Value[]): Task<Value> {
  switch (name) {
    case 'close':
      return yield* m.io.close(asText(m, args[0]));
    case 'system':
      return yield* m.io.system(asText(m, args[0]));
    case 'fflush':
      // print writes at once, so there is nothing to flush.
      return 0;
    default:
      return plain(m, name, args);
  }
}

function* lengthOf(m: Interpreter, arg: Expr | undefined, ev: Evaluator): Task<number> {
  if (arg === undefined) return recordText(m).length;
  if (arg.kind === 'name') {
    const cell = m.locals?.get(arg.name) ?? m.globals.get(arg.name);
    if (cell?.array !== undefined) return cell.array.size;
  }
  return asText(m, yield* ev.evaluate(m, arg)).length;
}

function plain(m: Interpreter, name: string, args: readonly Value[]): Value {
  const [first, second, third] = args;
  const text = (value: Value): string => asText(m, value);
  switch (name) {
    case 'substr':
      return substr(text(first), toNumber(second), args.length > 2 ? toNumber(third) : Infinity);
    case 'index':
      return text(second) === '' ? 0 : text(first).indexOf(text(second)) + 1;
    case 'sprintf':
      return formatValues(m, args);
    case 'tolower':
      return text(first).replace(/[A-Z]+/g, (s) => s.toLowerCase());
    case 'toupper':
      return text(first).replace(/[a-z]+/g, (s) => s.toUpperCase());
    case 'rand':
      return uniform(m.prng);
    case 'srand': {
      const old = m.seed;
      m.seed = args.length > 0 ? toNumber(first) : Math.floor(m.now() / 1e9);
      Object.assign(m, { prng: createPrng(m.seed | 0) });
      return old;
    }
    case 'systime':
      return Math.floor(m.now() / 1e9);
    case 'strftime':
      return formatTime(
        args.length > 0 ? text(first) : '%a %b %e %H:%M:%S %Z %Y',
        args.length > 1 ? toNumber(second) : Math.floor(m.now() / 1e9),
      );
    default:
      return arithmetic(name, toNumber(first), toNumber(second));
  }
}

function arithmetic(name: string, a: number, b: number): number {
  const bits = (f: (x: bigint, y: bigint) => bigint): number =>
    Number(f(BigInt(Math.trunc(a)), BigInt(Math.trunc(b))));
  switch (name) {
    case 'int':
      return Math.trunc(a);
    case 'sqrt':
      return Math.sqrt(a);
    case 'exp':
      return Math.exp(a);
    case 'log':
      return Math.log(a);
    case 'sin':
      return Math.sin(a);
    case 'cos':
      return Math.cos(a);
    case 'atan2':
      return Math.atan2(a, b);
    case 'and':
      return bits((x, y) => x & y);
    case 'or':
      return bits((x, y) => x | y);
    case 'xor':
      return bits((x, y) => x ^ y);
    case 'lshift':
      return bits((x, y) => BigInt.asUintN(64, x << y));
    case 'rshift':
      return bits((x, y) => x >> y);
    default:
      throw new AwkRefusal(`${name}()`);
  }
}

/** Rounds the positions, and starts at the first character if `from` is before it, as busybox and mawk do. */
function substr(text: string, from: number, length: number): string {
  const start = Math.max(0, roundHalfEven(from - 1));
  const end = length === Infinity ? Infinity : start + roundHalfEven(length);
  return text.slice(start, Math.max(start, end));
}

function roundHalfEven(n: number): number {
  if (!Number.isFinite(n)) return n;
  const rounded = Math.round(n);
  return Math.abs(n % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function* split(m: Interpreter, { args }: Call, ev: Evaluator): Task<number> {
  const [source, target, separator] = args;
  if (source === undefined || target?.kind !== 'name')
    throw new AwkError('split() wants an array', 1);
  const text = asText(m, yield* ev.evaluate(m, source));
  const parts =
    separator === undefined
      ? splitText(m, text, textOf(m, 'FS'))
      : separator.kind === 'regex'
        ? text === ''
          ? []
          : splitByRegex(text, yield* ev.matchOf(m, separator))
        : splitText(m, text, asText(m, yield* ev.evaluate(m, separator)));
  const array = arrayOf(m, target.name);
  array.clear();
  for (const [i, part] of parts.entries()) array.set(String(i + 1), new Input(part));
  return parts.length;
}

function* match(m: Interpreter, { args }: Call, ev: Evaluator): Task<number> {
  const [source, pattern] = args;
  if (source === undefined || pattern === undefined)
    throw new AwkError('match() wants two arguments', 1);
  if (args.length > 2) throw new AwkRefusal('match() with an array');
  const text = asText(m, yield* ev.evaluate(m, source));
  const found = (yield* ev.matchOf(m, pattern)).exec(text);
  setGlobal(m, 'RSTART', found === undefined ? 0 : found.start + 1);
  setGlobal(m, 'RLENGTH', found === undefined ? -1 : found.end - found.start);
  return found === undefined ? 0 : found.start + 1;
}

const RECORD: Lvalue = { kind: 'field', index: { kind: 'number', value: 0 } };

function* substitute(m: Interpreter, { name, args }: Call, ev: Evaluator): Task<number> {
  const [pattern, replacement, target = RECORD] = args;
  if (pattern === undefined || replacement === undefined)
    throw new AwkError(`${name}() wants two arguments`, 1);
  const regex = yield* ev.matchOf(m, pattern);
  const by = asText(m, yield* ev.evaluate(m, replacement));
  const text = asText(m, yield* ev.evaluate(m, target));
  const result = substituteMatches(
    regex,
    text,
    { global: name === 'gsub', number: 1 },
    (found, rest) => expandReplacement(by, rest, found, false),
  );
  if (result === undefined) return 0;
  const writable = target.kind === 'name' || target.kind === 'field' || target.kind === 'element';
  if (writable) yield* ev.write(m, target, result.text);
  return result.count;
}

/** gensub(pattern, replacement, "g" or a number, text): returns the new text. */
function* generate(m: Interpreter, { args }: Call, ev: Evaluator): Task<string> {
  const [pattern, replacement, how, target = RECORD] = args;
  if (pattern === undefined || replacement === undefined || how === undefined)
    throw new AwkError('Too few arguments', 1);
  const regex = yield* ev.matchOf(m, pattern);
  const by = asText(m, yield* ev.evaluate(m, replacement));
  const which = yield* ev.evaluate(m, how);
  const nth = /^g/i.test(asText(m, which)) ? 0 : Math.trunc(toNumber(which));
  const [global, number] = nth <= 0 ? [true, 1] : [false, nth];
  const text = asText(m, yield* ev.evaluate(m, target));
  const result = substituteMatches(regex, text, { global, number }, (found, rest) =>
    expandReplacement(by, rest, found, true),
  );
  return result?.text ?? text;
}

/**
 * Expands a replacement: `&` is the match and, with `numbered`, `\\1` a group. Backslashes before these are halved, and an odd
 * one quotes; elsewhere they are as they are.
 */
function expandReplacement(by: string, text: string, found: RegexMatch, numbered: boolean): string {
  if (!by.includes('&') && !by.includes('\\')) return by;
  const whole = text.slice(found.start, found.end);
  return by.replace(/(\\*)([&\d])/g, (all, backslashes: string, mark: string) => {
    const half = '\\'.repeat(backslashes.length >> 1);
    const odd = backslashes.length % 2 === 1;
    if (mark === '&') return half + (odd ? '&' : whole);
    if (!numbered) return all;
    return half + (odd ? (mark === '0' ? whole : (found.groups[Number(mark) - 1] ?? '')) : mark);
  });
}
