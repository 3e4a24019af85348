// perl-class.ts — Translates Perl's `\d`, `[…]` and similar classes to JavaScript expressions over binary strings.
import { classRanges } from './bracket.ts';
import { RegexError } from './node.ts';

/** A character of several bytes. */
const MULTIBYTE =
  '[\\xc2-\\xdf][\\x80-\\xbf]|[\\xe0-\\xef][\\x80-\\xbf]{2}|[\\xf0-\\xf4][\\x80-\\xbf]{3}';

/** The expression uses a feature of PCRE that is not supported here. */
export class PerlRefusal extends Error {
  override readonly name = 'PerlRefusal';
}

export interface CharSet {
  /** Whether each byte belongs to the set; in UTF-8 this holds the bytes below 128. */
  readonly has: boolean[];
  /** In UTF-8, whether all multibyte characters belong to the set. */
  others: boolean;
}

export interface SetOptions {
  readonly utf8: boolean;
  readonly ignoreCase: boolean;
}

const emptySet = (): CharSet => ({ has: Array.from({ length: 256 }, () => false), others: false });

function addRange({ has }: CharSet, from: number, to: number): void {
  for (let code = from; code <= to; code++) has[code] = true;
}

const CLASS_ESCAPES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  d: classRanges('digit') ?? [],
  w: [...(classRanges('alnum') ?? []), [95, 95]],
  s: classRanges('space') ?? [],
  h: [
    [9, 9],
    [32, 32],
    [160, 160],
  ],
  v: [
    [10, 13],
    [133, 133],
  ],
};

/** `\d \D \w \W \s \S \h \H \v \V`, `\N` and `.` by their letter; undefined for others. */
export function namedSet(letter: string, { utf8 }: SetOptions): CharSet | undefined {
  const set = emptySet();
  if (letter === 'N' || letter === '.') {
    addRange(set, 10, 10);
    return complement(set);
  }
  const ranges = CLASS_ESCAPES[letter.toLowerCase()];
  if (ranges === undefined) return undefined;
  // These classes have multibyte members, and PCRE itself is not consistent about some of them.
  if (utf8 && /[A-Zhv]/.test(letter)) throw new PerlRefusal(`\\${letter}`);
  for (const [from, to] of ranges) addRange(set, from, to);
  return letter === letter.toLowerCase() ? set : complement(set);
}

function complement(set: CharSet): CharSet {
  return { has: set.has.map((member) => !member), others: !set.others };
}

function merge(into: CharSet, from: CharSet): void {
  for (const [code, member] of from.has.entries()) if (member) into.has[code] = true;
  if (from.others) into.others = true;
}

const isLetter = (code: number): boolean => /[A-Za-z]/.test(String.fromCharCode(code));

function inBothCases(set: CharSet): CharSet {
  const has = [...set.has];
  for (const [code, member] of set.has.entries()) {
    if (member && isLetter(code)) has[code ^ 0x20] = true;
  }
  return { has, others: set.others };
}

const hex = (code: number): string => `\\x${code.toString(16).padStart(2, '0')}`;

/** Returns the source of an expression that matches one character of the set. */
export function emitSet(set: CharSet, { utf8, ignoreCase }: SetOptions): string {
  const { has } = ignoreCase ? inBothCases(set) : set;
  let inside = '';
  const limit = utf8 ? 128 : 256;
  for (let from = 0; from < limit; from++) {
    if (has[from] !== true) continue;
    let to = from;
    while (to + 1 < limit && has[to + 1] === true) to++;
    inside += from === to ? hex(from) : `${hex(from)}-${hex(to)}`;
    from = to;
  }
  return utf8 && set.others ? `(?:[${inside}]|${MULTIBYTE})` : `[${inside}]`;
}

/** Returns an expression for one character, or for both its cases with `ignoreCase`. */
export function emitChar(code: number, options: SetOptions): string {
  if (code > 0xff || (options.utf8 && code > 0x7f)) throw new PerlRefusal(`character ${code}`);
  return options.ignoreCase && isLetter(code) ? `[${hex(code)}${hex(code ^ 0x20)}]` : hex(code);
}

