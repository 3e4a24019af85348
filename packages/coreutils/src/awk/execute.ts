// execute.ts — Runs awk statements.
import type { Task } from '@dmsim/sim';
import { unreachable } from '@dmsim/sim';

import { evaluate, evaluateAll, subscript } from './evaluate.ts';
import { formatValues } from './format-values.ts';
import type { Cell, Interpreter } from './interpreter.ts';
import { arrayOf, asText, cellOf, countStep, recordText, textOf } from './interpreter.ts';
import type { Statement } from './node.ts';
import { visitOrder } from './order.ts';
import type { Value } from './value.ts';
import { isTrue, toNumber, toText } from './value.ts';

/** How control leaves a statement; undefined if the next statement follows. */
export type Leave =
  | { readonly kind: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly kind: 'exit'; readonly status: number | undefined }
  | { readonly kind: 'return'; readonly value: Value };

/** `exit` was called inside a function; this unwinds the calls. */
export class ExitProgram extends Error {
  override readonly name = 'ExitProgram';
  readonly leave: Leave;
  constructor(leave: Leave) {
    super('exit');
    this.leave = leave;
  }
}

export function* execute(m: Interpreter, s: Statement): Task<Leave | undefined> {
  switch (s.kind) {
    case 'expression':
      yield* evaluate(m, s.value);
      return undefined;
    case 'print':
    case 'printf':
      yield* print(m, s);
      return undefined;
    case 'if': {
      if (isTrue(yield* evaluate(m, s.test))) return yield* execute(m, s.yes);
      return s.no === undefined ? undefined : yield* execute(m, s.no);
    }
    case 'while':
    case 'do':
    case 'for':
      return yield* loop(m, s);
    case 'for-in':
      return yield* forIn(m, s);
    case 'block': {
      for (const statement of s.body) {
        const leave = yield* execute(m, statement);
        if (leave !== undefined) return leave;
      }
      return undefined;
    }
    case 'next':
    case 'nextfile':
    case 'break':
    case 'continue':
      return s;
    case 'exit':
      return {
        kind: 'exit',
        status:
          s.value === undefined
            ? undefined
            : Math.trunc(toNumber(yield* evaluate(m, s.value))) & 0xff,
      };
    case 'return':
      return {
        kind: 'return',
        value: s.value === undefined ? undefined : yield* evaluate(m, s.value),
      };
    case 'delete': {
      const array = arrayOf(m, s.array.name);
      if (s.keys === undefined) array.clear();
      else array.delete(yield* subscript(m, s.keys));
      return undefined;
    }
    default:
      return unreachable(s);
  }
}

/** Runs print or printf. The target of a redirection is evaluated before the values. */
function* print(
  m: Interpreter,
  { kind, args, redirect }: Statement & { kind: 'print' | 'printf' },
): Task<void> {
  const to =
    redirect === undefined
      ? undefined
      : { op: redirect.op, name: asText(m, yield* evaluate(m, redirect.to)) };
  const values = yield* evaluateAll(m, args);
  yield* m.io.print(kind === 'printf' ? formatValues(m, values) : lineOf(m, values), to);
}

function lineOf(m: Interpreter, values: readonly Value[]): string {
  const format = textOf(m, 'OFMT');
  const shown =
    values.length === 0
      ? recordText(m)
      : values.map((value) => toText(value, format)).join(textOf(m, 'OFS'));
  return shown + textOf(m, 'ORS');
}

function* loop(
  m: Interpreter,
  s: Statement & { kind: 'while' | 'do' | 'for' },
): Task<Leave | undefined> {
  if (s.kind === 'for' && s.start !== undefined) yield* execute(m, s.start);
  for (let first = true; ; first = false) {
    countStep(m);
    const test = s.kind === 'do' && first ? undefined : s.test;
    if (test !== undefined && !isTrue(yield* evaluate(m, test))) return undefined;
    const leave = yield* execute(m, s.body);
    if (endsLoop(leave)) return beyondLoop(leave);
    if (s.kind === 'for' && s.step !== undefined) yield* execute(m, s.step);
  }
}

function* forIn(m: Interpreter, s: Statement & { kind: 'for-in' }): Task<Leave | undefined> {
  for (const key of visitOrder(Array.from(arrayOf(m, s.array.name).keys()))) {
    countStep(m);
    cellOf(m, s.variable.name).value = key;
    const leave = yield* execute(m, s.body);
    if (endsLoop(leave)) return beyondLoop(leave);
  }
  return undefined;
}

const endsLoop = (leave: Leave | undefined): leave is Leave =>
  leave !== undefined && leave.kind !== 'continue';

/** The way out that remains after the loop: none, if it was `break`. */
const beyondLoop = (leave: Leave): Leave | undefined =>
  leave.kind === 'break' ? undefined : leave;

/** Runs the body of a function; undefined if no function has that name. */
export function* callFunction(m: Interpreter, name: string, cells: Map<string, Cell>): Task<Value> {
  const target = m.functions.get(name);
  if (target === undefined) return undefined;
  const { locals } = m;
  m.locals = cells;
  m.depth++;
  const leave = yield* execute(m, target.body);
  m.depth--;
  m.locals = locals;
  if (leave?.kind === 'exit' || leave?.kind === 'next') throw new ExitProgram(leave);
  return leave?.kind === 'return' ? leave.value : undefined;
}
