// compile.ts — Compiled POSIX expressions: matching on binary strings, leftmost and longest.
//
// JavaScript takes the first alternative that fits, POSIX the longest. Where an expression could tell the two apart
// (alternatives that can begin alike), the end of a match is searched from the far side. Groups inside such a match are
// those of JavaScript's way to that end; and without alternation a greedy repetition is taken to be the longest.
import { emitRegex } from './emit.ts';
import type { RegexNode } from './node.ts';
import type { Parsed, Syntax } from './parse.ts';
import { parseRegex } from './parse.ts';

export interface RegexOptions extends Syntax {
  readonly ignoreCase?: boolean;
  readonly multiline?: boolean;
  /** Characters of several bytes count as one for `.` and `[^…]`. */
  readonly utf8?: boolean;
  /** Only whole words, or whole lines (grep -w, -x). */
  readonly whole?: 'word' | 'line';
}

/** `start` and `end` of the match, then the text of each group. */
export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

export interface Matcher {
  test(text: string): boolean;
  /** The leftmost-longest match that starts at `from` or later. */
  exec(text: string, from?: number): RegexMatch | undefined;
}

export interface Regex extends Matcher {
  readonly parsed: Parsed;
}

const cache = new Map<string, Regex>();
const CACHE_LIMIT = 500;

/** Throws RegexError. Compiled ones are kept: labs repeat themselves. */
export function compileRegex(source: string, options: RegexOptions): Regex {
  const { extended, awk = false, sed = false } = options;
  const { ignoreCase = false, multiline = false, utf8 = false, whole = 'any' } = options;
  const flags = [extended, awk, sed, ignoreCase, multiline, utf8].map(Number).join('');
  const key = `${flags}${whole} ${source}`;
  let regex = cache.get(key);
  if (regex === undefined) {
    regex = create(parseRegex(source, options), { ignoreCase, multiline, utf8, whole });
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(key, regex);
  }
  return regex;
}

interface CreateOptions {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly utf8: boolean;
  readonly whole: 'word' | 'line' | 'any';
}

export const AROUND = {
  any: ['', ''],
  word: ['(?<!\\w)(?:', ')(?!\\w)'],
  line: ['^(?:', ')$'],
} as const;

export const HIGH: RegExp = /[\x80-\xff]/;

function create(parsed: Parsed, options: CreateOptions): Regex {
  const { ignoreCase, multiline, utf8, whole } = options;
  const [before, after] = AROUND[whole];
  const emit = (byChar: boolean): string =>
    before + emitRegex(parsed.node, { multiline, utf8: byChar }) + after;
  const flags = ignoreCase ? 'i' : '';
  const longest = needsLongest(parsed.node);
  const bytes = variant(emit(false), flags, longest);
  let chars: Variant | undefined;
  const pick = (text: string): Variant => {
    if (!utf8 || !HIGH.test(text)) return bytes;
    chars ??= variant(emit(true), flags, longest);
    return chars;
  };
  return {
    parsed,
    test: (text) => pick(text).plain.test(text),
    exec: (text, from = 0) => pick(text).exec(text, from),
  };
}

interface Variant {
  readonly plain: RegExp;
  readonly exec: (text: string, from: number) => RegexMatch | undefined;
}

function variant(source: string, flags: string, longest: boolean): Variant {
  const plain = new RegExp(source, flags);
  const global = new RegExp(source, `${flags}g`);
  const ending = new Map<number, RegExp>();
  const exec = (text: string, from: number): RegexMatch | undefined => {
    global.lastIndex = from;
    let match = global.exec(text);
    if (match === null) return undefined;
    const start = match.index;
    if (longest) match = stretch(text, match) ?? match;
    return { start, end: start + match[0].length, groups: match.slice(1) };
  };
  const stretch = (text: string, found: RegExpExecArray): RegExpExecArray | null => {
    const least = found.index + found[0].length;
    for (let end = text.length; end > least; end--) {
      const left = text.length - end;
      let anchored = ending.get(left);
      if (anchored === undefined) {
        anchored = new RegExp(`(?:${source})(?=[^]{${left}}$)`, `${flags}y`);
        if (ending.size < 1000) ending.set(left, anchored);
      }
      anchored.lastIndex = found.index;
      const match = anchored.exec(text);
      if (match !== null) return match;
    }
    return null;
  };
  return { plain, exec };
}

/** Whether some alternatives can begin with the same character, so that their order could matter. */
function needsLongest(node: RegexNode): boolean {
  switch (node.kind) {
    case 'alternation': {
      const firsts = node.branches.map(firstChar);
      const known = firsts.every((c) => c !== undefined);
      if (!known || new Set(firsts).size < firsts.length) return true;
      return node.branches.some(needsLongest);
    }
    case 'sequence':
      return node.items.some(needsLongest);
    case 'group':
    case 'repeat':
      return needsLongest(node.body);
    default:
      return false;
  }
}

/** The one character that a branch must begin with, lower case; undefined when there are several. */
function firstChar(node: RegexNode): string | undefined {
  if (node.kind === 'char') return node.char.toLowerCase();
  if (node.kind === 'group') return firstChar(node.body);
  if (node.kind === 'repeat') return node.min > 0 ? firstChar(node.body) : undefined;
  if (node.kind === 'sequence') {
    const [first] = node.items;
    return first === undefined ? undefined : firstChar(first);
  }
  return undefined;
}
