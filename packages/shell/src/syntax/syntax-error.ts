// syntax-error.ts — What bash says about a script that it can't parse.
import type { ParseError } from 'unbash';

import type { SyntaxFailure } from './ir.ts';

/** `file: line N: …`, with the line in question below where bash shows it. */
export function describeSyntaxError(
  file: string,
  source: string,
  error: ParseError,
): SyntaxFailure {
  const matching = /^unterminated (.*)$/.exec(error.message)?.[1];
  const delimiter = matching === undefined ? undefined : DELIMITERS[matching];
  if (delimiter !== undefined) {
    const line = lineNumber(source, error.pos);
    return fail(file, line, `unexpected EOF while looking for matching \`${delimiter}'`);
  }
  const start = skipBlanks(source, error.pos);
  if (start >= source.length) return endOfFile(file, source);
  const line = lineNumber(source, start);
  const token = tokenAt(source, start);
  if (token === '\n' && source.slice(start).trim() === '') return endOfFile(file, source);
  const shown = token === '\n' ? 'newline' : token;
  const { messages } = fail(file, line, `syntax error near unexpected token \`${shown}'`);
  return { messages: [...messages, `${file}: line ${line}: \`${sourceLine(source, start)}'`] };
}

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

const fail = (file: string, line: number, text: string): SyntaxFailure => ({
  messages: [`${file}: line ${line}: ${text}`],
});

/** Bash has counted the newline of the last line, so it names the line after it. */
function endOfFile(file: string, source: string): SyntaxFailure {
  const lines = source.split('\n').length;
  const line = source.endsWith('\n') ? lines : lines + 1;
  return fail(file, line, 'syntax error: unexpected end of file');
}

function lineNumber(source: string, pos: number): number {
  let line = 1;
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
