// compile.ts — Compiles POSIX expressions, which find the longest of the leftmost matches. Mirrors regcomp(3), regexec(3).
//
// Three engines give the same answer. RE2 finds a match in linear time, and match-program.ts then finds its groups.
// JavaScript's engine does both faster, but only for the plain expressions whose first match is the longest
// (takes-first.ts); most expressions in labs are plain. Expressions with back-references need match-program.ts alone.
import { RE2JS, RE2JSException } from 're2js';

import { binaryOf, decodeBinary } from '../bytes.ts';
import type { DecodedBinary } from '../bytes.ts';
import { emitRegex } from './emit.ts';
import { foldCase } from './fold-case.ts';
import type { Spans } from './match-program.ts';
import { isWord, longestMatch, matchGroups, newBudget } from './match-program.ts';
import type { RegexNode } from './node.ts';
import { RegexError } from './node.ts';
import type { Parsed, Syntax } from './parse.ts';
import { parseRegex } from './parse.ts';
import { assemble } from './program.ts';
import { hasFewPaths, takesFirst } from './takes-first.ts';

export interface RegexOptions extends Omit<Syntax, 'chars'> {
  readonly ignoreCase?: boolean;
  /** `^` and `$` match at newlines too (flag M of sed). */
  readonly multiline?: boolean;
  /** A binary string holds UTF-8, and a character may have several bytes. Otherwise each byte is a character. */
  readonly utf8?: boolean;
  /** A match must be a whole word or a whole line (grep -w, -x). @defaultValue any */
  readonly whole?: 'word' | 'line' | 'any';
}

/** The offsets of the match, and the text of each group; undefined for a group that took no part. */
export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

export interface Matcher {
  test(text: string): boolean;
  /** Finds the leftmost-longest match that starts at `from` or later. */
  exec(text: string, from?: number): RegexMatch | undefined;
}

export interface Regex extends Matcher {
  readonly parsed: Parsed;
}

const cache = new Map<string, Regex>();
const CACHE_LIMIT = 500;

/** Compiles an expression, or throws RegexError. Results are cached, since labs use the same expressions again. */
export function compileRegex(source: string, options: RegexOptions): Regex {
  const { extended, awk = false, posix = false, sed = false } = options;
  const { ignoreCase = false, multiline = false, utf8 = false, whole = 'any' } = options;
  const flags = [extended, awk, posix, sed, ignoreCase, multiline, utf8].map(Number).join('');
  const key = `${flags}${whole} ${source}`;
  let regex = cache.get(key);
  if (regex === undefined) {
    regex = create(source, { extended, awk, posix, sed, ignoreCase, multiline, utf8, whole });
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(key, regex);
  }
  return regex;
}

type CreateOptions = Required<RegexOptions>;

export const HIGH: RegExp = /[\x80-\xff]/;

function create(source: string, options: CreateOptions): Regex {
  // Matching bytes is faster, and gives the same result unless the expression or the text has multibyte characters.
  const bytes = options.utf8 && HIGH.test(source) ? undefined : build(source, options, false);
  let built: Built | undefined;
  const chars = (): Built => (built ??= build(decodeBinary(source).text, options, true));
  const pick = (text: string): Engine | undefined =>
    options.utf8 && HIGH.test(text) ? undefined : bytes?.engine;
  return {
    parsed: (bytes ?? chars()).parsed,
    test(text) {
      const engine = pick(text);
      return engine?.test(text) ?? chars().engine.test(decodeBinary(text).text);
    },
    exec(text, from = 0) {
      const engine = pick(text);
      if (engine !== undefined) return engine.exec(text, from);
      const decoded = decodeBinary(text);
      const match = chars().engine.exec(decoded.text, decoded.indexOf(from));
      return match && encodeMatch(match, decoded);
    },
  };
}

const encodeMatch = (match: RegexMatch, { offsetOf }: DecodedBinary): RegexMatch => ({
  start: offsetOf(match.start),
  end: offsetOf(match.end),
  groups: match.groups.map((group) => (group === undefined ? undefined : binaryOf(group))),
});

function matchOf(text: string, spans: Spans): RegexMatch {
  const [start = 0, end = 0] = spans;
  const groups: (string | undefined)[] = [];
  for (let i = 2; i < spans.length; i += 2) {
    const [from = -1, to = -1] = [spans[i], spans[i + 1]];
    groups.push(from < 0 ? undefined : text.slice(from, to));
  }
  return { start, end, groups };
}

interface Engine {
  readonly test: (text: string) => boolean;
  readonly exec: (text: string, from: number) => RegexMatch | undefined;
}

interface Built {
  readonly parsed: Parsed;
  readonly engine: Engine;
}

