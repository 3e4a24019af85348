// substitute.ts — sub, gsub and gensub replace matches. Mirrors busybox's editors/awk.c: awk_sub.
import type { Regex, RegexMatch } from '@dmsim/libc';

export interface SubstituteOptions {
  readonly global: boolean;
  /** The number of the first match to replace, counted from 1. */
  readonly number: number;
}

/**
 * Undefined if nothing matched. Each match is looked for in what is left of the text, as if a text began there: an empty match
 * may follow another match at once, and a word may begin in the middle of one.
 */
export function substituteMatches(
  regex: Regex,
  text: string,
  { global, number }: SubstituteOptions,
  replacement: (match: RegexMatch, text: string) => string,
): { text: string; count: number } | undefined {
  let out = '';
  let matches = 0;
  let from = 0;
  while (from <= text.length) {
    const rest = from === 0 ? text : NO_WORD + text.slice(from);
    const match = regex.exec(rest, from === 0 ? 0 : 1);
    if (match === undefined) break;
    const { start, end } = match;
    const before = from === 0 ? 0 : 1;
    out += rest.slice(before, start);
    matches++;
    out += matches >= number ? replacement(match, rest) : rest.slice(start, end);
    from += end - before;
    if (!global && matches >= number) break;
    if (start < end) continue;
    out += text.charAt(from);
    from++;
  }
  const count = Math.max(0, matches - number + 1);
  return count === 0 ? undefined : { text: out + text.slice(from), count };
}

/** Stands before what is left: nothing begins a line there, and no word goes on. */
const NO_WORD = '\u0001';
