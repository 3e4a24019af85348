// parse.ts — Parses an awk program: rules, functions and statements.
import { AwkError, tokenize } from './lex.ts';
import type { AwkProgram, Expr, FunctionNode, Redirect, Rule, Statement } from './node.ts';
import { expression, expressionList, lvalueName } from './parse-expression.ts';
import type { TokenReader } from './token-reader.ts';
import {
  accept,
  createReader,
  expect,
  peek,
  skipNewlines,
  syntaxError,
  take,
} from './token-reader.ts';

export function parseAwk(source: string): AwkProgram {
  const r = createReader(tokenize(source));
  const rules: Rule[] = [];
  const functions = new Map<string, FunctionNode>();
  for (;;) {
    skipTerminators(r);
    if (peek(r).kind === 'end') return { rules, functions };
    if (accept(r, 'function')) {
      const { line } = peek(r);
      const node = functionNode(r);
      if (functions.has(node.name)) throw new AwkError('Duplicate function', line);
      functions.set(node.name, node);
    } else rules.push(rule(r));
  }
}

function skipTerminators(r: TokenReader): void {
  while (peek(r).kind === 'newline' || peek(r).text === ';') take(r);
}

function functionNode(r: TokenReader): FunctionNode {
  const name = take(r);
  if (name.kind !== 'name' && name.kind !== 'call') syntaxError(name);
  expect(r, '(');
  const parameters: string[] = [];
  while (!accept(r, ')')) {
    skipNewlines(r);
    const parameter = take(r);
    if (parameter.kind !== 'name') syntaxError(parameter);
    parameters.push(parameter.text);
    const more = accept(r, ',');
    if (more === (peek(r).text === ')')) syntaxError(peek(r));
    skipNewlines(r);
  }
  skipNewlines(r);
  return { name: name.text, parameters, body: block(r) };
}

function rule(r: TokenReader): Rule {
  const token = peek(r);
  if (token.kind === 'keyword' && (token.text === 'BEGIN' || token.text === 'END')) {
    take(r);
    const kind = token.text === 'BEGIN' ? 'begin' : 'end';
    return { kind, pattern: undefined, until: undefined, action: block(r) };
  }
  let pattern: Expr | undefined;
  let until: Expr | undefined;
  if (token.text !== '{') {
    pattern = expression(r);
    if (accept(r, ',')) {
      skipNewlines(r);
      until = expression(r);
    }
  }
  const action = peek(r).text === '{' ? block(r) : undefined;
  return { kind: 'main', pattern, until, action };
}

function block(r: TokenReader): Statement {
  expect(r, '{');
  const body: Statement[] = [];
  for (;;) {
    skipTerminators(r);
    if (accept(r, '}')) return { kind: 'block', body };
    if (peek(r).kind === 'end') syntaxError(peek(r));
    body.push(statement(r));
  }
}

/** Parses the body of a loop or condition, which may be on the next line, or empty. */
function bodyOf(r: TokenReader): Statement {
  skipNewlines(r);
  if (accept(r, ';')) return { kind: 'block', body: [] };
  return statement(r);
}

function statement(r: TokenReader): Statement {
  const token = peek(r);
  if (token.text === '{' && token.kind === 'operator') return block(r);
  if (token.kind === 'keyword') {
    const compound = compoundStatement(r, token.text);
    if (compound !== undefined) return compound;
  }
  const simple = simpleStatement(r);
  endOfStatement(r);
  return simple;
}

function endOfStatement(r: TokenReader): void {
  const token = peek(r);
  if (token.kind === 'newline' || token.text === ';') take(r);
  else if (token.text !== '}' && token.kind !== 'end') syntaxError(token);
}

function compoundStatement(r: TokenReader, keyword: string | undefined): Statement | undefined {
  switch (keyword) {
    case 'if':
      return ifStatement(r);
    case 'while': {
      take(r);
      const test = parenthesized(r);
      return { kind: 'while', test, body: loopBody(r) };
    }
    case 'do': {
      take(r);
      const body = loopBody(r);
      skipTerminators(r);
      expect(r, 'while');
      const test = parenthesized(r);
      endOfStatement(r);
      return { kind: 'do', test, body };
    }
    case 'for':
      return forStatement(r);
    default:
      return undefined;
  }
}

