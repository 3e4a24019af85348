// json-lexer.ts — Splits bytes into JSON tokens; after a byte that fits nowhere it resynchronises as QEMU does. Mirrors json-lexer.c.

type TokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ':'
  | ','
  | 'string'
  | 'integer'
  | 'float'
  | 'keyword'
  | 'error';

export interface Token {
  readonly kind: TokenKind;
  /** The token's bytes, one character each; a string with its quotes. */
  readonly text: string;
}

/** The lexer's position in a token. Bytes arrive in pieces of any size, so the state outlives a call. */
type State = 'start' | 'recovery' | 'string' | 'escape' | 'keyword' | NumberState;

type NumberState =
  | 'minus'
  | 'zero'
  | 'digits'
  | 'point'
  | 'fraction'
  | 'exponent'
  | 'exponent-sign'
  | 'exponent-digits';

/** The most bytes in a token (64 MiB in QEMU). */
const MAX_TOKEN_SIZE: number = 64 << 20;

export interface Lexer {
  state: State;
  quote: string;
  text: string;
  readonly emit: (token: Token) => void;
}

export const createLexer = (emit: (token: Token) => void): Lexer => ({
  state: 'start',
  quote: '',
  text: '',
  emit,
});

const isDigit = (c: string): boolean => c >= '0' && c <= '9';
const isLetter = (c: string): boolean => c >= 'a' && c <= 'z';
const isSpace = (c: string): boolean => c === ' ' || c === '\t' || c === '\n' || c === '\r';
const isStructural = (c: string): boolean =>
  c === '{' || c === '}' || c === '[' || c === ']' || c === ':' || c === ',';
/** False for control characters and for bytes that UTF-8 never uses: they end a string with an error. */
const fitsString = (c: string): boolean =>
  (c >= ' ' && c <= '\u00bf') || (c >= '\u00c2' && c <= '\u00f4');

/** Takes one byte, given as the character with that code. */
export function feedByte(lexer: Lexer, c: string): void {
  // A byte that ends a number or a keyword is also the start of the next token, so it is processed twice.
  while (!step(lexer, c));
}

/** Takes plain ASCII up to the string's end; returns how many bytes that were. */
export function takeString(lexer: Lexer, bytes: Uint8Array, from: number): number {
  const quote = lexer.quote.charCodeAt(0);
  let end = from;
  for (; end < bytes.length && lexer.text.length < MAX_TOKEN_SIZE; end++) {
    const byte = bytes[end] as number;
    if (byte === quote || byte === BACKSLASH || byte < 0x20 || byte > 0x7e) break;
    lexer.text += String.fromCharCode(byte);
  }
  return end - from;
}

const BACKSLASH = 0x5c;

/** Returns false if the token ended before this byte, which then must be processed again. */
function step(lexer: Lexer, c: string): boolean {
  switch (lexer.state) {
    case 'start':
      return stepStart(lexer, c);
    case 'recovery':
      return stepRecovery(lexer, c);
    case 'string':
    case 'escape':
      return stepString(lexer, c);
    case 'keyword':
      return isLetter(c) ? take(lexer, c, 'keyword') : end(lexer, 'keyword');
    default:
      return stepNumber(lexer, lexer.state, c);
  }
}

function stepStart(lexer: Lexer, c: string): boolean {
  if (isSpace(c)) return true;
  if (isStructural(c)) {
    lexer.emit({ kind: c as TokenKind, text: c });
    return true;
  }
  if (c === '"' || c === "'") {
    lexer.quote = c;
    return take(lexer, c, 'string');
  }
  if (c === '-') return take(lexer, c, 'minus');
  if (c === '0') return take(lexer, c, 'zero');
  if (isDigit(c)) return take(lexer, c, 'digits');
  if (isLetter(c)) return take(lexer, c, 'keyword');
  return fail(lexer, c);
}

/** After an error, skips to a byte at which a new message may begin. */
function stepRecovery(lexer: Lexer, c: string): boolean {
  if (isStructural(c) || c === '"' || c === "'" || c < ' ') {
    lexer.state = 'start';
    return c < ' ';
  }
  return true;
}

function stepString(lexer: Lexer, c: string): boolean {
  if (lexer.state === 'escape') {
    return fitsString(c) ? take(lexer, c, 'string') : fail(lexer, c);
  }
  if (c === '\\') return take(lexer, c, 'escape');
  if (c === lexer.quote) {
    take(lexer, c, 'start');
    end(lexer, 'string');
    return true;
  }
  return fitsString(c) ? take(lexer, c, 'string') : fail(lexer, c);
}

/** The transitions within a number: in each state, the first entry whose pattern matches is taken. */
const NUMBER: Readonly<Record<NumberState, readonly (readonly [string, State])[]>> = {
  minus: [
    ['0', 'zero'],
    ['9', 'digits'],
  ],
  zero: [
    ['.', 'point'],
    ['e', 'exponent'],
  ],
  digits: [
    ['9', 'digits'],
    ['.', 'point'],
    ['e', 'exponent'],
  ],
  point: [['9', 'fraction']],
  fraction: [
    ['9', 'fraction'],
    ['e', 'exponent'],
  ],
  exponent: [
    ['+', 'exponent-sign'],
    ['9', 'exponent-digits'],
  ],
  'exponent-sign': [['9', 'exponent-digits']],
  'exponent-digits': [['9', 'exponent-digits']],
};

/** The states in which a number may end, and the kind of token it then is. */
const COMPLETE: Readonly<Partial<Record<NumberState, TokenKind>>> = {
  zero: 'integer',
  digits: 'integer',
  fraction: 'float',
  'exponent-digits': 'float',
};

/** Matches a character: 9 stands for any digit, e for both cases, + for both signs. */
function fits(pattern: string, c: string): boolean {
  if (pattern === '9') return isDigit(c);
  if (pattern === 'e') return c === 'e' || c === 'E';
  return pattern === '+' ? c === '+' || c === '-' : c === pattern;
}

function stepNumber(lexer: Lexer, state: NumberState, c: string): boolean {
  const next = NUMBER[state].find(([pattern]) => fits(pattern, c));
  if (next !== undefined) return take(lexer, c, next[1]);
  const kind = COMPLETE[state];
  // After a leading zero, no further digit may follow.
  return kind === undefined || isDigit(c) ? fail(lexer, c) : end(lexer, kind);
}

function take(lexer: Lexer, c: string, state: State): boolean {
  lexer.text += c;
  lexer.state = state;
  return lexer.text.length <= MAX_TOKEN_SIZE ? true : fail(lexer, '');
}

function end(lexer: Lexer, kind: TokenKind): boolean {
  const { text } = lexer;
  lexer.text = '';
  lexer.state = 'start';
  lexer.emit({ kind, text });
  return false;
}

function fail(lexer: Lexer, c: string): boolean {
  const text = lexer.text + c;
  lexer.text = '';
  lexer.state = 'recovery';
  lexer.emit({ kind: 'error', text });
  return true;
}
