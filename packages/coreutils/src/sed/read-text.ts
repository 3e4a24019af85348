// read-text.ts — Reads the parts of sed scripts that have their own syntax: /patterns/, texts, file names.
import { charEscape, compileRegex, RegexError } from '@dmsim/libc';

import type { Pattern } from './script.ts';
import { SedError } from './script.ts';

export interface Reader {
  readonly text: string;
  at: number;
  readonly extended: boolean;
  readonly utf8: boolean;
}

export function skipSpace(r: Reader): void {
  while (r.text.charAt(r.at) === ' ' || r.text.charAt(r.at) === '\t') r.at++;
}

interface Delimited {
  readonly what: 's' | 'y' | 'address';
  readonly regex: boolean;
}

const UNTERMINATED = {
  s: "unterminated `s' command",
  y: "unterminated `y' command",
  address: 'unterminated address regex',
} as const;

/** Reads up to the next unquoted delimiter. In a regex, a quoted one loses its backslash, and brackets may hold it. */
export function readDelimited(r: Reader, delimiter: string, { what, regex }: Delimited): string {
  let out = '';
  for (;;) {
    const c = r.text.charAt(r.at);
    if (c === '' || (c === '\n' && regex)) throw new SedError(UNTERMINATED[what], r.at);
    if (c === delimiter) {
      r.at++;
      return out;
    }
    const piece = pieceAt(r.text, r.at, regex);
    if (piece === '\\') throw new SedError(UNTERMINATED[what], r.at + 1);
    r.at += piece.length;
    out += regex && piece === `\\${delimiter}` ? quotedDelimiter(delimiter, r.extended) : piece;
  }
}

/** A character with its backslash, if it has one; in a regex, a whole bracket. */
function pieceAt(text: string, at: number, regex: boolean): string {
  const c = text.charAt(at);
  if (c === '\\') return text.slice(at, at + 2);
  const bracket = regex && c === '[' ? bracketAt(text, at) : '';
  return bracket === '' ? c : bracket;
}

/** Returns a whole bracket expression, in which a delimiter is an ordinary character. */
const bracketAt = (text: string, at: number): string =>
  /^\[\^?\]?(?:\[([.:=])[^\n]*?\1\]|[^\]\n])*\]/.exec(text.slice(at))?.[0] ?? '';

/** Returns a quoted delimiter as an ordinary character, such as the bar in `s|a\|b|…|`. */
function quotedDelimiter(c: string, extended: boolean): string {
  return extended && '|+?(){}'.includes(c) ? `\\${c}` : /[.*[\]^$]/.test(c) ? `\\${c}` : c;
}

export function compilePattern(
  r: Reader,
  source: string,
  {
    ignoreCase = false,
    multiline = false,
  }: { readonly ignoreCase?: boolean; readonly multiline?: boolean } = {},
): Pattern {
  if (source === '') return 'last';
  try {
    const regex = compileRegex(source, {
      extended: r.extended,
      sed: true,
      ignoreCase,
      multiline,
      utf8: r.utf8,
    });
    if (regex.parsed.leading.length > 0)
      throw new RegexError('Invalid preceding regular expression');
    return regex;
  } catch (error) {
    if (error instanceof RegexError) throw new SedError(error.message, r.at);
    throw error;
  }
}

/** Reads a pattern after its first delimiter, with the flags I and M of addresses. */
export function readPattern(r: Reader, delimiter: string): Pattern {
  const source = readDelimited(r, delimiter, { what: 'address', regex: true });
  const flags = /^[IM]*/.exec(r.text.slice(r.at, r.at + 8))?.[0] ?? '';
  r.at += flags.length;
  return compilePattern(r, source, {
    ignoreCase: flags.includes('I'),
    multiline: flags.includes('M'),
  });
}

/** `a\` newline text, or the one-line `a text`; ends at a newline without backslash. Empty if nothing follows the backslash. */
export function readText(r: Reader): string {
  skipSpace(r);
  const quoted = r.text.charAt(r.at) === '\\';
  if (quoted) {
    r.at++;
    r.at += /^[ \t]*\n/.exec(r.text.slice(r.at))?.[0].length ?? 0;
    if (r.at >= r.text.length) return r.text.endsWith('\n') ? '\n' : '';
  } else if (r.at >= r.text.length) throw new SedError("expected \\ after `a', `c' or `i'", r.at);
  let out = '';
  while (r.at < r.text.length) {
    const c = r.text.charAt(r.at++);
    if (c === '\n') break;
    if (c !== '\\') out += c;
    else if (r.at < r.text.length) out += readEscape(r);
  }
  return `${out}\n`;
}

/** The character that a backslash makes of what follows it. */
function readEscape(r: Reader): string {
  const control = /^c([^])/.exec(r.text.slice(r.at, r.at + 2))?.[1];
  if (control !== undefined) {
    r.at += 2;
    return String.fromCharCode(control.toUpperCase().charCodeAt(0) ^ 0x40);
  }
  const coded = charEscape(r.text, r.at);
  const char = coded === undefined ? r.text.charAt(r.at) : coded.char;
  r.at = coded?.end ?? r.at + 1;
  return char;
}

export function readFileName(r: Reader): string {
  skipSpace(r);
  const end = r.text.indexOf('\n', r.at);
  const name = r.text.slice(r.at, end < 0 ? undefined : end);
  if (name === '') throw new SedError('missing filename in r/R/w/W commands', r.at);
  r.at = end < 0 ? r.text.length : end + 1;
  return name;
}
