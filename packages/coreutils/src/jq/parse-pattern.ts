// parse-pattern.ts — Parses the parts of a jq filter that are not filters: patterns of `as`, keys of objects, strings.
import type { Cursor } from './cursor.ts';
import { accept, expect, next, peek, unexpected } from './cursor.ts';
import { JqSyntaxError, lex } from './lex.ts';
import type { JqNode, Pattern } from './node.ts';

export function parsePattern(p: Cursor): Pattern {
  if (accept(p, '[')) {
    const items: Pattern[] = [];
    do items.push(parsePattern(p));
    while (accept(p, ','));
    expect(p, ']');
    return { kind: 'array', items };
  }
  if (accept(p, '{')) {
    const entries: (readonly [JqNode, Pattern])[] = [];
    do entries.push(parsePatternEntry(p));
    while (accept(p, ','));
    expect(p, '}');
    return { kind: 'object', entries };
  }
  return { kind: 'variable', name: variableName(p) };
}

function parsePatternEntry(p: Cursor): readonly [JqNode, Pattern] {
  const token = peek(p);
  if (token.kind === 'variable') {
    p.at++;
    const own: Pattern = { kind: 'variable', name: token.text };
    return [{ kind: 'literal', value: token.text }, accept(p, ':') ? parsePattern(p) : own];
  }
  const key = parseKey(p);
  expect(p, ':');
  return [key, parsePattern(p)];
}

export function variableName(p: Cursor): string {
  const token = peek(p);
  if (token.kind !== 'variable') return unexpected(p);
  p.at++;
  return token.text;
}

/** A name, a string, or `(FILTER)`. */
export function parseKey(p: Cursor): JqNode {
  const token = peek(p);
  if (token.kind === 'name') {
    p.at++;
    return { kind: 'literal', value: token.text };
  }
  if (token.kind === 'string') return parseString(p, null);
  expect(p, '(');
  const key = p.filter(p);
  expect(p, ')');
  return key;
}

export function parseString(p: Cursor, format: string | null): JqNode {
  const token = next(p);
  if (token.kind !== 'string') throw new JqSyntaxError('a string was expected', token.at);
  const [only] = token.parts;
  if (token.parts.length === 1 && typeof only === 'string') return { kind: 'literal', value: only };
  const parts = token.parts.map((part) =>
    typeof part === 'string'
      ? part
      : p.filter({ tokens: lex(part.source), at: 0, filter: p.filter }),
  );
  return { kind: 'string', format, parts };
}
