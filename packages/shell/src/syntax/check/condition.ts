// condition.ts — Checks what stands between `[[` and `]]`. Mirrors bash's parse.y: parse_cond_command.
import type { Reader, Token } from './reader.ts';
import { currentLine, Fault, lineOf, say } from './reader.ts';
import { tokenText } from './unexpected.ts';

/** The token that follows a term; `wrong`: an error has been reported. */
type After = Token | 'wrong';

export function readCondition(r: Reader): Token {
  const line = lineOf(r, r.pos - 1);
  r.inCondition = true;
  const after = readOr(r);
  if (after === ']]') {
    r.pending = ']]';
    r.condition = r.inCondition = false;
    return 'CONDITION';
  }
  if (after !== 'wrong') {
    const shown = shownToken(r, after);
    const token = shown === undefined ? '' : `: unexpected token \`${shown}'`;
    const problem = `syntax error in conditional expression${token}`;
    say(r, line, r.eof ? "unexpected EOF while looking for `]]'" : problem);
  }
  throw new Fault('lexical');
}

/** The token as a message shows it: words are not shown. */
const shownToken = (r: Reader, token: Token): string | undefined =>
  token === 'WORD' || token === 'NUMBER' || token === 'DESCRIPTOR'
    ? undefined
    : tokenText(r, token);

function readOr(r: Reader): After {
  const after = readAnd(r);
  return after === '||' ? readOr(r) : after;
}

function readAnd(r: Reader): After {
  const after = readTerm(r);
  return after === '&&' ? readAnd(r) : after;
}

/** Reads a token; what is wrong with it has been reported already. */
function next(r: Reader): Token {
  try {
    return r.calls.readToken(r);
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'lexical') throw error;
    return 'ERROR';
  }
}

function afterNewlines(r: Reader): Token {
  let token = next(r);
  while (token === '\n') token = next(r);
  return token;
}

const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const BINARY = /^(?:==?|!=|[=!]~|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

function readTerm(r: Reader): After {
  const token = afterNewlines(r);
  const line = currentLine(r);
  if (token === ']]') return 'wrong';
  if (token === '(') return readGroup(r, line);
  if (token === '!' || (token === 'WORD' && r.text === '!')) return readTerm(r);
  if (token !== 'WORD') {
    // Bash prints the byte of the number -1 here.
    const shown = token === 'ERROR' ? '\udcff' : (oneCharacter(token) ?? tokenText(r, token));
    return wrong(r, `unexpected token \`${shown ?? ''}' in conditional command`);
  }
  if (UNARY.test(r.text)) return readUnary(r);
  return readBinary(r);
}

const oneCharacter = (token: Token): string | undefined => (token.length === 1 ? token : undefined);

function wrong(r: Reader, text: string, line = currentLine(r)): 'wrong' {
  say(r, line, text);
  return 'wrong';
}

function readGroup(r: Reader, line: number): After {
  const after = readOr(r);
  if (after === ')') return afterNewlines(r);
  const shown = after === 'wrong' ? undefined : shownToken(r, after);
  const unexpected = shown === undefined ? '' : `unexpected token \`${shown}', `;
  return wrong(r, `${unexpected}expected \`)'`, line);
}

function readUnary(r: Reader): After {
  const token = next(r);
  if (token === 'WORD') return afterNewlines(r);
  return wrong(r, `unexpected argument${inQuotes(r, token)} to conditional unary operator`);
}

function inQuotes(r: Reader, token: Token): string {
  const shown = shownToken(r, token);
  return shown === undefined ? '' : ` \`${shown}'`;
}

function readBinary(r: Reader): After {
  const operator = next(r);
  const text = operator === 'WORD' ? r.text : operator;
  if (operator === ']]' || operator === '&&' || operator === '||' || operator === ')')
    return operator;
  if (!BINARY.test(text)) {
    const shown = shownToken(r, operator);
    const unexpected = shown === undefined ? '' : `unexpected token \`${shown}', `;
    return wrong(r, `${unexpected}conditional binary operator expected`);
  }
  const token = readRight(r, text);
  if (token === 'WORD') return afterNewlines(r);
  return wrong(r, `unexpected argument${inQuotes(r, token)} to conditional binary operator`);
}

/** Reads the right side, which may be a pattern or a regular expression. */
function readRight(r: Reader, operator: string): Token {
  const { extglob } = r;
  if (operator === '=' || operator === '==' || operator === '!=') r.extglob = true;
  r.regex = operator === '=~';
  const token = next(r);
  r.extglob = extglob;
  r.regex = false;
  return token;
}
