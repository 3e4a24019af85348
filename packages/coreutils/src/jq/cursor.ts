// cursor.ts — A cursor over the words of a jq filter.
import type { JqToken } from './lex.ts';
import { JqSyntaxError } from './lex.ts';
import type { JqNode } from './node.ts';

export interface Cursor {
  readonly tokens: readonly JqToken[];
  at: number;
  /** Parses a whole filter, up to a word that can't go on. */
  readonly filter: (p: Cursor) => JqNode;
}

export const peek = ({ tokens, at }: Cursor, ahead = 0): JqToken => tokens[at + ahead] as JqToken;
export const next = (p: Cursor): JqToken => p.tokens[p.at++] as JqToken;

export const isOperator = (p: Cursor, text: string, ahead = 0): boolean => {
  const token = peek(p, ahead);
  return token.kind === 'operator' && token.text === text;
};
export const isName = (p: Cursor, text: string): boolean => {
  const token = peek(p);
  return token.kind === 'name' && token.text === text;
};

export function accept(p: Cursor, text: string): boolean {
  if (!isOperator(p, text)) return false;
  p.at++;
  return true;
}

export function expect(p: Cursor, text: string): void {
  if (!accept(p, text)) unexpected(p);
}

export function expectName(p: Cursor, text: string): void {
  if (!isName(p, text)) unexpected(p);
  p.at++;
}

/** Throws the error of jq's parser, which names words as bison does. */
export function unexpected(p: Cursor): never {
  const token = peek(p);
  throw new JqSyntaxError(`syntax error, unexpected ${tokenName(token)}`, token.at);
}

export const KEYWORDS: ReadonlySet<string> = new Set(
  'def if then elif else end as reduce foreach try catch label import include and or __loc__'.split(
    ' ',
  ),
);

function tokenName(token: JqToken): string {
  switch (token.kind) {
    case 'end':
      return '$end';
    case 'name':
      return KEYWORDS.has(token.text) ? token.text : 'IDENT';
    case 'field':
      return 'FIELD';
    case 'format':
      return 'FORMAT';
    case 'number':
      return 'LITERAL';
    case 'string':
      return 'QQSTRING_START';
    case 'variable':
      return "'$'";
    case 'operator':
      return token.text.length === 1 ? `'${token.text}'` : token.text;
  }
}

/** Makes the `as` of a fold end the term before it. */
export function hideFirstAs(tokens: readonly JqToken[], from: number): readonly JqToken[] {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i] as JqToken;
    if (token.kind === 'operator' && '([{'.includes(token.text)) depth++;
    if (token.kind === 'operator' && ')]}'.includes(token.text)) depth--;
    if (depth === 0 && token.kind === 'name' && token.text === 'as')
      return tokens.with(i, { kind: 'operator', text: 'as', at: token.at });
  }
  return tokens;
}
