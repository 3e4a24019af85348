// replace.ts — Replaces matches one after the other, as sed's s and awk's sub and gsub do.
import type { Regex, RegexMatch } from './compile.ts';

export interface ReplaceOptions {
  readonly global: boolean;
  /** The number of the first match to replace, counted from 1. */
  readonly number: number;
}

/** Returns undefined if nothing was replaced. An empty match directly after another match does not count. */
export function replaceMatches(
  regex: Regex,
  text: string,
  { global, number }: ReplaceOptions,
  replacement: (match: RegexMatch) => string,
): { text: string; count: number } | undefined {
  let out = '';
  let copied = 0;
  let matches = 0;
  let count = 0;
  let before = -1;
  for (let from = 0; from <= text.length;) {
    const match = regex.exec(text, from);
    if (match === undefined) break;
    const { start, end } = match;
    const empty = start === end;
    if (!empty || start !== before) {
      matches++;
      before = end;
      if (matches >= number) {
        count++;
        out += text.slice(copied, start) + replacement(match);
        copied = end;
        if (!global) break;
      }
    }
    from = empty ? end + 1 : end;
  }
  return count === 0 ? undefined : { text: out + text.slice(copied), count };
}