function build(source: string, options: CreateOptions, chars: boolean): Built {
  const parsed = parseRegex(source, { ...options, chars });
  const node = options.ignoreCase ? foldCase(parsed.node, chars) : parsed.node;
  const hard = parsed.references || (chars && needsWords(node, options));
  const engine = hard
    ? tried(node, parsed.groups, { ...options, chars })
    : quickest(node, parsed.groups, { ...options, chars });
  return { parsed, engine };
}

type EngineOptions = CreateOptions & { readonly chars: boolean };

/** The other engines only know ASCII words. */
const needsWords = (node: RegexNode, { whole }: CreateOptions): boolean =>
  whole === 'word' || hasWordEdge(node);

function hasWordEdge(node: RegexNode): boolean {
  if (node.kind === 'word') return true;
  if (node.kind === 'group' || node.kind === 'repeat') return hasWordEdge(node.body);
  if (node.kind === 'sequence') return node.items.some(hasWordEdge);
  return node.kind === 'alternation' && node.branches.some(hasWordEdge);
}

/** The engine that tries every path from every start (match-program.ts). */
function tried(node: RegexNode, groups: number, options: EngineOptions): Engine {
  const { chars, ignoreCase, whole } = options;
  const program = assemble(node, groups, options);
  const begins = (text: string, at: number): boolean =>
    (whole === 'any' || (whole === 'line' ? at === 0 : !isWord(text, at - 1, chars))) &&
    !(chars && at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff);
  const accepts = (text: string, at: number): boolean =>
    whole === 'any' || (whole === 'line' ? at === text.length : !isWord(text, at, chars));
  const exec = (text: string, from: number): RegexMatch | undefined => {
    const budget = newBudget();
    for (let start = from; start <= text.length; start++) {
      if (!begins(text, start)) continue;
      const spans = longestMatch(program, text, { start, accepts, ignoreCase }, budget);
      if (spans !== undefined) return matchOf(text, spans);
    }
    return undefined;
  };
  return { test: (text) => exec(text, 0) !== undefined, exec };
}

/** Picks JavaScript for plain expressions and short texts, RE2 for all others. */
function quickest(node: RegexNode, groups: number, options: EngineOptions): Engine {
  const longest = takesFirst(node);
  if (longest === 0 && !hasFewPaths(node)) return re2(node, groups, options);
  const plain = javascript(node, options);
  if (longest === Infinity) return plain;
  let made: Engine | undefined;
  const linear = (): Engine => (made ??= re2(node, groups, options));
  if (longest === 0) {
    // JavaScript finds a match if there is one, but not the longest.
    return { test: plain.test, exec: (text, from) => linear().exec(text, from) };
  }
  const pick = (text: string): Engine => (text.length <= longest ? plain : linear());
  return {
    test: (text) => pick(text).test(text),
    exec: (text, from) => pick(text).exec(text, from),
  };
}

export const AROUND = {
  any: ['', ''],
  word: ['(?<!\\w)(?:', ')(?!\\w)'],
  line: ['^(?:', ')$'],
} as const;

function javascript(node: RegexNode, options: EngineOptions): Engine {
  const [before, after] = AROUND[options.whole];
  const source = before + emitRegex(node, { ...options, dialect: 'javascript' }) + after;
  const flags = options.chars ? 'u' : '';
  const plain = new RegExp(source, flags);
  const global = new RegExp(source, `${flags}g`);
  return {
    test: (text) => plain.test(text),
    exec(text, from) {
      global.lastIndex = from;
      const match = global.exec(text);
      if (match === null) return undefined;
      const { index: start, 0: all } = match;
      return { start, end: start + all.length, groups: match.slice(1) };
    },
  };
}

/** RE2 has no lookahead: `\b` or `\B`, with the character before it, tells whether a letter follows. */
const AROUND_RE2 = {
  any: ['', ''],
  word: ['(?<!\\w)(?:', ')(?:\\b(?<=\\w)|\\B(?<!\\w))'],
  line: ['^(?:', ')$'],
} as const;

function re2(node: RegexNode, groups: number, options: EngineOptions): Engine {
  const [before, after] = AROUND_RE2[options.whole];
  const source = before + emitRegex(node, { ...options, dialect: 're2' }) + after;
  const regex = compileRe2(source);
  const program = groups > 0 ? assemble(node, groups, options) : undefined;
  const { ignoreCase } = options;
  return {
    test: (text) => regex.test(text),
    exec(text, from) {
      const matcher = regex.matcher(text);
      if (!matcher.find(from)) return undefined;
      const [start, end] = [matcher.start(), matcher.end()];
      if (program === undefined) return { start, end, groups: [] };
      const spans = matchGroups(program, text, { start, end, ignoreCase });
      return matchOf(text, spans ?? [start, end]);
    },
  };
}

function compileRe2(source: string): RE2JS {
  try {
    return RE2JS.compile(source, RE2JS.LONGEST_MATCH | RE2JS.LOOKBEHINDS);
  } catch (error) {
    if (error instanceof RE2JSException) throw new RegexError('Regular expression too big');
    throw error;
  }
}