const SIMPLE: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** Decodes the escape after the backslash: `n`, `x41`, `x{41}`, `o{101}`, `cA`, `012`, or a punctuation character. */
export function codeEscape(source: string, at: number): { code: number; end: number } | undefined {
  const rest = source.slice(at);
  const simple = SIMPLE[rest.charAt(0)];
  if (simple !== undefined) return { code: simple, end: at + 1 };
  const number = /^(?:x\{([\da-fA-F]+)\}|x([\da-fA-F]{0,2})|o\{([0-7]+)\}|(0[0-7]{0,2}))/.exec(
    rest,
  );
  if (number !== null) {
    const [all, long, short, octal, zero = '0'] = number;
    const digits = long ?? short;
    const code =
      digits === undefined ? Number.parseInt(octal ?? zero, 8) : Number(`0x${digits || '0'}`);
    return { code, end: at + all.length };
  }
  if (/^c[!-~]/.test(rest)) {
    return { code: rest.charAt(1).toUpperCase().charCodeAt(0) ^ 0x40, end: at + 2 };
  }
  return /^[A-Za-z0-9]/.test(rest) ? undefined : { code: rest.charCodeAt(0), end: at + 1 };
}

/** Parses a bracket class; `at` is the index after the `[`. */
export function parseClass(
  source: string,
  at: number,
  options: SetOptions,
): { set: CharSet; end: number } {
  const set = emptySet();
  const negated = source.charAt(at) === '^';
  let i = negated ? at + 1 : at;
  for (let first = true; first || source.charAt(i) !== ']'; first = false) {
    if (i >= source.length) throw new RegexError('missing terminating ] for character class');
    const from = element(source, i, options);
    i = from.end;
    if (typeof from.what !== 'number') {
      merge(set, from.what);
      continue;
    }
    const to = rangeEnd(source, i, from.what, options);
    i = to.end;
    addRange(set, from.what, to.code);
  }
  if (!negated) return { set, end: i + 1 };
  // If case is ignored, `[^a]` holds neither `a` nor `A`.
  return { set: complement(options.ignoreCase ? inBothCases(set) : set), end: i + 1 };
}

/** The last character of the range that `from` begins, which is `from` itself if no `-` follows at index `i`. */
function rangeEnd(
  source: string,
  i: number,
  from: number,
  options: SetOptions,
): { code: number; end: number } {
  const last = /^-[^\]]/.test(source.slice(i)) ? element(source, i + 1, options) : undefined;
  const { what: code, end } = last ?? { what: from, end: i };
  if (typeof code !== 'number') throw new RegexError('invalid range in character class');
  if (code < from) throw new RegexError('range out of order in character class');
  if (code > 0xff || (options.utf8 && code > 0x7f))
    throw new PerlRefusal('a character class with UTF-8');
  return { code, end };
}

function posixSet([, not, name = '']: RegExpExecArray): CharSet {
  const ranges = name === 'word' ? CLASS_ESCAPES['w'] : classRanges(name);
  if (ranges === undefined) throw new RegexError('unknown POSIX class name');
  const set = emptySet();
  for (const [from, to] of ranges) addRange(set, from, to);
  return not === '^' ? complement(set) : set;
}

function element(
  source: string,
  i: number,
  options: SetOptions,
): { what: number | CharSet; end: number } {
  const posix = /^\[:(\^?)([^:\]]*):\]/.exec(source.slice(i));
  if (posix !== null) return { what: posixSet(posix), end: i + posix[0].length };
  if (/^\[[.=]/.test(source.slice(i))) throw new PerlRefusal(source.slice(i, i + 2));
  if (source.charAt(i) !== '\\') return { what: source.charCodeAt(i), end: i + 1 };
  const letter = source.charAt(i + 1);
  if (letter === 'b') return { what: 8, end: i + 2 };
  const named = letter === 'N' ? undefined : namedSet(letter, options);
  if (named !== undefined) return { what: named, end: i + 2 };
  const coded = codeEscape(source, i + 1);
  if (coded === undefined) throw new PerlRefusal(`[\\${letter}]`);
  return { what: coded.code, end: coded.end };
}
