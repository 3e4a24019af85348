// lex.ts — Splits an awk program into tokens.
import { C_ESCAPES } from '../shellutils/escapes.ts';
import { prefixed } from './value.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly line: number }
  | { readonly kind: 'string' | 'regex'; readonly text: string; readonly line: number }
  /** `call` is a name directly before a `(`, which makes it the name of a function. */
  | {
      readonly kind: 'name' | 'call' | 'builtin' | 'keyword';
      readonly text: string;
      readonly line: number;
    }
  | { readonly kind: 'operator'; readonly text: string; readonly line: number }
  | { readonly kind: 'newline' | 'end'; readonly text: string; readonly line: number };

export class AwkError extends Error {
  override readonly name = 'AwkError';
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const KEYWORDS: ReadonlySet<string> = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  ),
);

const BUILTINS: ReadonlySet<string> = new Set(
  'length substr index split sub gsub gensub match sprintf tolower toupper int sqrt exp log sin cos atan2 rand srand system close fflush systime strftime and or xor lshift rshift compl'.split(
    ' ',
  ),
);

const OPERATORS = [
  '**=',
  '&&',
  '||',
  '==',
  '<=',
  '>=',
  '!=',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '>>',
  '**',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ';',
  ',',
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '!',
  '>',
  '<',
  '|',
  '?',
  ':',
  '~',
  '$',
  '=',
  '&',
];

const ESCAPES: typeof C_ESCAPES = { ...C_ESCAPES, '"': '"', '/': '/' };

/** The text between slashes: `\/` is a slash, and `\b` a backspace, which in a string would be the edge of a word. */
const inRegex = (raw: string): string =>
  raw.replaceAll(/\\([^])/g, (all, c: string) => (c === '/' ? '/' : c === 'b' ? '\b' : all));

/** Decodes `\n`, `\033`, `\"` … Any other character loses its backslash. */
export function unescape(text: string): string {
  return text.replace(/\\([0-7]{1,3}|x[\da-fA-F]{1,2}|[^])/g, (_all, what: string) => {
    if (/^[0-7]/.test(what)) return String.fromCharCode(Number.parseInt(what, 8) & 0xff);
    if (/^x./.test(what)) return String.fromCharCode(Number.parseInt(what.slice(1), 16));
    return what === '\n' ? '' : (ESCAPES[what] ?? what);
  });
}

export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let i = 0; i < source.length;) {
    const rest = source.slice(i, i + 4096);
    const blank = /^(?:[ \t\r]|\\\r?\n|#[^\n]*)+/.exec(rest)?.[0] ?? '';
    if (blank !== '') {
      line += blank.split('\n').length - 1;
      i += blank.length;
      continue;
    }
    if (rest.startsWith('\n')) {
      tokens.push({ kind: 'newline', text: '\n', line });
      line++;
      i++;
      continue;
    }
    const { token, length } = nextToken(source, i, line, tokens.at(-1));
    tokens.push(token);
    i += length;
  }
  tokens.push({ kind: 'end', text: 'end of file', line });
  return tokens;
}

function nextToken(
  source: string,
  i: number,
  line: number,
  before: Token | undefined,
): { token: Token; length: number } {
  const rest = source.slice(i, i + 4096);
  const led = prefixed(rest);
  if (led !== undefined)
    return { token: { kind: 'number', value: led.value, line }, length: led.length };
  const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest)?.[0];
  if (number !== undefined) {
    return { token: { kind: 'number', value: Number(number), line }, length: number.length };
  }
  const word = /^[A-Za-z_]\w*/.exec(rest)?.[0];
  if (word !== undefined)
    return { token: wordToken(word, rest.charAt(word.length), line), length: word.length };
  if (rest.startsWith('"')) return quoted(source, i, line, '"');
  if (rest.startsWith('/') && regexMayFollow(before)) return quoted(source, i, line, '/');
  const operator = OPERATORS.find((op) => rest.startsWith(op));
  if (operator === undefined) throw new AwkError('Unexpected token', line);
  return { token: { kind: 'operator', text: operator, line }, length: operator.length };
}

function wordToken(text: string, next: string, line: number): Token {
  if (KEYWORDS.has(text))
    return { kind: 'keyword', text: text === 'func' ? 'function' : text, line };
  if (BUILTINS.has(text)) return { kind: 'builtin', text, line };
  return { kind: next === '(' ? 'call' : 'name', text, line };
}

/** Whether a `/` begins a regular expression. After a value it means division. */
function regexMayFollow(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'operator') return ![')', ']', '$', '++', '--'].includes(before.text);
  return !['number', 'string', 'regex', 'name', 'builtin'].includes(before.kind);
}

function quoted(
  source: string,
  start: number,
  line: number,
  end: '"' | '/',
): { token: Token; length: number } {
  const close = endOfQuoted(source, start + 1, end);
  if (close === undefined) throw new AwkError('Unexpected end of string', line);
  const raw = source.slice(start + 1, close);
  const length = close + 1 - start;
  if (end === '"') return { token: { kind: 'string', text: unescape(raw), line }, length };
  return { token: { kind: 'regex', text: inRegex(raw), line }, length };
}

/** The index of the delimiter that ends the text; undefined if the line ends first. */
function endOfQuoted(source: string, from: number, end: '"' | '/'): number | undefined {
  for (let i = from; ; i++) {
    const c = source.charAt(i);
    if (c === end) return i;
    if (c === '' || c === '\n') return undefined;
    if (c === '\\') i++;
    else if (c === '[' && end === '/') i = endOfBracket(source, i + 1);
  }
}

/** The index of the last character of a set, in which `/` is an ordinary character; `from` is the index after its `[`. */
function endOfBracket(source: string, from: number): number {
  // A `]` that comes first, or first after `^`, is a member of the set.
  let i = from + (/^\^?\]?/.exec(source.slice(from, from + 2))?.[0] ?? '').length;
  for (; !/^[\]\n]?$/.test(source.charAt(i)); i++) if (source.charAt(i) === '\\') i++;
  return source.charAt(i) === ']' ? i : i - 1;
}
