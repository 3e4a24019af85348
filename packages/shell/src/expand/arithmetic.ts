// arithmetic.ts — Evaluates an expression while parsing it, as bash does, with 64-bit integers and bash's errors.
import { readOperator, SINGLE_OPERATORS } from './arithmetic-tokens.ts';
import { operate, wrap } from './integers.ts';
import { parseNumber } from './numbers.ts';

/** `message` is the text that bash prints after the expression. */
export class ArithmeticError extends Error {
  override readonly name = 'ArithmeticError';
}

/** Reads and sets variables for the evaluation. `key` is the text between the brackets of a subscript. */
export interface ArithmeticScope {
  get(name: string, key: string | undefined): string;
  set(name: string, key: string | undefined, value: string): void;
}

/** The levels of variables whose values are expressions with variables. */
const MAX_DEPTH = 1024;

/** JavaScript's stack may be too small for MAX_DEPTH levels, so that an endless recursion is looked for at this one. */
const PROBE_DEPTH = 192;

interface Target {
  readonly name: string;
  readonly key: string | undefined;
  /** The index of the name. */
  readonly at: number;
}

interface Reader {
  readonly text: string;
  readonly scope: ArithmeticScope;
  readonly depth: number;
  /** The expression that reads the variable whose value this one is. */
  readonly outer: Reader | undefined;
  /** Set by `write`, in all expressions around it. */
  wrote: boolean;
  /** The index of the first variable that was read and had a value. */
  firstRead: number | undefined;
  /** The index after the current token; `last` is the index at which it began. */
  pos: number;
  last: number;
  token: string;
  kind: 'end' | 'number' | 'name' | 'operator';
  value: bigint;
  target: Target | undefined;
  /** Above 0 in the part of `?:`, `&&` or `||` that is not evaluated: no variable is read or set there. */
  skip: number;
}

/** Evaluates `text`; an empty text is 0. */
export function evaluateArithmetic(scope: ArithmeticScope, text: string): bigint {
  return evaluateWithin(scope, text, undefined);
}

function evaluateWithin(scope: ArithmeticScope, text: string, outer: Reader | undefined): bigint {
  const reader: Reader = {
    text,
    scope,
    depth: outer === undefined ? 0 : outer.depth + 1,
    outer,
    wrote: false,
    firstRead: undefined,
    pos: 0,
    last: 0,
    token: '',
    kind: 'end',
    value: 0n,
    target: undefined,
    skip: 0,
  };
  if (reader.depth === PROBE_DEPTH) failIfEndless(reader);
  if (reader.depth === MAX_DEPTH) failTooDeep(outer);
  if (/^[ \t\n]*$/.test(text)) return 0n;
  advance(reader);
  const value = comma(reader);
  if (reader.kind !== 'end') fail(reader, 'syntax error in expression');
  return value;
}

/**
 * Fails, as bash would at MAX_DEPTH, if the values repeat and none of the expressions has set a variable: then nothing can
 * end the recursion.
 */
function failIfEndless(reader: Reader): void {
  const levels: Reader[] = [];
  for (let at = reader.outer; at !== undefined; at = at.outer) {
    if (at.wrote) return;
    levels.push(at);
  }
  const repeats = (period: number): boolean =>
    levels.every((level, i) => i >= PROBE_DEPTH / 2 || level.text === levels[i + period]?.text);
  let period = 1;
  while (period < PROBE_DEPTH / 2 && !repeats(period)) period++;
  if (period === PROBE_DEPTH / 2) return;
  const beyond = (MAX_DEPTH - PROBE_DEPTH) % period;
  failTooDeep(levels[period + ((period - beyond) % period)]);
}

/** bash fails in the last level that there may be, at the first variable there that has a value. */
function failTooDeep(level: Reader | undefined): void {
  if (level === undefined) return;
  fail({ ...level, last: level.firstRead ?? 0 }, 'expression recursion level exceeded');
}

/** `end`: where the text ends that the message shows. */
function fail(reader: Reader, message: string, end = reader.text.length): never {
  const expression = reader.text.slice(0, end).replace(/^[ \t]+/, '');
  const token = reader.text.slice(reader.last, end);
  throw new ArithmeticError(`${expression}: ${message} (error token is "${token}")`);
}

