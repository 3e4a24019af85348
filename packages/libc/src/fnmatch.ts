// fnmatch.ts — Patterns of bash, find and grep: `*`, `?`, `[…]` and backslash. The matcher follows all paths through
// the pattern at once. Mirrors fnmatch(3): `*` matches slashes and leading dots too; globbing looks at one name at a time.
//
// It does not use regular expressions, because a pattern with many stars must not take exponential time, and because
// one walk finds both the shortest and the longest prefix.

import { extendedPrefixLength, extendedSuffixLength } from './extended-pattern.ts';
import type { GroupToken, SetItem, Token } from './pattern-token.ts';
import { accepts } from './pattern-token.ts';
import { classSet } from './regex/bracket.ts';
import { emitSet } from './regex/emit.ts';

export interface Pattern {
  readonly tokens: readonly Token[];
  /** The only text that the pattern matches; undefined if it has special characters. */
  readonly literal: string | undefined;
  /** One of the tokens is a group. */
  readonly hasGroups: boolean;
}

const CACHE_SIZE = 512;
const cache = new Map<string, Pattern>();
const extendedCache = new Map<string, Pattern>();

/**
 * Compiles a pattern. A backslash in `text` makes the next character ordinary. An extended pattern may have the groups of
 * bash's extglob: `?(…)`, `*(…)`, `+(…)`, `@(…)` and `!(…)`, each with alternatives between `|`.
 */
export function compilePattern(text: string, extended = false): Pattern {
  const patterns = extended ? extendedCache : cache;
  const known = patterns.get(text);
  if (known !== undefined) return known;
  const pattern = parsePattern(text, extended);
  if (patterns.size >= CACHE_SIZE) patterns.clear();
  patterns.set(text, pattern);
  return pattern;
}

function parsePattern(text: string, extended: boolean): Pattern {
  const tokens = parseTokens(text, extended);
  const plain = tokens.every((token) => token.kind === 'char');
  return {
    tokens,
    literal: plain ? tokens.map((t) => t.char).join('') : undefined,
    hasGroups: extended && tokens.some(({ kind }) => kind === 'group'),
  };
}

function parseTokens(text: string, extended: boolean): Token[] {
  const tokens: Token[] = [];
  const chars = text.split('');
  for (let i = 0; i < chars.length;) {
    const char = chars[i] as string;
    const piece = parsePiece(chars, i, extended);
    if (piece !== undefined) {
      tokens.push(piece.token);
      i = piece.end;
      continue;
    }
    if (char === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (char === '?') tokens.push({ kind: 'any' });
    else if (char === '\\' && i + 1 < chars.length)
      tokens.push({ kind: 'char', char: chars[++i] as string });
    else tokens.push({ kind: 'char', char });
    i++;
  }
  return tokens;
}

/** Parses the set or the group that begins at `at`; undefined if neither does. */
function parsePiece(chars: readonly string[], at: number, extended: boolean): Piece | undefined {
  const char = chars[at] as string;
  if (char === '[') return parseSet(chars, at);
  return extended && chars[at + 1] === '(' && isOperator(char) ? parseGroup(chars, at) : undefined;
}

interface Piece {
  readonly token: Token;
  readonly end: number;
}

const isOperator = (char: string): char is GroupToken['operator'] => '?*+@!'.includes(char);

/** Parses the group whose operator is at `at`; undefined if no parenthesis closes it, which makes it ordinary text. */
function parseGroup(chars: readonly string[], at: number): Piece | undefined {
  const alternatives: string[] = [];
  let depth = 0;
  let start = at + 2;
  for (let i = start; i < chars.length; i++) {
    const char = chars[i];
    const set = char === '[' ? parseSet(chars, i) : undefined;
    if (set !== undefined) i = set.end - 1;
    else if (char === '\\') i++;
    else if (char === '(') depth++;
    else if (char === ')' && depth > 0) depth--;
    else if (depth === 0 && (char === '|' || char === ')')) {
      alternatives.push(chars.slice(start, i).join(''));
      start = i + 1;
      if (char === '|') continue;
      const operator = chars[at] as GroupToken['operator'];
      const parsed = alternatives.map((one) => parseTokens(one, true));
      return { token: { kind: 'group', operator, alternatives: parsed }, end: i + 1 };
    }
  }
  return undefined;
}

function parseSet(chars: readonly string[], open: number): Piece | undefined {
  let i = open + 1;
  const negated = chars[i] === '!' || chars[i] === '^';
  if (negated) i++;
  const matches: SetItem[] = [];
  for (let first = true; ; first = false) {
    const char = chars[i];
    if (char === undefined) return undefined;
    if (char === ']' && !first) break;
    const named = char === '[' ? parseClass(chars, i) : undefined;
    if (named !== undefined) {
      matches.push(named.item);
      i = named.end;
      continue;
    }
    const from = setChar(chars, i);
    i = from.end;
    if (chars[i] === '-' && chars[i + 1] !== undefined && chars[i + 1] !== ']') {
      const to = setChar(chars, i + 1);
      matches.push({ from: from.char, to: to.char });
      i = to.end;
    } else matches.push({ from: from.char, to: from.char });
  }
  return { token: { kind: 'set', negated, matches }, end: i + 1 };
}

/** Reads one character of a set: `a`, `\\a` or `[.a.]`. */
function setChar(chars: readonly string[], at: number): { char: string; end: number } {
  if (chars[at] === '[' && chars[at + 1] === '.' && chars[at + 3] === '.' && chars[at + 4] === ']')
    return { char: chars[at + 2] as string, end: at + 5 };
  const escaped = chars[at] === '\\' && chars[at + 1] !== undefined;
  const i = escaped ? at + 1 : at;
  return { char: chars[i] as string, end: i + 1 };
}

/** Parses `[:alpha:]` and `[=a=]` inside a set. A class of another name has no characters. */
function parseClass(
  chars: readonly string[],
  at: number,
): { item: SetItem; end: number } | undefined {
  const match = /^\[(?:=([^])=\]|:([a-z]+):\])/.exec(chars.slice(at, at + 12).join(''));
  if (match === null) return undefined;
  const [all, char, name = ''] = match;
  const end = at + all.length;
  if (char !== undefined) return { item: { from: char, to: char }, end };
  return { item: classOf(name) ?? NOTHING, end };
}

