// parse.ts — Parses a jq filter. From loosest to tightest: `|`, `,`, `//`, assignments, `or`, `and`, comparisons, `+ -`, `* / %`, postfixes.
import type { Cursor as Parser } from './cursor.ts';
import {
  accept,
  expect,
  expectName,
  hideFirstAs,
  isName,
  isOperator,
  KEYWORDS,
  next,
  peek,
  unexpected,
} from './cursor.ts';
import type { JqToken } from './lex.ts';
import { JqSyntaxError, lex } from './lex.ts';
import type { Definition, JqNode, Operator } from './node.ts';
import { parseKey, parsePattern, parseString, variableName } from './parse-pattern.ts';
import type { JqValue } from './value.ts';

export function parseJq(source: string): JqNode {
  const p: Parser = { tokens: lex(source), at: 0, filter: parsePipe };
  if (peek(p).kind === 'end') return IDENTITY;
  const node = parsePipe(p);
  if (peek(p).kind !== 'end') unexpected(p);
  return node;
}

/** Parses definitions without a filter after them: prelude.ts. */
export function parseDefinitions(source: string): Definition[] {
  const p: Parser = { tokens: lex(source), at: 0, filter: parsePipe };
  const definitions: Definition[] = [];
  while (isName(p, 'def')) definitions.push(parseDefinition(p));
  return definitions;
}

const IDENTITY: JqNode = { kind: 'identity' };

function parsePipe(p: Parser): JqNode {
  if (isName(p, 'def')) {
    const definition = parseDefinition(p);
    return { kind: 'define', definition, body: parsePipe(p) };
  }
  if (isName(p, 'label')) {
    p.at++;
    const name = variableName(p);
    expect(p, '|');
    return { kind: 'label', name, body: parsePipe(p) };
  }
  const left = parseComma(p);
  return accept(p, '|') ? { kind: 'pipe', left, right: parsePipe(p) } : left;
}

/** `TERM as PATTERN | BODY`: the term may be the last one of a longer expression. */
function parseBinding(p: Parser, source: JqNode): JqNode {
  expectName(p, 'as');
  const pattern = parsePattern(p);
  expect(p, '|');
  return { kind: 'bind', source, pattern, body: parsePipe(p) };
}

function parseComma(p: Parser): JqNode {
  let left = parseAlternative(p);
  while (accept(p, ',')) left = { kind: 'comma', left, right: parseAlternative(p) };
  return left;
}

/** `//` is right-associative. */
function parseAlternative(p: Parser): JqNode {
  const left = parseAssignment(p);
  return accept(p, '//') ? { kind: 'alternative', left, right: parseAlternative(p) } : left;
}

const ASSIGNMENTS: ReadonlySet<string> = new Set(['=', '|=', '+=', '-=', '*=', '/=', '%=', '//=']);

function parseAssignment(p: Parser): JqNode {
  const left = parseOr(p);
  const token = peek(p);
  if (token.kind !== 'operator' || !ASSIGNMENTS.has(token.text)) return left;
  p.at++;
  return { kind: 'assign', operator: token.text, left, right: parseAlternative(p) };
}

function parseOr(p: Parser): JqNode {
  let left = parseAnd(p);
  while (isName(p, 'or')) {
    p.at++;
    left = { kind: 'or', left, right: parseAnd(p) };
  }
  return left;
}

function parseAnd(p: Parser): JqNode {
  let left = parseComparison(p);
  while (isName(p, 'and')) {
    p.at++;
    left = { kind: 'and', left, right: parseComparison(p) };
  }
  return left;
}

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const SUMS: ReadonlySet<string> = new Set(['+', '-']);
const PRODUCTS: ReadonlySet<string> = new Set(['*', '/', '%']);

function parseComparison(p: Parser): JqNode {
  const left = parseSum(p);
  const operator = takeOperator(p, COMPARISONS);
  return operator === undefined ? left : { kind: 'binary', operator, left, right: parseSum(p) };
}

function takeOperator(p: Parser, among: ReadonlySet<string>): Operator | undefined {
  const token = peek(p);
  if (token.kind !== 'operator' || !among.has(token.text)) return undefined;
  p.at++;
  return token.text as Operator;
}