function advance(reader: Reader): void {
  const { text } = reader;
  let i = reader.pos;
  while (/[ \t\n]/.test(text.charAt(i)) && i < text.length) i++;
  if (i >= text.length) {
    reader.pos = i;
    reader.kind = 'end';
    reader.token = '';
    return;
  }
  reader.last = i;
  const char = text.charAt(i);
  if (/[A-Za-z_]/.test(char)) readName(reader, i);
  else if (/[0-9]/.test(char)) readNumber(reader, i);
  else readSign(reader, i);
}

/** Reads an operator. For any other character, the error depends on the token before it. */
function readSign(reader: Reader, at: number): void {
  const token = readOperator(reader.text, at);
  if (!/^[-+*/%<>=!&|^~?:(),]/.test(token)) {
    const before = reader.kind === 'end' || (reader.kind === 'operator' && reader.token !== ')');
    fail(reader, `syntax error: ${before ? 'operand expected' : 'invalid arithmetic operator'}`);
  }
  reader.kind = 'operator';
  reader.token = token;
  reader.pos = at + token.length;
}

function readName(reader: Reader, at: number): void {
  const { text } = reader;
  const [name] = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(at)) as RegExpExecArray;
  let end = at + name.length;
  let key: string | undefined;
  if (text.charAt(end) === '[') {
    const close = closingBracket(text, end);
    if (close < 0) fail(reader, 'bad array subscript');
    key = text.slice(end + 1, close);
    end = close + 1;
  }
  reader.kind = 'name';
  reader.token = name;
  reader.target = { name, key, at };
  reader.pos = end;
}

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text.charAt(i) === '[') depth++;
    else if (text.charAt(i) === ']' && --depth === 0) return i;
  }
  return -1;
}

function readNumber(reader: Reader, at: number): void {
  const [digits] = /^[0-9A-Za-z_@#]+/.exec(reader.text.slice(at)) as RegExpExecArray;
  reader.kind = 'number';
  reader.token = digits;
  reader.pos = at + digits.length;
  const number = parseNumber(digits);
  if (typeof number === 'string') fail(reader, number, reader.pos);
  reader.value = number;
}

const isOperator = (reader: Reader, token: string): boolean =>
  reader.kind === 'operator' && reader.token === token;

function comma(reader: Reader): bigint {
  let value = assignment(reader);
  while (isOperator(reader, ',')) {
    advance(reader);
    value = assignment(reader);
  }
  return value;
}

const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '|=', '^=']);

function assignment(reader: Reader): bigint {
  const start = reader.kind === 'name' ? reader.target : undefined;
  const startToken = reader.last;
  const left = conditional(reader);
  if (reader.kind !== 'operator' || !ASSIGNMENTS.has(reader.token)) return left;
  const { token } = reader;
  // The left side of an assignment must be a single name.
  if (start === undefined || !standsAlone(reader, startToken)) {
    fail(reader, 'attempted assignment to non-variable');
  }
  advance(reader);
  const right = assignment(reader);
  const value = token === '=' ? right : binary(reader, token.slice(0, -1), left, right);
  write(reader, start, value);
  return value;
}

function standsAlone(reader: Reader, start: number): boolean {
  const before = reader.text.slice(start, reader.last);
  return /^[A-Za-z_][A-Za-z0-9_]*(?:\[.*\])?[ \t\n]*$/s.test(before);
}

function conditional(reader: Reader): bigint {
  const test = operation(reader, 0);
  if (!isOperator(reader, '?')) return test;
  branch(reader);
  const yes = skipping(reader, test === 0n, () => comma(reader));
  if (!isOperator(reader, ':')) fail(reader, "`:' expected for conditional expression");
  branch(reader);
  const no = skipping(reader, test !== 0n, () => conditional(reader));
  return test === 0n ? no : yes;
}

function branch(reader: Reader): void {
  advance(reader);
  if (reader.kind === 'end' || isOperator(reader, ':')) fail(reader, 'expression expected');
}

function skipping(reader: Reader, skip: boolean, evaluate: () => bigint): bigint {
  if (skip) reader.skip++;
  const value = evaluate();
  if (skip) reader.skip--;
  return value;
}

/** How tightly each binary operator binds; 0 binds loosest. */
const LEVELS: ReadonlyMap<string, number> = new Map(
  [
    ['||'],
    ['&&'],
    ['|'],
    ['^'],
    ['&'],
    ['==', '!='],
    ['<=', '>=', '<', '>'],
    ['<<', '>>'],
    ['+', '-'],
    ['*', '/', '%'],
  ].flatMap((operators, level) => operators.map((operator) => [operator, level] as const)),
);

