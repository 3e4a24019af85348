// bracket.ts — Bracket expressions: `[a-z]`, `[^]x]`, `[[:alpha:]_]`, `[[.-.]]`.
import type { BracketSet } from './node.ts';
import { RegexError } from './node.ts';

const CLASSES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
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

export const classRanges = (name: string): readonly (readonly [number, number])[] | undefined =>
  Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;

export interface BracketOptions {
  /** awk: a backslash quotes inside brackets too. */
  readonly backslash: boolean;
  /** sed: `\n`, `\t` and the like stand for characters, other backslashes for themselves. */
  readonly sed: boolean;
}

/** `at` is behind the `[`; returns where the expression ended. */
export function parseBracket(
  source: string,
  at: number,
  { backslash, sed }: BracketOptions,
): { set: BracketSet; end: number } {
  let i = at;
  if (at >= source.length) throw new RegexError('Invalid regular expression');
  const negated = source.charAt(i) === '^';
  if (negated) i++;
  const ranges: (readonly [number, number])[] = [];
  for (let first = true; ; first = false) {
    if (i >= source.length) throw new RegexError('Unmatched [, [^, [:, [., or [=');
    if (source.charAt(i) === ']' && !first) break;
    const named = /^\[:(.*?):\]/.exec(source.slice(i));
    if (named !== null) {
      const found = classRanges(named[1] ?? '');
      if (found === undefined) throw new RegexError('Invalid character class name');
      ranges.push(...found);
      i += named[0].length;
      continue;
    }
    const from = element(source, i, { backslash, sed });
    i = from.end;
    if (source.charAt(i) === '-' && i + 1 < source.length && source.charAt(i + 1) !== ']') {
      const to = element(source, i + 1, { backslash, sed });
      i = to.end;
      if (to.code < from.code) throw new RegexError('Invalid range end');
      ranges.push([from.code, to.code]);
    } else ranges.push([from.code, from.code]);
  }
  return { set: { negated, ranges }, end: i + 1 };
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

function element(
  source: string,
  i: number,
  { backslash, sed }: BracketOptions,
): { code: number; end: number } {
  if ((backslash || sed) && source.charAt(i) === '\\') {
    const coded = charEscape(source, i + 1);
    if (coded !== undefined) return { code: coded.char.charCodeAt(0), end: coded.end };
  }
  const collating = /^\[([.=])(.+?)\1\]/s.exec(source.slice(i));
  if (collating !== null) {
    const char = collating[2] ?? '';
    if (char.length !== 1) throw new RegexError('Invalid collation character');
    return { code: char.charCodeAt(0), end: i + collating[0].length };
  }
  if (backslash && source.charAt(i) === '\\' && i + 1 < source.length) {
    return { code: source.charCodeAt(i + 1), end: i + 2 };
  }
  return { code: source.charCodeAt(i), end: i + 1 };
}
