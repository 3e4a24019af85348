// unexpected.ts — bash's words for a token that it did not expect. Mirrors bash's parse.y: error_token_from_token.
import { hasControl, quoteAlways } from '../../expand/quote.ts';
import type { Reader, Token } from './reader.ts';
import { say } from './reader.ts';

/** The token as messages show it; undefined if they don't. */
export function tokenText(r: Reader, token: Token): string | undefined {
  switch (token) {
    case '\n':
      return 'newline';
    case 'WORD':
    case 'ASSIGNMENT':
    case 'NUMBER':
    case 'DESCRIPTOR':
    case 'ARITHMETIC':
    case 'ARITHMETIC-FOR':
      return hasControl(r.text) ? quoteAlways(r.text) : r.text;
    case 'CONDITION':
    case 'SUBSTITUTION':
    case 'ERROR':
      return undefined;
    default:
      return token;
  }
}

/** Says that `token` was not expected, and shows the line that it ends on. */
export function sayUnexpected(r: Reader, token: Token, line: number, at: number = r.pos): void {
  say(r, line, `syntax error near unexpected token \`${tokenText(r, token) ?? ''}'`);
  const start = r.source.lastIndexOf('\n', at - 2) + 1;
  const end = r.source.indexOf('\n', Math.max(at - 1, start));
  say(r, line, `\`${r.source.slice(start, end < 0 ? undefined : end)}'`);
}
