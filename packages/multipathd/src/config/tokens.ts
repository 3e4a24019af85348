// tokens.ts — A line of multipath.conf as words, braces and quotes. Mirrors libmpathutil/parser.c: alloc_strvec, validate_config_strvec.

/** `quote` stands for a quotation mark: what is between two of them is one word, blanks and all. Messages show nothing in its place. */
export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'quote'; readonly text: '' };

const QUOTE: Token = { kind: 'quote', text: '' };
const word = (text: string): Token => ({ kind: 'word', text });

/** None for a blank line or a comment. A comment may end a line; inside quotes `""` is a quotation mark. */
export function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  let at = skipBlanks(line, 0);
  let inString = false;
  while (at < line.length && (inString || !beginsComment(line, at))) {
    const { token, end } = inString ? nextInString(line, at) : nextOutside(line, at);
    tokens.push(token);
    if (token === QUOTE) inString = !inString;
    at = inString ? end : skipBlanks(line, end);
  }
  return tokens;
}

interface Next {
  readonly token: Token;
  readonly end: number;
}

const beginsComment = (line: string, at: number): boolean => line[at] === '!' || line[at] === '#';

function nextOutside(line: string, at: number): Next {
  const c = line[at] as string;
  if (c === '"') return { token: QUOTE, end: at + 1 };
  if (c === '{' || c === '}') return { token: word(c), end: at + 1 };
  const end = endOfWord(line, at);
  return { token: word(line.slice(at, end)), end };
}

function nextInString(line: string, at: number): Next {
  if (line[at] === '"' && line[at + 1] !== '"') return { token: QUOTE, end: at + 1 };
  const end = endOfString(line, at);
  return { token: word(line.slice(at, end).replaceAll('""', '"')), end };
}

/** White space, and bytes that are not ASCII, which the real one takes for it. */
const isBlank = (c: string): boolean => c === ' ' || (c >= '\t' && c <= '\r') || c > '\x7f';

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (at < line.length && isBlank(line[at] as string)) at++;
  return at;
}

function endOfWord(line: string, from: number): number {
  let at = from;
  while (at < line.length && !isBlank(line[at] as string) && !'!#{}"'.includes(line[at] as string))
    at++;
  return at;
}

function endOfString(line: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < line.length && line[at] !== '"') at++;
    if (line[at] !== '"' || line[at + 1] !== '"') return at;
    at += 2;
  }
}

/** Sections whose first line should end with a brace. */
const SECTIONS: ReadonlySet<string> = new Set([
  'defaults',
  'blacklist',
  'blacklist_exceptions',
  'devices',
  'device',
  'multipaths',
  'multipath',
]);

/** The problem with the form of a line. `skip`: the line is ignored. */
export interface LineProblem {
  readonly message: string;
  readonly skip: boolean;
}

/** `where` is `line N of FILE`. A line that begins with a quotation mark has a keyword without letters. */
export function checkLine(tokens: readonly Token[], where: string): LineProblem | undefined {
  const [first, second] = tokens;
  const extra = (token: Token | undefined): LineProblem | undefined =>
    token === undefined
      ? undefined
      : { message: `ignoring extra data starting with '${token.text}' on ${where}`, skip: false };
  if (first === undefined) return undefined;
  if (first.text === '}') return extra(second);
  if (first.text === '{') return { message: `invalid keyword '{' on ${where}`, skip: true };
  if (SECTIONS.has(first.text)) return checkSection(tokens, where) ?? extra(tokens[2]);
  if (second === undefined) {
    return { message: `missing value for option '${first.text}' on ${where}`, skip: true };
  }
  if (second.kind === 'word') return extra(tokens[2]);
  return checkQuoted(tokens, where) ?? extra(tokens[tokens[2]?.kind === 'quote' ? 3 : 4]);
}

function checkSection([, brace]: readonly Token[], where: string): LineProblem | undefined {
  if (brace === undefined) return { message: `missing '{' on ${where}`, skip: false };
  if (brace.text === '{') return undefined;
  return { message: `expecting '{' on ${where}. found '${brace.text}'`, skip: false };
}

/** There may be one word, or none, and then the other quotation mark. */
function checkQuoted(tokens: readonly Token[], where: string): LineProblem | undefined {
  const [, , value, end] = tokens;
  const missing = { message: `missing closing quotes on ${where}`, skip: false };
  if (value === undefined) return missing;
  if (value.kind === 'quote') return undefined;
  if (end === undefined) return missing;
  if (end.kind === 'quote') return undefined;
  return { message: `parsing error starting with '${end.text}' on ${where}`, skip: true };
}

/** The value of a keyword's line: the second word, or what is quoted. Null when there is none. */
export function valueOf([, second, third]: readonly Token[]): string | null {
  if (second === undefined) return null;
  if (second.kind === 'word') return second.text;
  return third === undefined || third.kind === 'quote' ? '' : third.text;
}
