// perl.ts — Translates Perl's expressions (grep -P) to JavaScript's, which differ little.
//
//   the same        . [] | * + ? {n,m} lazy  (?:) (?=) (?!) (?<=) (?<!)
//   made of others  (?>…) and a*+ a lookahead and a reference to it; (?i) each letter in both cases; \K an empty group
//   refused         recursion, conditions, verbs, (?x), (?|…), \p{…}, \R, \X, \G; references to what may be unset
import { RegexError } from './node.ts';
import { emitChar, emitSet, namedSet, parseClass, codeEscape, PerlRefusal } from './perl-class.ts';

export interface PerlOptions {
  readonly ignoreCase: boolean;
  readonly utf8: boolean;
}

/** The name of the empty group that replaces `\K` and marks the start of the match. */
export const KEEP = 'keep';

interface Piece {
  readonly source: string;
  /** The length in characters; undefined if it varies. */
  readonly length: number | undefined;
  /** Anchors can't be repeated. */
  readonly repeatable: boolean;
}

interface Parser {
  readonly source: string;
  readonly utf8: boolean;
  at: number;
  ignoreCase: boolean;
  depth: number;
  /** How many groups were opened. The pattern numbers them from 1; here they are named g1, g2, … */
  groups: number;
  /** How many atomic groups there are. */
  atoms: number;
  readonly names: Map<string, number>;
  readonly closed: Set<number>;
  /** Groups that may take no part in a match. A reference to such a group fails in PCRE, but not in JavaScript. */
  readonly unsure: Set<number>;
  readonly pending: number[];
  keeps: boolean;
}

/** Returns JavaScript's source. Throws RegexError with PCRE's message, or PerlRefusal. */
export function translatePerl(source: string, { ignoreCase, utf8 }: PerlOptions): string {
  const p: Parser = {
    source: unquoted(source),
    utf8,
    at: 0,
    ignoreCase,
    depth: 0,
    groups: 0,
    atoms: 0,
    names: new Map(),
    closed: new Set(),
    unsure: new Set(),
    pending: [],
    keeps: false,
  };
  const branches = alternation(p);
  if (p.at < p.source.length) throw new RegexError('unmatched closing parenthesis');
  const missing = p.pending.find((n) => n > p.groups);
  if (missing !== undefined) throw new RegexError('reference to non-existent subpattern');
  if (p.pending.length > 0) throw new PerlRefusal('a reference to a group that may be unset');
  return joined(branches);
}

/** Replaces `\Q…\E` by its text with backslashes. */
function unquoted(source: string): string {
  return source.replace(/\\Q([^]*?)(?:\\E|$)|\\E|\\[^]/g, (all, literal: string | undefined) => {
    if (literal !== undefined) return literal.replace(/[^A-Za-z0-9]/g, (c) => `\\${c}`);
    return all === '\\E' ? '' : all;
  });
}

const joined = (branches: readonly Piece[]): string => branches.map((b) => b.source).join('|');

function alternation(p: Parser): Piece[] {
  const first = p.groups;
  const { ignoreCase } = p;
  const branches = [sequence(p)];
  while (p.source.charAt(p.at) === '|') {
    p.at++;
    markUnsure(p, first);
    branches.push(sequence(p));
  }
  if (branches.length > 1) markUnsure(p, first);
  p.ignoreCase = ignoreCase;
  return branches;
}

function markUnsure(p: Parser, after: number): void {
  for (let n = after + 1; n <= p.groups; n++) p.unsure.add(n);
}

function sequence(p: Parser): Piece {
  let source = '';
  let length: number | undefined = 0;
  while (p.at < p.source.length && !/[|)]/.test(p.source.charAt(p.at))) {
    const first = p.groups;
    const piece = repeated(p, atom(p), first);
    source += piece.source;
    length = length === undefined || piece.length === undefined ? undefined : length + piece.length;
  }
  return { source, length, repeatable: true };
}

const QUANTIFIER = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})([?+]?)/;

const atQuantifier = (p: Parser): boolean => QUANTIFIER.test(p.source.slice(p.at));

const NOTHING_TO_REPEAT = 'quantifier does not follow a repeatable item';

function repeated(p: Parser, piece: Piece, firstGroup: number): Piece {
  const match = QUANTIFIER.exec(p.source.slice(p.at));
  if (match === null) return piece;
  if (!piece.repeatable) throw new RegexError(NOTHING_TO_REPEAT);
  const [all] = match;
  const mode = match[5] ?? '';
  const [min, max] = boundsOf(match);
  p.at += all.length;
  if (atQuantifier(p)) throw new RegexError(NOTHING_TO_REPEAT);
  if (min === 0) markUnsure(p, firstGroup);
  const bare = all.slice(0, all.length - mode.length);
  const source = `(?:${piece.source})${bare}${mode === '?' ? '?' : ''}`;
  const length = min === max && piece.length !== undefined ? piece.length * min : undefined;
  return { source: mode === '+' ? atomic(p, source) : source, length, repeatable: true };
}