const levelOf = (reader: Reader): number =>
  reader.kind === 'operator' ? (LEVELS.get(reader.token) ?? -1) : -1;

/** Parses the binary operators of `level` and those that bind tighter. It calls itself only for an operator, since variables nest deeply. */
function operation(reader: Reader, level: number): bigint {
  let left = power(reader);
  for (let found = levelOf(reader); found >= level; found = levelOf(reader)) {
    const { token } = reader;
    const next = found + 1;
    advance(reader);
    if (token === '||' || token === '&&') {
      const decided = (left !== 0n) === (token === '||');
      const right = skipping(reader, decided, () => operation(reader, next));
      const value = token === '||' ? left !== 0n || right !== 0n : left !== 0n && right !== 0n;
      left = value ? 1n : 0n;
    } else {
      const right = operation(reader, next);
      left = binary(reader, token, left, right);
    }
  }
  return left;
}

function power(reader: Reader): bigint {
  const base = unary(reader);
  if (!isOperator(reader, '**')) return base;
  advance(reader);
  const exponent = power(reader);
  if (exponent < 0n) fail(reader, 'exponent less than 0');
  let value = 1n;
  let square = base;
  for (let n = exponent; n > 0n; n >>= 1n) {
    if ((n & 1n) === 1n) value = wrap(value * square);
    square = wrap(square * square);
  }
  return value;
}

function binary(reader: Reader, operator: string, left: bigint, right: bigint): bigint {
  const divides = operator === '/' || operator === '%';
  if (!divides || right !== 0n) return operate(operator, left, right);
  if (reader.skip > 0) return 0n;
  return fail(reader, 'division by 0');
}

function unary(reader: Reader): bigint {
  const { token } = reader;
  if (reader.kind === 'operator') {
    if (token === '++' || token === '--') return prefixStep(reader, token);
    if (SINGLE_OPERATORS.includes(token)) {
      advance(reader);
      const value = unary(reader);
      if (token === '!') return value === 0n ? 1n : 0n;
      if (token === '~') return ~value;
      return token === '-' ? wrap(-value) : value;
    }
  }
  return primary(reader);
}

/** Parses `++x` and `--x`. Before anything but a name, as in `--5`, these are two signs. */
function prefixStep(reader: Reader, token: string): bigint {
  advance(reader);
  if (reader.kind !== 'name') {
    const value = unary(reader);
    return value;
  }
  const { target } = reader;
  const value = wrap(read(reader, target as Target) + (token === '++' ? 1n : -1n));
  write(reader, target as Target, value);
  advance(reader);
  return value;
}

function primary(reader: Reader): bigint {
  if (reader.kind === 'number') {
    const { value } = reader;
    advance(reader);
    return value;
  }
  if (reader.kind === 'name') return variable(reader);
  if (!isOperator(reader, '(')) fail(reader, 'syntax error: operand expected');
  advance(reader);
  const value = comma(reader);
  if (!isOperator(reader, ')')) fail(reader, "missing `)'");
  advance(reader);
  return value;
}

function variable(reader: Reader): bigint {
  const target = reader.target as Target;
  advance(reader);
  // `x = …` does not read x, whose value may be no number.
  if (isOperator(reader, '=')) return 0n;
  const value = read(reader, target);
  if (!isOperator(reader, '++') && !isOperator(reader, '--')) return value;
  write(reader, target, wrap(value + (reader.token === '++' ? 1n : -1n)));
  advance(reader);
  return value;
}

function read(reader: Reader, { name, key, at }: Target): bigint {
  if (reader.skip > 0) return 0n;
  const text = reader.scope.get(name, key);
  if (text === '') return 0n;
  reader.firstRead ??= at;
  if (/^-?[1-9][0-9]{0,14}$/.test(text)) return BigInt(text);
  return evaluateWithin(reader.scope, text, reader);
}

function write(reader: Reader, { name, key }: Target, value: bigint): void {
  if (reader.skip > 0) return;
  for (let at: Reader | undefined = reader; at?.wrote === false; at = at.outer) at.wrote = true;
  reader.scope.set(name, key, String(value));
}
