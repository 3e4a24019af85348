// substitution.ts — Parses `s/regex/replacement/flags`, and expands the replacement for a match.
import { charEscape } from '@dmsim/libc';
import type { RegexMatch } from '@dmsim/libc';

import type { Reader } from './read-text.ts';
import { compilePattern, readDelimited, readFileName, skipSpace } from './read-text.ts';
import type { Piece, Substitution } from './script.ts';
import { SedError, SedRefusal } from './script.ts';

export function parseSubstitution(r: Reader): Substitution {
  const delimiter = r.text.charAt(r.at++);
  if (delimiter === '\n' || delimiter === '\\') {
    throw new SedError("unterminated `s' command", r.at);
  }
  const source = readDelimited(r, delimiter, { what: 's', regex: true });
  const replacement = readDelimited(r, delimiter, { what: 's', regex: false });
  const { global, print, number, file, ignoreCase, multiline } = parseFlags(r);
  const pattern = compilePattern(r, source, { ignoreCase, multiline });
  const pieces = parseReplacement(replacement, delimiter);
  const groups = pattern === 'last' ? 9 : pattern.parsed.groups;
  for (const piece of pieces) {
    if (piece.kind === 'group' && piece.group > groups) {
      throw new SedError(`invalid reference \\${piece.group} on \`s' command's RHS`, r.at);
    }
  }
  return { pattern, pieces, global, print, number, file };
}

interface Flags {
  global: boolean;
  print: boolean;
  ignoreCase: boolean;
  multiline: boolean;
  number: number;
  file: string | undefined;
}

const FLAG_OF_LETTER: Readonly<Record<string, 'global' | 'print' | 'ignoreCase' | 'multiline'>> = {
  g: 'global',
  p: 'print',
  i: 'ignoreCase',
  I: 'ignoreCase',
  m: 'multiline',
  M: 'multiline',
};

/** `[gpiImM]…`, a number, and `w FILE`, which takes the rest of the line. */
function parseFlags(r: Reader): Flags {
  const flags: Flags = {
    global: false,
    print: false,
    ignoreCase: false,
    multiline: false,
    number: 1,
    file: undefined,
  };
  for (;;) {
    skipSpace(r);
    const c = r.text.charAt(r.at);
    if (c === '' || /[\n;}#]/.test(c)) return flags;
    const flag = FLAG_OF_LETTER[c];
    if (flag !== undefined) {
      flags[flag] = true;
      r.at++;
    } else if (c === 'w') {
      r.at++;
      return { ...flags, file: readFileName(r) };
    } else if (/\d/.test(c)) flags.number = parseNumber(r);
    else if (c === 'e') throw new SedRefusal('s///e');
    else throw new SedError("unknown option to `s'", r.at + 1);
  }
}

function parseNumber(r: Reader): number {
  const digits = /^\d+/.exec(r.text.slice(r.at))?.[0] ?? '';
  if (Number(digits) === 0) {
    throw new SedError("number option to `s' command may not be zero", r.at + 1);
  }
  r.at += digits.length;
  return Number(digits);
}

function parseReplacement(text: string, delimiter: string): Piece[] {
  const pieces: Piece[] = [];
  const put = (literal: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === 'text')
      pieces[pieces.length - 1] = { kind: 'text', text: last.text + literal };
    else pieces.push({ kind: 'text', text: literal });
  };
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '&') pieces.push({ kind: 'group', group: 0 });
    else if (c !== '\\') put(c);
    else {
      const next = text.charAt(i + 1);
      const coded = charEscape(text, i + 1);
      if (/\d/.test(next)) pieces.push({ kind: 'group', group: Number(next) });
      else if (next !== delimiter && 'ULEul'.includes(next)) {
        pieces.push({ kind: 'case', letter: next as 'U' });
      } else if (coded !== undefined && next !== delimiter) {
        put(coded.char);
        i = coded.end - 2;
      } else put(next);
      i++;
    }
  }
  return pieces;
}

/** Returns the replacement for a match, with `\U \L \u \l \E` applied. */
export function expand(pieces: readonly Piece[], text: string, match: RegexMatch): string {
  let out = '';
  let lasting: 'U' | 'L' | 'E' = 'E';
  let once: 'u' | 'l' | '' = '';
  for (const piece of pieces) {
    if (piece.kind === 'case') {
      if (piece.letter === 'u' || piece.letter === 'l') once = piece.letter;
      else lasting = piece.letter;
      continue;
    }
    let part =
      piece.kind === 'text'
        ? piece.text
        : piece.group === 0
          ? text.slice(match.start, match.end)
          : (match.groups[piece.group - 1] ?? '');
    if (lasting !== 'E') part = changeCase(part, lasting === 'U');
    if (once !== '' && part !== '') {
      part = changeCase(part.charAt(0), once === 'u') + part.slice(1);
      once = '';
    }
    out += part;
  }
  return out;
}

/** Changes the case of ASCII letters only, since higher bytes are parts of characters. */
const changeCase = (text: string, upper: boolean): string =>
  upper
    ? text.replace(/[a-z]+/g, (s) => s.toUpperCase())
    : text.replace(/[A-Z]+/g, (s) => s.toLowerCase());