type Bounds = readonly [min: number, max: number];

const SIGN_BOUNDS: Readonly<Record<string, Bounds>> = {
  '*': [0, Infinity],
  '+': [1, Infinity],
  '?': [0, 1],
};

/** How often the piece before a quantifier may stand. */
function boundsOf([, sign = '', least, comma, most]: RegExpExecArray): Bounds {
  const signed = SIGN_BOUNDS[sign];
  if (signed !== undefined) return signed;
  const min = Number(least);
  const limit = comma === undefined ? min : Number(most);
  const max = most === '' ? Infinity : limit;
  if (max < min) throw new RegexError('numbers out of order in {} quantifier');
  if (Math.max(min, limit) > 65535) throw new RegexError('number too big in {} quantifier');
  return [min, max];
}

/** Matches `source` in a lookahead, which never backtracks, and then consumes its text by a reference. */
function atomic(p: Parser, source: string): string {
  const name = `a${++p.atoms}`;
  return `(?=(?<${name}>${source}))\\k<${name}>`;
}

const one = (source: string): Piece => ({ source, length: 1, repeatable: true });
const anchor = (source: string): Piece => ({ source, length: 0, repeatable: false });

function atom(p: Parser): Piece {
  const c = p.source.charAt(p.at);
  const rest = p.source.slice(p.at);
  if (atQuantifier(p)) throw new RegexError(NOTHING_TO_REPEAT);
  p.at++;
  switch (c) {
    case '^':
    case '$':
      return anchor(c);
    case '.':
      return setOf(p, '.');
    case '(':
      return group(p);
    case '\\':
      return escape(p);
    case '[': {
      if (/^\[([:.=])[^\]]*\1\]/.test(rest))
        throw new RegexError('POSIX named classes are supported only within a class');
      const { set, end } = parseClass(p.source, p.at, p);
      p.at = end;
      return one(emitSet(set, p));
    }
    default:
      return literal(p, rest);
  }
}

/** Parses one literal character; in UTF-8 this takes all its bytes. */
function literal(p: Parser, rest: string): Piece {
  const bytes = p.utf8 ? (/^[\xc2-\xf4][\x80-\xbf]{1,3}/.exec(rest)?.[0] ?? '') : '';
  if (bytes === '') return one(emitChar(rest.charCodeAt(0), p));
  if (p.ignoreCase) throw new PerlRefusal('a character of several bytes without regard to case');
  p.at += bytes.length - 1;
  return one(
    Array.from(bytes, (byte) => emitChar(byte.charCodeAt(0), { ...p, utf8: false })).join(''),
  );
}

function setOf(p: Parser, letter: string): Piece {
  const set = namedSet(letter, p);
  if (set === undefined) throw new PerlRefusal(`\\${letter}`);
  return one(emitSet(set, p));
}

const ANCHORS: Readonly<Record<string, string>> = { b: '\\b', B: '\\B', A: '^', z: '$', Z: '$' };

function escape(p: Parser): Piece {
  const rest = p.source.slice(p.at);
  const c = rest.charAt(0);
  if (c === '') throw new RegexError('\\ at end of pattern');
  const asserted = ANCHORS[c];
  if (asserted !== undefined) {
    p.at++;
    if (atQuantifier(p)) throw new PerlRefusal(`\\${c} repeated`);
    return anchor(asserted);
  }
  if (c === 'K') return startOfMatch(p);
  const reference = REFERENCE.exec(rest);
  if (reference !== null) return referenceTo(p, reference);
  if (/^[dDwWsShHvVN]/.test(rest) && !rest.startsWith('N{')) {
    p.at++;
    return setOf(p, c);
  }
  return character(p, rest);
}

/** `\K`: what was matched before it is not part of the match. */
function startOfMatch(p: Parser): Piece {
  if (p.keeps || p.depth > 0) throw new PerlRefusal('\\K more than once or in a group');
  p.at++;
  p.keeps = true;
  return anchor(`(?<${KEEP}>)`);
}

/** `\101`, `\x41`, `\n`, `\.`: an escape for one character. */
function character(p: Parser, rest: string): Piece {
  const octal = /^[0-3]?[0-7]{2}/.exec(rest)?.[0];
  if (octal !== undefined && !octal.startsWith('0')) {
    p.at += octal.length;
    return one(emitChar(Number.parseInt(octal, 8), p));
  }
  const coded = codeEscape(p.source, p.at);
  if (coded === undefined) {
    const c = rest.charAt(0);
    if ('FIJMOTYijmqy'.includes(c)) throw new RegexError('unrecognized character follows \\');
    throw new PerlRefusal(`\\${c}`);
  }
  p.at = coded.end;
  return one(emitChar(coded.code, p));
}

