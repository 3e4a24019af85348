// expr.ts — expr(1).
//
//   |   &   < <= = == != >= >   + -   * / %   :   match substr index length + ( )
import { compileRegex, RegexError } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, tool } from '../tool.ts';

interface Reader {
  readonly t: Tool;
  readonly words: readonly string[];
  at: number;
}

type Value = string | bigint;

const isNull = (value: Value): boolean =>
  value === 0n || value === '' || (typeof value === 'string' && /^-?0+$/.test(value));

function* main(t: Tool): Task<number> {
  const words = t.args[0] === '--' ? t.args.slice(1) : t.args;
  if (words.length === 0) failUsage(t, 'missing operand', 2);
  const r: Reader = { t, words, at: 0 };
  const value = or(r);
  const extra = words[r.at];
  if (extra !== undefined) fail(t, `syntax error: unexpected argument ${quote(t, extra)}`, 2);
  t.out.put(`${String(value)}\n`);
  yield* t.out.flush();
  return isNull(value) ? 1 : 0;
}

function accept(r: Reader, ...words: string[]): string | undefined {
  const word = r.words[r.at];
  if (word === undefined || !words.includes(word)) return undefined;
  r.at++;
  return word;
}

function or(r: Reader): Value {
  let left = and(r);
  while (accept(r, '|') !== undefined) {
    const right = and(r);
    if (isNull(left)) left = isNull(right) ? 0n : right;
  }
  return left;
}

function and(r: Reader): Value {
  let left = comparison(r);
  while (accept(r, '&') !== undefined) {
    const right = comparison(r);
    if (isNull(left) || isNull(right)) left = 0n;
  }
  return left;
}

function asInteger(value: Value): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return /^-?\d+$/.test(value) ? BigInt(value) : undefined;
}

function comparison(r: Reader): Value {
  let left = sum(r);
  for (;;) {
    const op = accept(r, '<', '<=', '=', '==', '!=', '>=', '>');
    if (op === undefined) return left;
    left = compare(left, op, sum(r)) ? 1n : 0n;
  }
}

function compare(left: Value, op: string, right: Value): boolean {
  const [a, b] = [asInteger(left), asInteger(right)];
  const [s, u] = [String(left), String(right)];
  const order =
    a !== undefined && b !== undefined ? (a < b ? -1 : a > b ? 1 : 0) : s < u ? -1 : s > u ? 1 : 0;
  switch (op) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '!=':
      return order !== 0;
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    default:
      return order === 0;
  }
}

function arithmetic(r: Reader, left: Value, op: string, right: Value): bigint {
  const [a, b] = [asInteger(left), asInteger(right)];
  if (a === undefined || b === undefined) fail(r.t, 'non-integer argument', 2);
  if ((op === '/' || op === '%') && b === 0n) fail(r.t, 'division by zero', 2);
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    default:
      return a % b;
  }
}

function sum(r: Reader): Value {
  let left = product(r);
  for (;;) {
    const op = accept(r, '+', '-');
    if (op === undefined) return left;
    left = arithmetic(r, left, op, product(r));
  }
}

function product(r: Reader): Value {
  let left = matching(r);
  for (;;) {
    const op = accept(r, '*', '/', '%');
    if (op === undefined) return left;
    left = arithmetic(r, left, op, matching(r));
  }
}

function matching(r: Reader): Value {
  let left = primary(r);
  while (accept(r, ':') !== undefined) left = match(r, String(left), String(primary(r)));
  return left;
}

/** Matches at the start of the text. Returns the first group, or the length of the match if there is no group. */
function match(r: Reader, text: string, source: string): Value {
  try {
    const regex = compileRegex(source, { extended: false });
    const found = regex.exec(text);
    const grouped = regex.parsed.groups > 0;
    if (found === undefined || found.start !== 0) return grouped ? '' : 0n;
    return grouped ? (found.groups[0] ?? '') : BigInt(found.end);
  } catch (error) {
    if (error instanceof RegexError) return fail(r.t, error.message, 2);
    throw error;
  }
}

function primary(r: Reader): Value {
  const word = r.words[r.at];
  if (word === undefined) {
    const last = r.words.at(-1) ?? '';
    return fail(r.t, `syntax error: missing argument after ${quote(r.t, last)}`, 2);
  }
  r.at++;
  switch (word) {
    case '(':
      return parenthesized(r);
    case ')':
      return fail(r.t, `syntax error: unexpected ${quote(r.t, ')')}`, 2);
    case '+':
      // The next word is text, whatever it means otherwise.
      return r.words[r.at] === undefined ? primary(r) : (r.words[r.at++] ?? '');
    default:
      return Object.hasOwn(FUNCTIONS, word) ? (FUNCTIONS[word] ?? primary)(r) : word;
  }
}

function parenthesized(r: Reader): Value {
  const value = or(r);
  if (accept(r, ')') !== undefined) return value;
  const next = r.words[r.at];
  const where =
    next === undefined
      ? `after ${quote(r.t, r.words.at(-1) ?? '')}`
      : `instead of ${quote(r.t, next)}`;
  return fail(r.t, `syntax error: expecting ${quote(r.t, ')')} ${where}`, 2);
}

const text = (r: Reader): string => String(primary(r));
const integer = (r: Reader): number => Number(asInteger(primary(r)) ?? 0n);

/** Each reads its arguments from left to right. */
const FUNCTIONS: Readonly<Record<string, (r: Reader) => Value>> = {
  length: (r) => BigInt(text(r).length),
  match: (r) => match(r, text(r), text(r)),
  index(r) {
    const [searched, chars] = [text(r), text(r)];
    return BigInt(searched.split('').findIndex((c) => chars.includes(c)) + 1);
  },
  substr(r) {
    const [whole, from, length] = [text(r), integer(r), integer(r)];
    return from < 1 || length < 1 ? '' : whole.slice(from - 1, from - 1 + length);
  },
};

export const expr: Program = tool(main);
