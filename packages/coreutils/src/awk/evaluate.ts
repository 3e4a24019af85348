// evaluate.ts — Evaluates awk expressions.
import type { Task } from '@dmsim/sim';
import { unreachable } from '@dmsim/sim';

import type { Evaluator } from './builtins.ts';
import { callBuiltin } from './builtins.ts';
import { callFunction } from './execute.ts';
import type { AwkArray, Cell, Interpreter, Target } from './interpreter.ts';
import {
  arrayOf,
  asText,
  cellOf,
  convertFormat,
  countStep,
  fieldValue,
  recordText,
  regexOf,
  setField,
  setFieldCount,
  setRecord,
  splitRecord,
  textOf,
} from './interpreter.ts';
import { AwkError } from './lex.ts';
import type { Expr, Lvalue } from './node.ts';
import type { Value } from './value.ts';
import { compareValues, Input, isTrue, toNumber } from './value.ts';

export function* evaluate(m: Interpreter, e: Expr): Task<Value> {
  switch (e.kind) {
    case 'number':
      return e.value;
    case 'string':
      return e.text;
    case 'regex':
      return regexOf(m, e.text).test(recordText(m)) ? 1 : 0;
    case 'name':
    case 'field':
    case 'element':
      return yield* read(m, e);
    case 'assign':
      return yield* assign(m, e);
    case 'conditional':
      return yield* evaluate(m, isTrue(yield* evaluate(m, e.test)) ? e.yes : e.no);
    case 'and':
      return isTrue(yield* evaluate(m, e.left)) && isTrue(yield* evaluate(m, e.right)) ? 1 : 0;
    case 'or':
      return isTrue(yield* evaluate(m, e.left)) || isTrue(yield* evaluate(m, e.right)) ? 1 : 0;
    case 'binary':
      return binary(m, e.op, yield* evaluate(m, e.left), yield* evaluate(m, e.right));
    case 'match':
      return yield* match(m, e);
    case 'in':
      return arrayOf(m, e.array.name).has(yield* subscript(m, e.keys)) ? 1 : 0;
    case 'unary':
      return unary(e.op, yield* evaluate(m, e.of));
    case 'step': {
      const old = toNumber(yield* read(m, e.to));
      yield* write(m, e.to, old + e.by);
      return e.prefix ? old + e.by : old;
    }
    case 'call':
      return yield* callUser(m, e);
    case 'builtin':
      return yield* callBuiltin(m, e, EVALUATOR);
    case 'list':
      return yield* subscript(m, e.items);
    case 'getline':
      return yield* getline(m, e);
    default:
      return unreachable(e);
  }
}

export function* evaluateAll(m: Interpreter, list: readonly Expr[]): Task<Value[]> {
  const values: Value[] = [];
  for (const e of list) values.push(yield* evaluate(m, e));
  return values;
}

function* match(m: Interpreter, e: Expr & { kind: 'match' }): Task<number> {
  const text = asText(m, yield* evaluate(m, e.left));
  const regex = yield* matchOf(m, e.regex);
  return regex.test(text) === e.negated ? 0 : 1;
}

/** Returns 1, 0 at the end of the file, or -1 on an error. A text that it reads may count as a number, as input does. */
function* getline(m: Interpreter, { from, to }: Expr & { kind: 'getline' }): Task<number> {
  const source: Target | undefined = from && {
    op: from.kind === 'file' ? '<' : '|',
    name: asText(m, yield* evaluate(m, from.name)),
  };
  const record = yield* m.io.getline(source);
  if (typeof record === 'string') return record === 'end' ? 0 : -1;
  if (to === undefined) setRecord(m, record.text);
  else yield* write(m, to, new Input(record.text));
  return 1;
}

/** Returns the regular expression for an operand: /…/ itself, or the text of any other expression. */
function* matchOf(m: Interpreter, e: Expr): Task<ReturnType<typeof regexOf>> {
  return regexOf(m, e.kind === 'regex' ? e.text : asText(m, yield* evaluate(m, e)));
}

export function* subscript(m: Interpreter, keys: readonly Expr[]): Task<string> {
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) return asText(m, yield* evaluate(m, only));
  const values = yield* evaluateAll(m, keys);
  return values.map((value) => asText(m, value)).join(textOf(m, 'SUBSEP'));
}

