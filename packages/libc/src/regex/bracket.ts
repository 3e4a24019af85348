// bracket.ts — Bracket expressions: `[a-z]`, `[^]x]`, `[[:alpha:]_]`, `[[.-.]]`.
import type { BracketSet } from './node.ts';
import { RegexError } from './node.ts';

type Ranges = readonly (readonly [number, number])[];

const CLASSES: Readonly<Record<string, Ranges>> = {
  alpha: [
    [65, 90],
    [97, 122],
  ],
  digit: [[48, 57]],
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  upper: [[65, 90]],
  lower: [[97, 122]],
  space: [
    [9, 13],
    [32, 32],
  ],
  blank: [
    [9, 9],
    [32, 32],
  ],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  print: [[32, 126]],
  graph: [[33, 126]],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
};

/** The Unicode categories of each class, for characters beyond ASCII. A page loads the tables of no others. */
export const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  alpha: ['L', 'Nl'],
  alnum: ['L', 'Nl', 'Nd'],
  upper: ['Lu'],
  lower: ['Ll'],
  punct: ['P', 'S', 'M'],
  print: ['L', 'N', 'P', 'S', 'M', 'Zs'],
  graph: ['L', 'N', 'P', 'S', 'M'],
};

/** The ASCII members of `[:name:]`; undefined if there is no such class. */
export const classRanges = (name: string): Ranges | undefined =>
  Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;

/** The members of `[:name:]` as a set; undefined when there is no such class. */
export function classSet(name: string, chars: boolean): BracketSet | undefined {
  const ranges = classRanges(name);
  if (ranges === undefined) return undefined;
  return { negated: false, ranges, categories: chars ? (CATEGORIES[name] ?? []) : [] };
}

const WORD_RANGES: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];

/** `\w`, `\W`, `\s` and `\S`. */
export function letterSet(letter: string, chars: boolean): BracketSet {
  const word = letter === 'w' || letter === 'W';
  return {
    negated: letter === 'W' || letter === 'S',
    ranges: word ? WORD_RANGES : (CLASSES['space'] ?? []),
    categories: word && chars ? (CATEGORIES['alnum'] ?? []) : [],
  };
}

export interface BracketOptions {
  /** In awk, a backslash quotes inside brackets too. */
  readonly awk: boolean;
  /** sed: `\n`, `\t` and the like stand for characters, other backslashes for themselves. */
  readonly sed: boolean;
  /** Characters are code points, not bytes. */
  readonly chars: boolean;
}

/** Parses a set; `at` is the index after the `[`, and `end` the one after the `]`. */
export function parseBracket(
  source: string,
  at: number,
  options: BracketOptions,
): { set: BracketSet; end: number } {
  let i = at;
  if (at >= source.length) throw new RegexError('Invalid regular expression');
  const negated = source.charAt(i) === '^';
  if (negated) i++;
  const ranges: (readonly [number, number])[] = [];
  const categories: string[] = [];
  for (let first = true; ; first = false) {
    if (i >= source.length) throw new RegexError('Unmatched [, [^, [:, [., or [=');
    if (source.charAt(i) === ']' && !first) break;
    const named = /^\[:(.*?):\]/.exec(source.slice(i, i + 40));
    if (named !== null) {
      const found = classSet(named[1] ?? '', options.chars);
      if (found === undefined) throw new RegexError('Invalid character class name');
      ranges.push(...found.ranges);
      categories.push(...found.categories);
      i += named[0].length;
      continue;
    }
    const { range, end } = rangeAt(source, i, options);
    ranges.push(range);
    i = end;
  }
  return { set: { negated, ranges, categories }, end: i + 1 };
}

/** `a` or `a-z`. */
function rangeAt(
  source: string,
  at: number,
  options: BracketOptions,
): { range: readonly [number, number]; end: number } {
  const from = element(source, at, options);
  const i = from.end;
  if (source.charAt(i) !== '-' || i + 1 >= source.length || source.charAt(i + 1) === ']') {
    return { range: [from.code, from.code], end: i };
  }
  const to = element(source, i + 1, options);
  // In C.UTF-8, glibc defines no order for characters beyond ASCII.
  if (options.chars && Math.max(from.code, to.code) > 0x7f) {
    throw new RegexError('Invalid collation character');
  }
  if (to.code < from.code) throw new RegexError('Invalid range end');
  return { range: [from.code, to.code], end: to.end };
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** `n`, `t`, `x41`, `o101`, `d065` behind a backslash at `i`: the character; undefined when it is none of these. */
export function charEscape(source: string, i: number): { char: string; end: number } | undefined {
  const simple = SIMPLE[source.charAt(i)];
  if (simple !== undefined) return { char: simple, end: i + 1 };
  const number = /^(?:x([\da-fA-F]{1,2})|o([0-7]{1,3})|d(\d{1,3}))/.exec(source.slice(i, i + 4));
  if (number === null) return undefined;
  const [all, hex, octal, decimal = ''] = number;
  const code =
    hex !== undefined
      ? Number.parseInt(hex, 16)
      : octal !== undefined
        ? Number.parseInt(octal, 8)
        : Number(decimal);
  return { char: String.fromCharCode(code & 0xff), end: i + all.length };
}

interface Element {
  readonly code: number;
  readonly end: number;
}

function element(source: string, i: number, { awk, sed }: BracketOptions): Element {
  const backslash = source.charAt(i) === '\\';
  if ((awk || sed) && backslash) {
    const coded = charEscape(source, i + 1);
    if (coded !== undefined) return { code: coded.char.charCodeAt(0), end: coded.end };
  }
  const collating = /^\[([.=])(.+?)\1\]/su.exec(source.slice(i, i + 40));
  if (collating !== null) {
    const char = collating[2] ?? '';
    const { code, end } = codeAt(char, 0);
    if (end !== char.length) throw new RegexError('Invalid collation character');
    return { code, end: i + collating[0].length };
  }
  if (awk && backslash && i + 1 < source.length) return codeAt(source, i + 1);
  return codeAt(source, i);
}

/** The character at `i`. In a binary string this is always one byte, since it has no surrogates. */
export function codeAt(source: string, i: number): Element {
  const code = source.codePointAt(i) ?? 0;
  return { code, end: i + (code > 0xffff ? 2 : 1) };
}