function parseSum(p: Parser): JqNode {
  let left = parseProduct(p);
  for (let o = takeOperator(p, SUMS); o !== undefined; o = takeOperator(p, SUMS))
    left = { kind: 'binary', operator: o, left, right: parseProduct(p) };
  return left;
}

function parseProduct(p: Parser): JqNode {
  let left = parsePostfix(p);
  for (let o = takeOperator(p, PRODUCTS); o !== undefined; o = takeOperator(p, PRODUCTS))
    left = { kind: 'binary', operator: o, left, right: parsePostfix(p) };
  return left;
}

function parsePostfix(p: Parser): JqNode {
  let node = parseTerm(p);
  for (;;) {
    const token = peek(p);
    if (accept(p, '?')) node = { kind: 'optional', of: node };
    else if (token.kind === 'field') node = { kind: 'index', of: node, by: fieldOf(next(p)) };
    else if (isOperator(p, '[')) node = parseBrackets(p, node);
    else if (isOperator(p, '.') && (peek(p, 1).kind === 'string' || isOperator(p, '[', 1))) {
      p.at++;
      node = isOperator(p, '[')
        ? parseBrackets(p, node)
        : { kind: 'index', of: node, by: parseString(p, null) };
    } else if (isName(p, 'as')) return parseBinding(p, node);
    else return node;
  }
}

const fieldOf = (token: JqToken): JqNode => ({
  kind: 'literal',
  value: token.kind === 'field' ? token.text : '',
});

/** `[]`, `[e]`, `[from:to]` */
function parseBrackets(p: Parser, of: JqNode): JqNode {
  expect(p, '[');
  if (accept(p, ']')) return { kind: 'iterate', of };
  if (accept(p, ':')) {
    const to = parsePipe(p);
    expect(p, ']');
    return { kind: 'slice', of, from: null, to };
  }
  const by = parsePipe(p);
  if (accept(p, ':')) {
    const to = isOperator(p, ']') ? null : parsePipe(p);
    expect(p, ']');
    return { kind: 'slice', of, from: by, to };
  }
  expect(p, ']');
  return { kind: 'index', of, by };
}

function parseTerm(p: Parser): JqNode {
  const token = peek(p);
  switch (token.kind) {
    case 'number':
      p.at++;
      return { kind: 'literal', value: token.value };
    case 'string':
      return parseString(p, null);
    case 'format':
      p.at++;
      return peek(p).kind === 'string'
        ? parseString(p, token.text)
        : { kind: 'format', name: token.text };
    case 'field':
      p.at++;
      return { kind: 'index', of: IDENTITY, by: fieldOf(token) };
    case 'variable':
      p.at++;
      return { kind: 'variable', name: token.text, at: token.at };
    case 'name':
      return parseNamed(p, token.text);
    case 'operator':
      return parseOperatorTerm(p, token.text);
    case 'end':
      return unexpected(p);
  }
}

function parseOperatorTerm(p: Parser, text: string): JqNode {
  switch (text) {
    case '.': {
      p.at++;
      if (peek(p).kind === 'string')
        return { kind: 'index', of: IDENTITY, by: parseString(p, null) };
      return isOperator(p, '[') ? parseBrackets(p, IDENTITY) : IDENTITY;
    }
    case '..':
      p.at++;
      return { kind: 'descend' };
    case '(': {
      p.at++;
      const node = parsePipe(p);
      expect(p, ')');
      return node;
    }
    case '[': {
      p.at++;
      if (accept(p, ']')) return { kind: 'literal', value: [] };
      const of = parsePipe(p);
      expect(p, ']');
      return { kind: 'array', of };
    }
    case '{':
      return parseObject(p);
    case '-':
      p.at++;
      return { kind: 'negate', of: parsePostfix(p) };
    default:
      return unexpected(p);
  }
}

function parseNamed(p: Parser, text: string): JqNode {
  switch (text) {
    case 'if':
      p.at++;
      return parseIf(p);
    case 'try': {
      p.at++;
      const body = parsePostfix(p);
      if (!isName(p, 'catch')) return { kind: 'try', body, handler: null };
      p.at++;
      return { kind: 'try', body, handler: parsePostfix(p) };
    }
    case 'reduce':
    case 'foreach':
      p.at++;
      return parseFold(p, text);
    case 'def': {
      const definition = parseDefinition(p);
      return { kind: 'define', definition, body: parsePipe(p) };
    }
    case 'break':
      p.at++;
      return { kind: 'break', name: variableName(p) };
    default:
      return KEYWORDS.has(text) ? unexpected(p) : parseCall(p, text);
  }
}