function* fieldIndex(m: Interpreter, e: Expr): Task<number> {
  const index = Math.trunc(toNumber(yield* evaluate(m, e)));
  if (index < 0) throw new AwkError('Access to negative field', 1);
  return index;
}

function* read(m: Interpreter, e: Lvalue): Task<Value> {
  switch (e.kind) {
    case 'name':
      if (e.name === 'NF') splitRecord(m);
      return cellOf(m, e.name).value;
    case 'field':
      return fieldValue(m, yield* fieldIndex(m, e.index));
    case 'element': {
      const array = arrayOf(m, e.array.name);
      const key = yield* subscript(m, e.keys);
      // Reading an element creates it.
      if (!array.has(key)) array.set(key, undefined);
      return array.get(key);
    }
    default:
      return unreachable(e);
  }
}

function* write(m: Interpreter, e: Lvalue, value: Value): Task<void> {
  switch (e.kind) {
    case 'name':
      if (e.name === 'NF' && m.locals?.has('NF') !== true) setFieldCount(m, value);
      else cellOf(m, e.name).value = value;
      return;
    case 'field':
      setField(m, yield* fieldIndex(m, e.index), value);
      return;
    case 'element':
      arrayOf(m, e.array.name).set(yield* subscript(m, e.keys), value);
      return;
    default:
      unreachable(e);
  }
}

function* assign(m: Interpreter, { op, to, value }: Expr & { kind: 'assign' }): Task<Value> {
  const right = yield* evaluate(m, value);
  // An unset variable gives another one an empty text.
  const result = op === '' ? (right ?? '') : binary(m, op, yield* read(m, to), right);
  yield* write(m, to, result);
  return result;
}

function unary(op: '-' | '+' | '!', value: Value): Value {
  if (op === '!') return isTrue(value) ? 0 : 1;
  return op === '-' ? -toNumber(value) : toNumber(value);
}

function binary(m: Interpreter, op: string, a: Value, b: Value): Value {
  switch (op) {
    case 'concat':
      return asText(m, a) + asText(m, b);
    case '+':
      return toNumber(a) + toNumber(b);
    case '-':
      return toNumber(a) - toNumber(b);
    case '*':
      return toNumber(a) * toNumber(b);
    case '/':
    case '%': {
      const divisor = toNumber(b);
      if (divisor === 0) throw new AwkError('Division by zero', 1);
      return op === '/' ? toNumber(a) / divisor : toNumber(a) % divisor;
    }
    case '^':
      return toNumber(a) ** toNumber(b);
    default:
      return compare(op, compareValues(a, b, convertFormat(m))) ? 1 : 0;
  }
}

function compare(op: string, order: number): boolean {
  switch (op) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

const EVALUATOR: Evaluator = { evaluate, evaluateAll, write, matchOf };

const MAX_DEPTH = 1000;

/** Calls a function. Arrays are passed by reference, other values by value; an unset name may become either. */
function* callUser(m: Interpreter, { name, args, line }: Expr & { kind: 'call' }): Task<Value> {
  const target = m.functions.get(name);
  if (target === undefined) throw new AwkError('Call to undefined function', line);
  if (m.depth >= MAX_DEPTH) throw new AwkError(`function ${name} nests too deeply`, 1);
  countStep(m);
  const cells = new Map<string, Cell>();
  for (const [i, parameter] of target.parameters.entries()) {
    const arg = args[i];
    cells.set(
      parameter,
      arg === undefined ? { value: undefined, array: undefined } : yield* argument(m, arg),
    );
  }
  for (const extra of args.slice(target.parameters.length)) yield* evaluate(m, extra);
  return yield* callFunction(m, name, cells);
}

function* argument(m: Interpreter, e: Expr): Task<Cell> {
  if (e.kind !== 'name') return { value: yield* evaluate(m, e), array: undefined };
  const cell = cellOf(m, e.name);
  if (cell.array !== undefined) return cell;
  if (cell.value !== undefined || e.name === 'NF')
    return { value: yield* evaluate(m, e), array: undefined };
  return new UnsetArgument(cell);
}

/** If the function uses it as an array, the caller's variable becomes that array. */
class UnsetArgument implements Cell {
  value: Value = undefined;
  readonly #caller: Cell;
  constructor(caller: Cell) {
    this.#caller = caller;
  }
  get array(): AwkArray | undefined {
    return this.#caller.array;
  }
  set array(array: AwkArray | undefined) {
    this.#caller.array = array;
  }
}