/** `\1`, `\g1`, `\g{-1}`, `\g{name}`, `\k<name>`, `\k'name'`, `\k{name}`. */
const REFERENCE = /^(?:([1-9])(?!\d)|g(-?\d+)|g\{(-?\d+|\w+)\}|k<(\w+)>|k'(\w+)'|k\{(\w+)\})/;

function referenceTo(p: Parser, match: RegExpExecArray): Piece {
  p.at += match[0].length;
  const said = match.slice(1).find((part: string | undefined) => part !== undefined);
  return reference(p, said ?? '');
}

function reference(p: Parser, word: string): Piece {
  const number = /^-?\d+$/.test(word) ? Number(word) : p.names.get(word);
  if (number === undefined) throw new RegexError('reference to non-existent subpattern');
  const n = number < 0 ? p.groups + 1 + number : number;
  if (n < 1) throw new RegexError('reference to non-existent subpattern');
  if (p.ignoreCase) throw new PerlRefusal('a reference without regard to case');
  if (!p.closed.has(n) || p.unsure.has(n)) p.pending.push(n);
  return { source: `\\k<g${n}>`, length: undefined, repeatable: true };
}

/** Parses a group, after its `(`. */
function group(p: Parser): Piece {
  const rest = p.source.slice(p.at);
  if (rest.startsWith('*')) throw new PerlRefusal('(*');
  if (!rest.startsWith('?')) return capture(p, undefined);
  const comment = /^\?#[^)]*\)/.exec(rest)?.[0];
  if (comment !== undefined) {
    p.at += comment.length;
    return { source: '', length: 0, repeatable: false };
  }
  const named = /^\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
  if (named !== null) {
    p.at += named[0].length;
    return capture(p, named[1] ?? named[2]);
  }
  const flags = /^\?([imsxnUJ]*)(?:-([imsxnUJ]*))?([:)])/.exec(rest);
  if (flags !== null) return flagged(p, flags);
  return otherGroup(p, rest);
}

function otherGroup(p: Parser, rest: string): Piece {
  const again = /^\?P=(\w+)\)/.exec(rest);
  if (again !== null) {
    p.at += again[0].length;
    return reference(p, again[1] ?? '');
  }
  const kind = /^\?(?:<?[=!]|>)/.exec(rest)?.[0];
  if (kind !== undefined) {
    p.at += kind.length;
    return assertion(p, kind);
  }
  if (/^\?(?:[R&(|C\d+]|-\d|P>)/.test(rest)) throw new PerlRefusal(`(${rest.slice(0, 2)}`);
  if (/^\?(?:P?<|')\d/.test(rest))
    throw new RegexError('subpattern name must start with a non-digit');
  throw new RegexError('unrecognized character after (? or (?-');
}

/** Parses the content of a group, up to its end. */
function inside(p: Parser): Piece[] {
  p.depth++;
  const branches = alternation(p);
  p.depth--;
  if (p.source.charAt(p.at) !== ')') throw new RegexError('missing closing parenthesis');
  p.at++;
  return branches;
}

function sameLength(branches: readonly Piece[]): number | undefined {
  const [first, ...more] = branches;
  return more.every(({ length }) => length === first?.length) ? first?.length : undefined;
}

function capture(p: Parser, name: string | undefined): Piece {
  const n = ++p.groups;
  if (name !== undefined) {
    if (p.names.has(name)) throw new PerlRefusal(`two groups called ${name}`);
    p.names.set(name, n);
  }
  const branches = inside(p);
  p.closed.add(n);
  return {
    source: `(?<g${n}>${joined(branches)})`,
    length: sameLength(branches),
    repeatable: true,
  };
}

/** Parses flags such as `(?i)`. `m` and `s` have no effect within one line. */
function flagged(p: Parser, [all, on = '', off = '', end]: RegExpExecArray): Piece {
  const refused = /[xnUJ]/.exec(on + off)?.[0];
  if (refused !== undefined) throw new PerlRefusal(`(?${refused})`);
  p.at += all.length;
  const { ignoreCase } = p;
  if (on.includes('i')) p.ignoreCase = true;
  if (off.includes('i')) p.ignoreCase = false;
  if (end === ')') return { source: '', length: 0, repeatable: false };
  const branches = inside(p);
  p.ignoreCase = ignoreCase;
  return { source: `(?:${joined(branches)})`, length: sameLength(branches), repeatable: true };
}

function assertion(p: Parser, kind: string): Piece {
  const first = p.groups;
  const branches = inside(p);
  const body = joined(branches);
  if (kind === '?>')
    return { source: atomic(p, body), length: sameLength(branches), repeatable: true };
  if (kind.startsWith('?<') && branches.some(({ length }) => length === undefined))
    throw new RegexError('lookbehind assertion is not fixed length');
  if (kind.endsWith('!')) markUnsure(p, first);
  return { source: `(${kind}${body})`, length: 0, repeatable: true };
}
