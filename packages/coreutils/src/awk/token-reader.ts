// token-reader.ts — The position of the awk parser in the list of tokens.
import type { Token } from './lex.ts';
import { AwkError } from './lex.ts';

export interface TokenReader {
  readonly tokens: readonly Token[];
  at: number;
  /** Inside print, where `>` ends the expression. */
  noGreater: boolean;
  /** `in` ends the expression. */
  noIn: boolean;
  /** The loops that the next statement is in. */
  loops: number;
}

export const createReader = (tokens: readonly Token[]): TokenReader => ({
  tokens,
  at: 0,
  noGreater: false,
  noIn: false,
  loops: 0,
});

const END: Token = { kind: 'end', text: 'end of file', line: 0 };

/** A token that may have a text. */
export type Word = Token & { readonly text?: string };

export const peek = (r: TokenReader, ahead = 0): Word =>
  r.tokens[r.at + ahead] ?? r.tokens.at(-1) ?? END;

export function take(r: TokenReader): Word {
  const token = peek(r);
  r.at++;
  return token;
}

const isPlain = ({ kind }: Token): boolean => kind === 'operator' || kind === 'keyword';

export function accept(r: TokenReader, text: string): boolean {
  const token = peek(r);
  if (!isPlain(token) || token.text !== text) return false;
  r.at++;
  return true;
}

export function expect(r: TokenReader, text: string): void {
  if (!accept(r, text)) syntaxError(peek(r));
}

export function skipNewlines(r: TokenReader): void {
  while (peek(r).kind === 'newline') r.at++;
}

export function syntaxError(token: Word): never {
  throw new AwkError('Unexpected token', token.line);
}
