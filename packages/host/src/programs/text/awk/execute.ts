// execute.ts — Running awk statements.
import { unreachable } from '@dmsim/sim';

import { evaluate, setCallFunction, subscript } from './evaluate.ts';
import { formatValues } from './format-values.ts';
import type { Interpreter } from './interpreter.ts';
import { arrayOf, asText, cellOf, countStep, recordText, textOf } from './interpreter.ts';
import type { Expr, Redirect, Statement } from './node.ts';
import { visitOrder } from './order.ts';
import type { Value } from './value.ts';
import { isTrue, toNumber, toText } from './value.ts';

/** How control leaves a statement; undefined: it goes on. */
export type Leave =
  | { readonly kind: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly kind: 'exit'; readonly status: number | undefined }
  | { readonly kind: 'return'; readonly value: Value };

/** exit inside of a function, on its way out. */
export class ExitProgram extends Error {
  override readonly name = 'ExitProgram';
  readonly leave: Leave;
  constructor(leave: Leave) {
    super('exit');
    this.leave = leave;
  }
}

export function execute(m: Interpreter, s: Statement): Leave | undefined {
  switch (s.kind) {
    case 'expression':
      evaluate(m, s.value);
      return undefined;
    case 'print':
      print(m, s.args, s.redirect);
      return undefined;
    case 'printf':
      emit(
        m,
        formatValues(
          m,
          s.args.map((arg) => evaluate(m, arg)),
        ),
        s.redirect,
      );
      return undefined;
    case 'if': {
      if (isTrue(evaluate(m, s.test))) return execute(m, s.yes);
      return s.no === undefined ? undefined : execute(m, s.no);
    }
    case 'while':
    case 'do':
    case 'for':
      return loop(m, s);
    case 'for-in':
      return forIn(m, s);
    case 'block': {
      for (const statement of s.body) {
        const leave = execute(m, statement);
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
          s.value === undefined ? undefined : Math.trunc(toNumber(evaluate(m, s.value))) & 0xff,
      };
    case 'return':
      return { kind: 'return', value: s.value === undefined ? undefined : evaluate(m, s.value) };
    case 'delete': {
      const array = arrayOf(m, s.array.name);
      if (s.keys === undefined) array.clear();
      else array.delete(subscript(m, s.keys));
      return undefined;
    }
    default:
      return unreachable(s);
  }
}

function print(m: Interpreter, args: readonly Expr[], redirect: Redirect | undefined): void {
  const ors = textOf(m, 'ORS');
  if (args.length === 0) {
    emit(m, recordText(m) + ors, redirect);
    return;
  }
  const format = textOf(m, 'OFMT');
  emit(
    m,
    args.map((arg) => toText(evaluate(m, arg), format)).join(textOf(m, 'OFS')) + ors,
    redirect,
  );
}

function emit(m: Interpreter, text: string, redirect: Redirect | undefined): void {
  const to = redirect === undefined ? undefined : asText(m, evaluate(m, redirect.to));
  m.printed.push({ to, append: redirect?.op === '>>', text });
}

function loop(m: Interpreter, s: Statement & { kind: 'while' | 'do' | 'for' }): Leave | undefined {
  if (s.kind === 'for' && s.start !== undefined) execute(m, s.start);
  for (let first = true; ; first = false) {
    countStep(m);
    const test = s.kind === 'do' && first ? undefined : s.test;
    if (test !== undefined && !isTrue(evaluate(m, test))) return undefined;
    const leave = execute(m, s.body);
    if (leave?.kind === 'break') return undefined;
    if (leave !== undefined && leave.kind !== 'continue') return leave;
    if (s.kind === 'for' && s.step !== undefined) execute(m, s.step);
  }
}

function forIn(m: Interpreter, s: Statement & { kind: 'for-in' }): Leave | undefined {
  for (const key of visitOrder(Array.from(arrayOf(m, s.array.name).keys()))) {
    countStep(m);
    cellOf(m, s.variable.name).value = key;
    const leave = execute(m, s.body);
    if (leave?.kind === 'break') return undefined;
    if (leave !== undefined && leave.kind !== 'continue') return leave;
  }
  return undefined;
}

setCallFunction((m, name, cells) => {
  const target = m.functions.get(name);
  if (target === undefined) return undefined;
  const { locals } = m;
  m.locals = cells;
  m.depth++;
  const leave = execute(m, target.body);
  m.depth--;
  m.locals = locals;
  if (leave?.kind === 'exit' || leave?.kind === 'next') throw new ExitProgram(leave);
  return leave?.kind === 'return' ? leave.value : undefined;
});
