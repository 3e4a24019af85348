// syntax-error.ts — bash's messages about a script that it can't parse.
import type { ParseError } from 'unbash';

import type { SyntaxFailure } from './ir.ts';

export interface BrokenSource {
  /** The name that the message starts with. */
  readonly shown: string;
  readonly source: string;
  readonly firstLine: number;
}

/** Returns `file: line N: …`, and the line in question if bash shows it. */
export function describeSyntaxError(broken: BrokenSource, error: ParseError): SyntaxFailure {
  const { source } = broken;
  const matching = /^unterminated (.*)$/.exec(error.message)?.[1];
  const delimiter = matching === undefined ? undefined : DELIMITERS[matching];
  if (delimiter !== undefined) {
    return fail(broken, error.pos, `unexpected EOF while looking for matching \`${delimiter}'`);
  }
  const start = skipBlanks(source, keywordBefore(source, error) ?? error.pos);
  const token = start >= source.length ? '\n' : tokenAt(source, start);
  if (token === '\n' && source.slice(start).trim() === '' && !isLineEnd(error)) {
    // Bash has already counted the last newline, so it names the line after it.
    const end = source.endsWith('\n') ? source : `${source}\n`;
    return fail({ ...broken, source: end }, end.length, 'syntax error: unexpected end of file');
  }
  const shown = token === '\n' ? 'newline' : token;
  const { messages } = fail(broken, start, `syntax error near unexpected token \`${shown}'`);
  const line = `${broken.shown}: line ${lineNumber(broken, start)}: \`${sourceLine(source, start)}'`;
  return { messages: [...messages, line] };
}

/** Finds the keyword in place of a missing `then` or `do`. unbash has already read past it. */
function keywordBefore(source: string, { message, pos }: ParseError): number | undefined {
  if (message !== "expected 'then'" && message !== "expected 'do'") return undefined;
  const match = /(?<=\s)(?:fi|done|esac|else|elif|\})$/.exec(source.slice(0, pos));
  return match?.index;
}

/** Whether a word had to follow on the same line. Then the unexpected token is the newline, even the last one. */
const isLineEnd = ({ message }: ParseError): boolean =>
  message === 'expected redirect target' ||
  message === 'unexpected token' ||
  message.startsWith('expected word after');

const DELIMITERS: Readonly<Record<string, string>> = {
  'double quote': '"',
  'single quote': "'",
  'ANSI-C quote': "'",
  backtick: '`',
  'command substitution': ')',
  'process substitution': ')',
  'parameter expansion': '}',
  'arithmetic expansion': ')',
  'arithmetic command': ')',
  'arithmetic for header': ')',
};

const fail = (broken: BrokenSource, pos: number, text: string): SyntaxFailure => ({
  messages: [`${broken.shown}: line ${lineNumber(broken, pos)}: ${text}`],
});

function lineNumber({ source, firstLine }: BrokenSource, pos: number): number {
  let line = firstLine;
  for (let i = source.indexOf('\n'); i >= 0 && i < pos; i = source.indexOf('\n', i + 1)) line++;
  return line;
}

function sourceLine(source: string, pos: number): string {
  const start = source.lastIndexOf('\n', pos - 1) + 1;
  const end = source.indexOf('\n', pos);
  return source.slice(start, end < 0 ? source.length : end);
}

function skipBlanks(source: string, pos: number): number {
  let i = pos;
  for (;;) {
    const c = source[i];
    if (c === ' ' || c === '\t') i++;
    else if (c === '\\' && source[i + 1] === '\n') i += 2;
    else if (c === '#') i = endOfLine(source, i);
    else return i;
  }
}

function endOfLine(source: string, pos: number): number {
  const end = source.indexOf('\n', pos);
  return end < 0 ? source.length : end;
}

function tokenAt(source: string, pos: number): string {
  const operator = /^(?:\n|;;&|;;|;&|&&|\|\||\|&|<<-|<<<|<<|>>|>&|<&|<>|>\||&>>|&>|[;&|()<>])/;
  const rest = source.slice(pos, pos + 200);
  return operator.exec(rest)?.[0] ?? /^[^\s;&|()<>]+/.exec(rest)?.[0] ?? rest.slice(0, 1);
}