function loopBody(r: TokenReader): ReturnType<typeof bodyOf> {
  r.loops++;
  const body = bodyOf(r);
  r.loops--;
  return body;
}

function parenthesized(r: TokenReader): Expr {
  expect(r, '(');
  const value = expression(r);
  expect(r, ')');
  return value;
}

function ifStatement(r: TokenReader): Statement {
  take(r);
  const test = parenthesized(r);
  const yes = bodyOf(r);
  const mark = r.at;
  skipTerminators(r);
  if (accept(r, 'else')) return { kind: 'if', test, yes, no: bodyOf(r) };
  r.at = mark;
  return { kind: 'if', test, yes, no: undefined };
}

function forStatement(r: TokenReader): Statement {
  take(r);
  expect(r, '(');
  const mark = r.at;
  const variable = take(r);
  if (variable.kind === 'name' && accept(r, 'in')) {
    const array = take(r);
    if (array.kind === 'name' && accept(r, ')')) {
      return {
        kind: 'for-in',
        variable: { kind: 'name', name: variable.text },
        array: { kind: 'name', name: array.text },
        body: loopBody(r),
      };
    }
  }
  r.at = mark;
  const start = peek(r).text === ';' ? undefined : simpleStatement(r);
  expect(r, ';');
  skipNewlines(r);
  const test = peek(r).text === ';' ? undefined : expression(r);
  expect(r, ';');
  skipNewlines(r);
  const step = peek(r).text === ')' ? undefined : simpleStatement(r);
  expect(r, ')');
  return { kind: 'for', start, test, step, body: loopBody(r) };
}

function simpleStatement(r: TokenReader): Statement {
  const token = peek(r);
  if (token.kind !== 'keyword') return { kind: 'expression', value: expression(r) };
  switch (token.text) {
    case 'print':
    case 'printf':
      return printStatement(r, token.text);
    case 'break':
    case 'continue':
      if (r.loops === 0) throw new AwkError(`'${token.text}' not in a loop`, token.line);
      take(r);
      return { kind: token.text };
    case 'next':
    case 'nextfile':
      take(r);
      return { kind: token.text };
    case 'exit':
    case 'return': {
      take(r);
      const next = peek(r);
      const ends =
        next.kind === 'newline' || next.kind === 'end' || next.text === ';' || next.text === '}';
      return { kind: token.text, value: ends ? undefined : expression(r) };
    }
    case 'delete': {
      take(r);
      const array = lvalueName(r);
      if (!accept(r, '[')) return { kind: 'delete', array, keys: undefined };
      const keys = expressionList(r, ']');
      return { kind: 'delete', array, keys };
    }
    case 'getline':
      return { kind: 'expression', value: expression(r) };
    default:
      return syntaxError(token);
  }
}

/** Parses print. Outside parentheses, its `>` and `|` redirect the output. */
function printStatement(r: TokenReader, kind: 'print' | 'printf'): Statement {
  take(r);
  const before = r.noGreater;
  r.noGreater = true;
  const args: Expr[] = [];
  while (!endsPrint(r)) {
    const item = expression(r);
    if (item.kind === 'list') args.push(...item.items);
    else args.push(item);
    if (!accept(r, ',')) break;
    skipNewlines(r);
  }
  let redirect: Redirect | undefined;
  const op = peek(r).text;
  if (op === '>' || op === '>>' || op === '|') {
    take(r);
    redirect = { op, to: expression(r) };
  }
  r.noGreater = before;
  return { kind, args, redirect };
}

function endsPrint(r: TokenReader): boolean {
  const { kind, text } = peek(r);
  if (kind === 'newline' || kind === 'end') return true;
  return kind === 'operator' && [';', '}', '>', '>>', '|'].includes(text);
}
