// parse-expression.ts — Parses the expressions of awk. The operators, from the loosest to the tightest:
//
//   = += …   ?:   ||   &&   in   ~ !~   < <= == != > >=   | getline   concatenation   + -   * / %   ! + -   ^   ++ --   $   ( )
import { AwkError } from './lex.ts';
import type { Expr, Lvalue, Name, Source } from './node.ts';
import type { TokenReader } from './token-reader.ts';
import { accept, expect, peek, skipNewlines, syntaxError, take } from './token-reader.ts';

const ASSIGNMENTS: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=', '**=']);

const isLvalue = (e: Expr): e is Lvalue =>
  e.kind === 'name' || e.kind === 'field' || e.kind === 'element';

export function expression(r: TokenReader): Expr {
  const left = conditional(r);
  const { kind, text = '' } = peek(r);
  if (kind !== 'operator' || !ASSIGNMENTS.has(text)) return left;
  const target = assignable(left);
  if (target === undefined) return syntaxError(peek(r));
  take(r);
  skipNewlines(r);
  const value = expression(r);
  return target.around({
    kind: 'assign',
    op: text.slice(0, -1).replace('**', '^'),
    to: target.to,
    value,
  });
}

/** Finds the operand that an assignment sets: in `!x = y` and `a && b = c` it is the one next to the `=`. */
function assignable(e: Expr): { to: Lvalue; around: (assignment: Expr) => Expr } | undefined {
  if (isLvalue(e)) return { to: e, around: (assignment) => assignment };
  if (e.kind === 'unary') {
    const inner = assignable(e.of);
    return inner && { to: inner.to, around: (a) => ({ ...e, of: inner.around(a) }) };
  }
  if (e.kind === 'and' || e.kind === 'or' || e.kind === 'binary') {
    const inner = assignable(e.right);
    return inner && { to: inner.to, around: (a) => ({ ...e, right: inner.around(a) }) };
  }
  return undefined;
}

function conditional(r: TokenReader): Expr {
  const test = or(r);
  if (!accept(r, '?')) return test;
  skipNewlines(r);
  const yes = expression(r);
  skipNewlines(r);
  expect(r, ':');
  skipNewlines(r);
  return { kind: 'conditional', test, yes, no: expression(r) };
}

function or(r: TokenReader): Expr {
  let left = and(r);
  while (accept(r, '||')) {
    skipNewlines(r);
    left = { kind: 'or', left, right: and(r) };
  }
  return left;
}

function and(r: TokenReader): Expr {
  let left = membership(r);
  while (accept(r, '&&')) {
    skipNewlines(r);
    left = { kind: 'and', left, right: membership(r) };
  }
  return left;
}

function membership(r: TokenReader): Expr {
  let left = matching(r);
  while (!r.noIn && accept(r, 'in')) {
    left = { kind: 'in', keys: left.kind === 'list' ? left.items : [left], array: lvalueName(r) };
  }
  return left;
}

function matching(r: TokenReader): Expr {
  let left = comparison(r);
  for (;;) {
    if (accept(r, '~')) left = { kind: 'match', negated: false, left, regex: comparison(r) };
    else if (peek(r).text === '!' && peek(r, 1).text === '~' && peek(r).kind === 'operator') {
      r.at += 2;
      left = { kind: 'match', negated: true, left, regex: comparison(r) };
    } else return left;
  }
}

const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '==', '!=', '>', '>=']);

function comparison(r: TokenReader): Expr {
  const left = piped(r);
  const { kind, text = '' } = peek(r);
  if (kind !== 'operator' || !COMPARISONS.has(text)) return left;
  if (text === '>' && r.noGreater) return left;
  take(r);
  return { kind: 'binary', op: text, left, right: piped(r) };
}

/** Parses `command | getline`. Inside print, `|` always redirects the output. */
function piped(r: TokenReader): Expr {
  let left = concatenation(r);
  while (!r.noGreater && peek(r).kind === 'operator' && peek(r).text === '|') {
    take(r);
    expect(r, 'getline');
    left = { kind: 'getline', from: { kind: 'command', name: left }, to: target(r) };
  }
  return left;
}

/** Parses getline. `getline < a b` reads the file whose name is the concatenation of both. */
function getline(r: TokenReader): Expr {
  const to = target(r);
  const from: Source | undefined = accept(r, '<')
    ? { kind: 'file', name: concatenation(r) }
    : undefined;
  return { kind: 'getline', from, to };
}

/** Parses the variable that getline sets, if there is one. */
function target(r: TokenReader): Lvalue | undefined {
  const { kind, text } = peek(r);
  if (kind !== 'name' && !(kind === 'operator' && text === '$')) return undefined;
  const to = primary(r);
  return isLvalue(to) ? to : syntaxError(peek(r));
}

function concatenation(r: TokenReader): Expr {
  let left = additive(r);
  while (startsOperand(r)) left = { kind: 'binary', op: 'concat', left, right: additive(r) };
  return left;
}

