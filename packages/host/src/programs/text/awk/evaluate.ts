// evaluate.ts — Values of awk expressions.
import { unreachable } from '@dmsim/sim';

import { callBuiltin } from './builtins.ts';
import type { AwkArray, Cell, Interpreter } from './interpreter.ts';
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
  splitRecord,
  textOf,
} from './interpreter.ts';
import { AwkError } from './lex.ts';
import type { Expr, Lvalue } from './node.ts';
import type { Value } from './value.ts';
import { compareValues, isTrue, toNumber } from './value.ts';

/** How statements are run, for calls of functions; given once by run.ts. */
export type CallFunction = (m: Interpreter, name: string, cells: Map<string, Cell>) => Value;

let callBody: CallFunction = () => undefined;

export function setCallFunction(call: CallFunction): void {
  callBody = call;
}

export function evaluate(m: Interpreter, e: Expr): Value {
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
      return read(m, e);
    case 'assign':
      return assign(m, e);
    case 'conditional':
      return evaluate(m, isTrue(evaluate(m, e.test)) ? e.yes : e.no);
    case 'and':
      return isTrue(evaluate(m, e.left)) && isTrue(evaluate(m, e.right)) ? 1 : 0;
    case 'or':
      return isTrue(evaluate(m, e.left)) || isTrue(evaluate(m, e.right)) ? 1 : 0;
    case 'binary':
      return binary(m, e.op, evaluate(m, e.left), evaluate(m, e.right));
    case 'match':
      return matchOf(m, e.regex).test(asText(m, evaluate(m, e.left))) === e.negated ? 0 : 1;
    case 'in':
      return arrayOf(m, e.array.name).has(subscript(m, e.keys)) ? 1 : 0;
    case 'unary':
      return unary(e.op, evaluate(m, e.of));
    case 'step': {
      const old = toNumber(read(m, e.to));
      write(m, e.to, old + e.by);
      return e.prefix ? old + e.by : old;
    }
    case 'call':
      return callUser(m, e);
    case 'builtin':
      return callBuiltin(m, e, { evaluate, write, matchOf });
    case 'list':
      return e.items.map((item) => asText(m, evaluate(m, item))).join(textOf(m, 'SUBSEP'));
    default:
      return unreachable(e);
  }
}

/** What stands where a regex is wanted: /…/ as it is, all else by its text. */
function matchOf(m: Interpreter, e: Expr): ReturnType<typeof regexOf> {
  return regexOf(m, e.kind === 'regex' ? e.text : asText(m, evaluate(m, e)));
}

export function subscript(m: Interpreter, keys: readonly Expr[]): string {
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) return asText(m, evaluate(m, only));
  return keys.map((key) => asText(m, evaluate(m, key))).join(textOf(m, 'SUBSEP'));
}

function fieldIndex(m: Interpreter, e: Expr): number {
  const index = Math.trunc(toNumber(evaluate(m, e)));
  if (index < 0) throw new AwkError(`access to negative field`, 1);
  return index;
}

function read(m: Interpreter, e: Lvalue): Value {
  switch (e.kind) {
    case 'name':
      if (e.name === 'NF') splitRecord(m);
      return cellOf(m, e.name).value;
    case 'field':
      return fieldValue(m, fieldIndex(m, e.index));
    case 'element': {
      const array = arrayOf(m, e.array.name);
      const key = subscript(m, e.keys);
      // To ask for an element makes it.
      if (!array.has(key)) array.set(key, undefined);
      return array.get(key);
    }
    default:
      return unreachable(e);
  }
}

function write(m: Interpreter, e: Lvalue, value: Value): void {
  switch (e.kind) {
    case 'name':
      if (e.name === 'NF' && m.locals?.has('NF') !== true) setFieldCount(m, value);
      else cellOf(m, e.name).value = value;
      return;
    case 'field':
      setField(m, fieldIndex(m, e.index), value);
      return;
    case 'element':
      arrayOf(m, e.array.name).set(subscript(m, e.keys), value);
      return;
    default:
      unreachable(e);
  }
}

function assign(m: Interpreter, { op, to, value }: Expr & { kind: 'assign' }): Value {
  const right = evaluate(m, value);
  const result = op === '' ? right : binary(m, op, read(m, to), right);
  write(m, to, result);
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

const MAX_DEPTH = 1000;

/** Arrays go by reference, all else by value; a bare name may become either. */
function callUser(m: Interpreter, { name, args }: Expr & { kind: 'call' }): Value {
  const target = m.functions.get(name);
  if (target === undefined) throw new AwkError(`Call to undefined function`, 1);
  if (m.depth >= MAX_DEPTH) throw new AwkError(`function ${name} nests too deeply`, 1);
  countStep(m);
  const cells = new Map<string, Cell>();
  for (const [i, parameter] of target.parameters.entries()) {
    const arg = args[i];
    cells.set(
      parameter,
      arg === undefined ? { value: undefined, array: undefined } : argument(m, arg),
    );
  }
  for (const extra of args.slice(target.parameters.length)) evaluate(m, extra);
  return callBody(m, name, cells);
}

function argument(m: Interpreter, e: Expr): Cell {
  if (e.kind !== 'name') return { value: evaluate(m, e), array: undefined };
  const cell = cellOf(m, e.name);
  if (cell.array !== undefined) return cell;
  if (cell.value !== undefined || e.name === 'NF')
    return { value: evaluate(m, e), array: undefined };
  // Not set yet: if the function makes an array of it, the caller's is that array.
  const shared: Cell = {
    value: undefined,
    get array(): AwkArray | undefined {
      return cell.array;
    },
    set array(array: AwkArray | undefined) {
      cell.array = array;
    },
  };
  return shared;
}
