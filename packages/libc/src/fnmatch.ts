// fnmatch.ts — Patterns of bash, find and grep: `*`, `?`, `[…]` and backslash. The matcher follows all paths through
// the pattern at once. Mirrors fnmatch(3): `*` matches slashes and leading dots too; globbing looks at one name at a time.
//
// It does not use regular expressions, because a pattern with many stars must not take exponential time, and because
// one walk finds both the shortest and the longest prefix.

import { classSet } from './regex/bracket.ts';
import { emitSet } from './regex/emit.ts';

type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' | 'star' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly matches: readonly SetItem[] };

type SetItem = { readonly from: string; readonly to: string } | ((char: string) => boolean);

export interface Pattern {
  readonly tokens: readonly Token[];
  /** The only text that the pattern matches; undefined if it has special characters. */
  readonly literal: string | undefined;
}

const CACHE_SIZE = 512;
const cache = new Map<string, Pattern>();

/** Compiles a pattern. A backslash in `text` makes the next character ordinary. */
export function compilePattern(text: string): Pattern {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const pattern = parsePattern(text);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(text, pattern);
  return pattern;
}

function parsePattern(text: string): Pattern {
  const tokens: Token[] = [];
  const chars = text.split('');
  for (let i = 0; i < chars.length;) {
    const char = chars[i] as string;
    const set = char === '[' ? parseSet(chars, i) : undefined;
    if (set !== undefined) {
      tokens.push(set.token);
      i = set.end;
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
  const plain = tokens.every((token) => token.kind === 'char');
  return { tokens, literal: plain ? tokens.map((t) => t.char).join('') : undefined };
}

function parseSet(
  chars: readonly string[],
  open: number,
): { token: Token; end: number } | undefined {
  let i = open + 1;
  const negated = chars[i] === '!' || chars[i] === '^';
  if (negated) i++;
  const matches: SetItem[] = [];
  for (let first = true; ; first = false) {
    const char = chars[i];
    if (char === undefined) return undefined;
    if (char === ']' && !first) break;
    const named = char === '[' ? parseNamed(chars, i) : undefined;
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

function setChar(chars: readonly string[], at: number): { char: string; end: number } {
  const escaped = chars[at] === '\\' && chars[at + 1] !== undefined;
  const i = escaped ? at + 1 : at;
  return { char: chars[i] as string, end: i + 1 };
}

/** Parses `[:alpha:]`, `[=a=]` and `[.a.]` inside a set; unknown names are ordinary characters. */
function parseNamed(
  chars: readonly string[],
  at: number,
): { item: SetItem; end: number } | undefined {
  const match = /^\[(?:([=.])([^])\1\]|:([a-z]+):\])/.exec(chars.slice(at, at + 12).join(''));
  if (match === null) return undefined;
  const [all, , char, name = ''] = match;
  const end = at + all.length;
  if (char !== undefined) return { item: { from: char, to: char }, end };
  const item = classOf(name);
  return item === undefined ? undefined : { item, end };
}

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

function accepts(token: Token, char: string): boolean {
  switch (token.kind) {
    case 'char':
      return token.char === char;
    case 'any':
    case 'star':
      return true;
    case 'set': {
      const found = token.matches.some((item) =>
        typeof item === 'function' ? item(char) : char >= item.from && char <= item.to,
      );
      return found !== token.negated;
    }
  }
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
  const reversed: Pattern = { tokens: pattern.tokens.toReversed(), literal: undefined };
  return prefixLength(reversed, text.split('').toReversed().join(''), { longest });
}

/** Escapes a text, so that as a pattern it matches only itself. */
export const escapePattern = (text: string): string =>
  /[*?[\]\\!^-]/.test(text) ? text.replace(/[*?[\]\\!^-]/g, '\\$&') : text;

/** Whether the pattern matches the whole text. In a UTF-8 locale the caller must decode both strings first. */
export const matchGlob = (pattern: string, text: string): boolean =>
  matchesPattern(compilePattern(pattern), text);