function startsOperand(r: TokenReader): boolean {
  const { kind, text = '' } = peek(r);
  if (kind === 'operator') {
    if (text === '!') return peek(r, 1).text !== '~' && peek(r, 1).text !== '=';
    return ['(', '$', '-', '+', '++', '--'].includes(text);
  }
  return (
    text === 'getline' ||
    kind === 'number' ||
    kind === 'string' ||
    kind === 'regex' ||
    kind === 'name' ||
    kind === 'call' ||
    kind === 'builtin'
  );
}

function additive(r: TokenReader): Expr {
  let left = multiplicative(r);
  for (;;) {
    const op = peek(r).text;
    if (peek(r).kind !== 'operator' || (op !== '+' && op !== '-')) return left;
    take(r);
    left = { kind: 'binary', op, left, right: multiplicative(r) };
  }
}

function multiplicative(r: TokenReader): Expr {
  let left = unary(r);
  for (;;) {
    const op = peek(r).text;
    if (peek(r).kind !== 'operator' || (op !== '*' && op !== '/' && op !== '%')) return left;
    take(r);
    left = { kind: 'binary', op, left, right: unary(r) };
  }
}

function unary(r: TokenReader): Expr {
  for (const op of ['!', '-', '+'] as const) {
    if (accept(r, op)) return { kind: 'unary', op, of: unary(r) };
  }
  return power(r);
}

function power(r: TokenReader): Expr {
  const left = stepped(r);
  if (!accept(r, '^') && !accept(r, '**')) return left;
  // `^` is right associative, and a sign may follow it: 2 ^ -1.
  const right =
    peek(r).text === '-' || peek(r).text === '+' || peek(r).text === '!' ? unary(r) : power(r);
  return { kind: 'binary', op: '^', left, right };
}

function stepped(r: TokenReader): Expr {
  const { kind, text } = peek(r);
  if (kind === 'operator' && (text === '++' || text === '--')) {
    take(r);
    const to = primary(r);
    if (!isLvalue(to)) return syntaxError(peek(r));
    return { kind: 'step', to, by: text === '++' ? 1 : -1, prefix: true };
  }
  const value = primary(r);
  const next = peek(r);
  if (isLvalue(value) && next.kind === 'operator' && (next.text === '++' || next.text === '--')) {
    take(r);
    return { kind: 'step', to: value, by: next.text === '++' ? 1 : -1, prefix: false };
  }
  return value;
}

function primary(r: TokenReader): Expr {
  const token = take(r);
  switch (token.kind) {
    case 'number':
      return { kind: 'number', value: token.value };
    case 'string':
    case 'regex':
      return { kind: token.kind, text: token.text };
    case 'name':
      if (!accept(r, '[')) return { kind: 'name', name: token.text };
      return {
        kind: 'element',
        array: { kind: 'name', name: token.text },
        keys: expressionList(r, ']'),
      };
    case 'call':
      expect(r, '(');
      return { kind: 'call', name: token.text, args: expressionList(r, ')'), line: token.line };
    case 'builtin': {
      if (accept(r, '('))
        return {
          kind: 'builtin',
          name: token.text,
          args: expressionList(r, ')'),
          line: token.line,
        };
      if (token.text !== 'length') return syntaxError(token);
      return { kind: 'builtin', name: 'length', args: [], line: token.line };
    }
    case 'operator':
      if (token.text === '$') return fieldOf(r);
      if (token.text === '(') return grouping(r);
      return syntaxError(token);
    default:
      if (token.kind === 'keyword' && token.text === 'getline') return getline(r);
      return syntaxError(token);
  }
}

function fieldOf(r: TokenReader): Expr {
  const { text } = peek(r);
  if (text === '++' || text === '--') {
    take(r);
    const to = primary(r);
    if (!isLvalue(to)) return syntaxError(peek(r));
    return { kind: 'field', index: { kind: 'step', to, by: text === '++' ? 1 : -1, prefix: true } };
  }
  if (accept(r, '-')) return { kind: 'field', index: { kind: 'unary', op: '-', of: primary(r) } };
  return { kind: 'field', index: primary(r) };
}

function grouping(r: TokenReader): Expr {
  const { noGreater, noIn } = r;
  r.noGreater = false;
  r.noIn = false;
  const items = expressionList(r, ')');
  r.noGreater = noGreater;
  r.noIn = noIn;
  const [only] = items;
  if (only === undefined) throw new AwkError('Empty sequence', peek(r, -1).line);
  return items.length > 1 ? { kind: 'list', items } : only;
}

/** Parses a list up to and including `end`. */
export function expressionList(r: TokenReader, end: ')' | ']'): Expr[] {
  const { noGreater, noIn } = r;
  r.noGreater = false;
  r.noIn = false;
  const items: Expr[] = [];
  skipNewlines(r);
  while (!accept(r, end)) {
    items.push(expression(r));
    skipNewlines(r);
    if (accept(r, ',')) {
      skipNewlines(r);
      if (peek(r).text === end) syntaxError(peek(r));
    } else if (peek(r).text !== end) syntaxError(peek(r));
  }
  r.noGreater = noGreater;
  r.noIn = noIn;
  return items;
}

export function lvalueName(r: TokenReader): Name {
  const token = take(r);
  if (token.kind !== 'name') return syntaxError(token);
  return { kind: 'name', name: token.text };
}