const NOTHING: SetItem = () => false;

/** The class `[:word:]`, which only bash has. */
const WORD = /^\w$/;

function classOf(name: string): SetItem | undefined {
  if (name === 'word') return (char) => WORD.test(char);
  const set = classSet(name, true);
  if (set === undefined) return undefined;
  const source = emitSet(set, { dialect: 'javascript', chars: true, multiline: false });
  const regex = new RegExp(`^${source}$`, 'u');
  return (char) => regex.test(char);
}

export function matchesPattern(pattern: Pattern, text: string): boolean {
  if (pattern.literal !== undefined) return pattern.literal === text;
  return prefixLength(pattern, text, { longest: true, whole: true }) >= 0;
}

export interface PrefixOptions {
  readonly longest: boolean;
  /** The pattern must match the whole text. */
  readonly whole?: boolean;
  readonly from?: number;
}

/** Returns the length, in UTF-16 units, of the prefix of `text` (after `from`) that matches; -1 if none does. */
export function prefixLength(pattern: Pattern, text: string, options: PrefixOptions): number {
  if (pattern.hasGroups) return extendedPrefixLength(pattern.tokens, text, options);
  const { longest, whole = false, from = 0 } = options;
  const { tokens } = pattern;
  let states = new Uint8Array(tokens.length + 1);
  let next = new Uint8Array(tokens.length + 1);
  enter(tokens, states, 0);
  let best = -1;
  for (let i = from; ; i++) {
    if (states[tokens.length] === 1 && (!whole || i === text.length)) {
      best = i - from;
      if (!longest) return best;
    }
    if (i >= text.length || !advance(tokens, text.charAt(i), states, next)) return best;
    [states, next] = [next, states];
  }
}

/** Fills `next` with the states that `char` leads to from `states`; false if there are none. */
function advance(
  tokens: readonly Token[],
  char: string,
  states: Uint8Array,
  next: Uint8Array,
): boolean {
  next.fill(0);
  let alive = false;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (states[at] !== 1 || !accepts(token, char)) continue;
    enter(tokens, next, token.kind === 'star' ? at : at + 1);
    alive = true;
  }
  return alive;
}

function enter(tokens: readonly Token[], states: Uint8Array, at: number): void {
  states[at] = 1;
  if (tokens[at]?.kind === 'star') states[at + 1] = 1;
}

/** Returns the length of the suffix that matches; -1 if none does. */
export function suffixLength(pattern: Pattern, text: string, longest: boolean): number {
  if (pattern.hasGroups) return extendedSuffixLength(pattern.tokens, text, longest);
  const tokens = pattern.tokens.toReversed();
  const reversed: Pattern = { tokens, literal: undefined, hasGroups: false };
  return prefixLength(reversed, text.split('').toReversed().join(''), { longest });
}

/** Escapes a text, so that as a pattern it matches only itself. */
export const escapePattern = (text: string): string =>
  /[*?[\]\\!^@+()|-]/.test(text) ? text.replace(/[*?[\]\\!^@+()|-]/g, '\\$&') : text;

/** Whether the pattern matches the whole text. In a UTF-8 locale the caller must decode both strings first. */
export const matchGlob = (pattern: string, text: string): boolean =>
  matchesPattern(compilePattern(pattern), text);
