// matched-pair.ts — Finds the end of quotes, `${…}`, `$((…))` and other pairs. Mirrors bash's parse.y: parse_matched_pair.
import type { Reader } from './reader.ts';
import { Fault, lineOf, say } from './reader.ts';

const NEWLINE = 0x0a;
const DOLLAR = 0x24;
const DOUBLE = 0x22;
const SINGLE = 0x27;
const BACKTICK = 0x60;
const BACKSLASH = 0x5c;
const OPEN_PAREN = 0x28;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const LESS = 0x3c;
const GREATER = 0x3e;

/** The pair, and which expansions count within it. */
export interface Pair {
  readonly open: number;
  readonly close: number;
  /** Opening characters inside don't count. */
  readonly firstClose?: true;
  /** `$'…'` */
  readonly escapes?: true;
  /** `$(`, `${`, `$[`, `<(` and `>(` are read as such. */
  readonly words?: true;
  /** `$(` is read as such. */
  readonly substitutions?: true;
}

const pair = (open: string, close: string, more: Partial<Pair> = {}): Pair => ({
  open: open.charCodeAt(0),
  close: close.charCodeAt(0),
  ...more,
});

export const BRACES: Pair = pair('{', '}', { firstClose: true, words: true });
export const BRACKETS: Pair = pair('[', ']', { substitutions: true });
export const SUBSCRIPT: Pair = pair('[', ']', { words: true });
export const PARENTHESES: Pair = pair('(', ')');
export const ARITHMETIC: Pair = pair('(', ')', { substitutions: true });
const SINGLE_QUOTES = pair("'", "'");
const ANSI_QUOTES = pair("'", "'", { escapes: true });
const DOUBLE_QUOTES = pair('"', '"');
const BACKTICKS = pair('`', '`');

export const isQuote = (code: number): boolean =>
  code === DOUBLE || code === SINGLE || code === BACKTICK;

export function quotesOf(code: number, afterDollar: boolean): Pair {
  if (code === DOUBLE) return DOUBLE_QUOTES;
  if (code === BACKTICK) return BACKTICKS;
  return afterDollar ? ANSI_QUOTES : SINGLE_QUOTES;
}

/** Reads to the character that closes a pair; `r.pos` is behind the one that opened it. */
export function skipPair(r: Reader, shape: Pair): void {
  const { source } = r;
  const start = r.pos - 1;
  if (shape === SINGLE_QUOTES) {
    r.pos = source.indexOf("'", r.pos) + 1;
    if (r.pos === 0) unclosed(r, start, shape);
    return;
  }
  let depth = 1;
  let before = 0;
  for (;;) {
    if (r.pos >= source.length) unclosed(r, start, shape);
    const code = source.charCodeAt(r.pos++);
    if (code === BACKSLASH) {
      if (source.charCodeAt(r.pos++) !== NEWLINE) before = 0;
      continue;
    }
    depth += step(shape, code, before);
    if (depth === 0) return;
    if (isNested(shape, code, before)) {
      if (code === shape.open) depth--;
      skipExpansion(r, code);
    } else if (hasQuotes(shape, code)) skipPair(r, quotesOf(code, before === DOLLAR));
    // The second of `$$` begins nothing.
    before = code === before ? 0 : code;
  }
}

/** The change of depth at a character. */
function step(shape: Pair, code: number, before: number): number {
  if (code === shape.close) return -1;
  if (code !== shape.open) return 0;
  return shape.firstClose !== true || (before === DOLLAR && code === OPEN_BRACE) ? 1 : 0;
}

/** Whether quotes begin here; within double quotes, only backticks do. */
const hasQuotes = ({ open, close }: Pair, code: number): boolean =>
  open === close ? code === BACKTICK && open === DOUBLE : isQuote(code);

/** Whether an expansion begins here that is read on its own. */
function isNested(shape: Pair, code: number, before: number): boolean {
  if (code !== OPEN_PAREN && code !== OPEN_BRACE && code !== OPEN_BRACKET) return false;
  if (shape.open === shape.close) return before === DOLLAR && shape.open === DOUBLE;
  const arrow = before === LESS || before === GREATER;
  if (shape.words === true) return before === DOLLAR || (arrow && code === OPEN_PAREN);
  return shape.substitutions === true && before === DOLLAR && code === OPEN_PAREN;
}

/** Reads `$(…)`, `${…}` or `$[…]`; `code` is the character after the dollar, and has been read. */
export function skipExpansion(r: Reader, code: number): void {
  if (code === OPEN_BRACE) skipPair(r, BRACES);
  else if (code === OPEN_BRACKET) skipPair(r, BRACKETS);
  else if (r.source.charCodeAt(r.pos) === OPEN_PAREN) skipPair(r, ARITHMETIC);
  else r.calls.checkSubstitution(r);
}

function unclosed(r: Reader, start: number, { close }: Pair): never {
  r.eof = true;
  r.pos = r.source.length;
  const mark = String.fromCharCode(close);
  say(r, lineOf(r, start), `unexpected EOF while looking for matching \`${mark}'`);
  throw new Fault('lexical');
}