const CONSTANTS: ReadonlyMap<string, JqValue> = new Map<string, JqValue>([
  ['null', null],
  ['true', true],
  ['false', false],
]);

function parseCall(p: Parser, name: string): JqNode {
  const { at } = next(p);
  const value = CONSTANTS.get(name);
  if (value !== undefined) return { kind: 'literal', value };
  const args: JqNode[] = [];
  if (accept(p, '(')) {
    do args.push(parsePipe(p));
    while (accept(p, ';'));
    expect(p, ')');
  }
  return { kind: 'call', name, args, at };
}

function parseIf(p: Parser): JqNode {
  const condition = parsePipe(p);
  if (peek(p).kind === 'end') throw new JqSyntaxError('an if without its end', 0);
  expectName(p, 'then');
  const yes = parsePipe(p);
  if (peek(p).kind === 'end') throw new JqSyntaxError('an if without its end', 0);
  if (isName(p, 'elif')) {
    p.at++;
    return { kind: 'if', condition, yes, otherwise: parseIf(p) };
  }
  expectName(p, 'else');
  const otherwise = parsePipe(p);
  expectName(p, 'end');
  return { kind: 'if', condition, yes, otherwise };
}

function parseFold(p: Parser, kind: 'reduce' | 'foreach'): JqNode {
  const source = parseFoldSource(p);
  expectName(p, 'as');
  const pattern = parsePattern(p);
  expect(p, '(');
  const start = parsePipe(p);
  expect(p, ';');
  const update = parsePipe(p);
  const extract = kind === 'foreach' && accept(p, ';') ? parsePipe(p) : null;
  expect(p, ')');
  return kind === 'reduce'
    ? { kind, source, pattern, start, update }
    : { kind, source, pattern, start, update, extract };
}

/** The source term of a fold, with its postfixes, up to `as`. */
function parseFoldSource(p: Parser): JqNode {
  const from = p.at;
  const saved: Parser = { tokens: hideFirstAs(p.tokens, from), at: from, filter: parsePipe };
  const node = parsePostfix(saved);
  p.at = saved.at;
  return node;
}

function parseObject(p: Parser): JqNode {
  expect(p, '{');
  const entries: (readonly [JqNode, JqNode])[] = [];
  if (accept(p, '}')) return { kind: 'object', entries };
  do entries.push(parseEntry(p));
  while (accept(p, ','));
  expect(p, '}');
  return { kind: 'object', entries };
}

/** `name`, `$name`, `"text"` or `@format "text"`, each with an optional `: value`; or `(FILTER): value`. */
function parseEntry(p: Parser): readonly [JqNode, JqNode] {
  const token = peek(p);
  if (token.kind === 'variable') {
    p.at++;
    return [
      { kind: 'literal', value: token.text },
      { kind: 'variable', name: token.text, at: token.at },
    ];
  }
  const key = token.kind === 'format' ? parseTerm(p) : parseKey(p);
  if (accept(p, ':')) return [key, parseObjectValue(p)];
  if (token.kind === 'operator') return unexpected(p);
  return [key, { kind: 'index', of: IDENTITY, by: key }];
}

/** Terms joined by `|`, without commas. */
function parseObjectValue(p: Parser): JqNode {
  const left = parseAlternative(p);
  return accept(p, '|') ? { kind: 'pipe', left, right: parseObjectValue(p) } : left;
}

function parseDefinition(p: Parser): Definition {
  expectName(p, 'def');
  const token = next(p);
  if (token.kind !== 'name') throw new JqSyntaxError('a name was expected', token.at);
  const parameters: string[] = [];
  if (accept(p, '(')) {
    do {
      const parameter = next(p);
      if (parameter.kind !== 'name' && parameter.kind !== 'variable') unexpected(p);
      parameters.push(parameter.kind === 'variable' ? `$${parameter.text}` : parameter.text);
    } while (accept(p, ';'));
    expect(p, ')');
  }
  expect(p, ':');
  const body = parsePipe(p);
  expect(p, ';');
  return { name: token.text, parameters, body };
}
