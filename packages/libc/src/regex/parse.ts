// parse.ts — Parses basic and extended regular expressions, with GNU's additions.
//
//   BRE   \( \) \{ \} \1 * . [] ^ $, and \+ \? \| \w \W \s \S \b \B \< \> \` \'
//   ERE   ( ) { } + ? | …, and the same additions
import { charEscape, codeAt, letterSet, parseBracket } from './bracket.ts';
import type { RegexNode, WordEdge } from './node.ts';
import { RegexError } from './node.ts';

export interface Syntax {
  readonly extended: boolean;
  /** awk has no back-references, and in awk a backslash quotes inside brackets. */
  readonly awk?: boolean;
  /** Takes no more than regcomp(3) does: a repetition needs something to repeat, and a brace in an ERE begins an interval. */
  readonly posix?: boolean;
  /** `\n \t \xHH …` stand for characters. */
  readonly sed?: boolean;
  /** The source is text, and a character is a code point. Otherwise it is a binary string, and a character is a byte. */
  readonly chars?: boolean;
}

export interface Parsed {
  readonly node: RegexNode;
  readonly groups: number;
  readonly references: boolean;
  /** The repetition operators (`*`, `+`, `?`, `{...}`) with nothing before them: grep warns of them, sed rejects them. */
  readonly leading: readonly string[];
}

interface Parser {
  readonly source: string;
  readonly extended: boolean;
  readonly awk: boolean;
  readonly posix: boolean;
  readonly sed: boolean;
  readonly chars: boolean;
  at: number;
  depth: number;
  groups: number;
  /** The groups that a back-reference may name. The set is replaced, never changed. */
  closed: ReadonlySet<number>;
  references: boolean;
  readonly leading: string[];
}

/** Parses an expression, or throws RegexError. */
export function parseRegex(source: string, syntax: Syntax): Parsed {
  const { extended, awk = false, posix = false, sed = false, chars = false } = syntax;
  const p: Parser = {
    source,
    extended,
    awk,
    posix,
    sed,
    chars,
    at: 0,
    depth: 0,
    groups: 0,
    closed: new Set(),
    references: false,
    leading: [],
  };
  const node = alternation(p);
  if (p.at < source.length) throw new RegexError('Unmatched ) or \\)');
  return { node, groups: p.groups, references: p.references, leading: p.leading };
}

const atOr = (p: Parser): boolean =>
  p.extended ? p.source.charAt(p.at) === '|' : p.source.startsWith('\\|', p.at);

/** Outside groups, an unmatched `)` is an ordinary character in an ERE (grep, sed), and an error in a BRE. */
const atClose = (p: Parser): boolean =>
  p.extended
    ? p.source.charAt(p.at) === ')' && (p.depth > 0 || p.awk)
    : p.source.startsWith('\\)', p.at);

/** Parses branches. A branch can't refer to the groups of another branch. */
function alternation(p: Parser): RegexNode {
  const before = p.closed;
  const branches = [sequence(p)];
  let closed = p.closed;
  while (atOr(p)) {
    p.at += p.extended ? 1 : 2;
    p.closed = before;
    branches.push(sequence(p));
    closed = new Set([...closed, ...p.closed]);
  }
  p.closed = closed;
  return branches.length === 1 && branches[0] !== undefined
    ? branches[0]
    : { kind: 'alternation', branches };
}

function sequence(p: Parser): RegexNode {
  const items: RegexNode[] = [];
  const start = p.at;
  while (p.at < p.source.length && !atOr(p) && !atClose(p)) {
    const item = atom(p, p.at === start || (!p.extended && onlyAnchor(items)));
    items.push(repeats(p, item));
  }
  return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items };
}

/** Whether `items` is only `^`, after which the `*` of a BRE is an ordinary character. */
const onlyAnchor = (items: readonly RegexNode[]): boolean =>
  items.length === 1 && items[0]?.kind === 'bol';

function repeats(p: Parser, item: RegexNode): RegexNode {
  let body = item;
  for (;;) {
    const bounds = repeatAt(p, body);
    if (bounds === undefined) return body;
    body = { kind: 'repeat', body, min: bounds[0], max: bounds[1] };
  }
}

type Bounds = readonly [min: number, max: number];

const SIGN_BOUNDS: Readonly<Record<string, Bounds>> = {
  '*': [0, Infinity],
  '+': [1, Infinity],
  '?': [0, 1],
};

const ANCHORS: ReadonlySet<string> = new Set(['bol', 'eol', 'word', 'buffer-start', 'buffer-end']);
const NOTHING_TO_REPEAT = 'Invalid preceding regular expression';

const ERE_REPEAT = /^[*+?{]/;
const BRE_REPEAT = /^(?:\*|\\[+?{])/;

function repeatAt(p: Parser, body: RegexNode): Bounds | undefined {
  const rest = p.source.slice(p.at, p.at + 2);
  const op = (p.extended ? ERE_REPEAT : BRE_REPEAT).exec(rest)?.[0];
  if (op === undefined || (!p.extended && op === '*' && body.kind === 'bol')) return undefined;
  if (p.posix && ANCHORS.has(body.kind)) throw new RegexError(NOTHING_TO_REPEAT);
  if (op.endsWith('{')) return interval(p, op.length);
  p.at += op.length;
  return SIGN_BOUNDS[op.slice(-1)];
}

/** Parses `{2}` `{2,}` `{,3}` `{2,3}`. In an ERE, any other brace is ordinary text. */
function interval(p: Parser, width: number): Bounds | undefined {
  const rest = p.source.slice(p.at + width, p.at + width + 24);
  const match = (p.extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/).exec(rest);
  if (match === null || (match[1] === '' && match[2] === '')) {
    if (p.extended && !p.posix) return undefined;
    throw new RegexError(rest.includes('\\}') ? 'Invalid content of \\{\\}' : 'Unmatched \\{');
  }
  const [all, low = '', comma, high = ''] = match;
  p.at += width + all.length;
  return boundsOf(low, comma === '' ? low : high);
}

const MOST_REPEATS = 32767;

/** An empty `low` means 0, and an empty `high` means no limit. */
function boundsOf(low: string, high: string): Bounds {
  const min = Number(low);
  const max = high === '' ? Infinity : Number(high);
  if (max < min) throw new RegexError('Invalid content of \\{\\}');
  if (min > MOST_REPEATS || (max !== Infinity && max > MOST_REPEATS)) {
    throw new RegexError('Regular expression too big');
  }
  return [min, max];
}

function atom(p: Parser, first: boolean): RegexNode {
  const c = p.source.charAt(p.at++);
  switch (c) {
    case '\\':
      return escape(p);
    case '[': {
      const { set, end } = parseBracket(p.source, p.at, p);
      p.at = end;
      return { kind: 'set', set };
    }
    case '.':
      return { kind: 'any' };
    case '^':
      return p.extended || first ? { kind: 'bol' } : literal('^');
    case '$':
      return p.extended || atSequenceEnd(p) ? { kind: 'eol' } : literal('$');
    default:
      if (p.extended && '(*+?{'.includes(c)) return extendedAtom(p, c, first);
      return charBefore(p);
  }
}

const literal = (char: string): RegexNode => ({ kind: 'char', code: char.charCodeAt(0) });

/** Returns the character whose first unit was just read. */
function charBefore(p: Parser): RegexNode {
  const { code, end } = codeAt(p.source, p.at - 1);
  p.at = end;
  return { kind: 'char', code };
}

const atSequenceEnd = (p: Parser): boolean => p.at >= p.source.length || atOr(p) || atClose(p);

function extendedAtom(p: Parser, c: string, first: boolean): RegexNode {
  if (c === '(') return group(p);
  if (p.posix) throw new RegexError(NOTHING_TO_REPEAT);
  if (!first || p.awk) return literal(c);
  if (c === '{') {
    p.at--;
    if (interval(p, 1) === undefined) {
      p.at++;
      return literal(c);
    }
  }
  p.leading.push(c === '{' ? '{...}' : c);
  return { kind: 'sequence', items: [] };
}

function group(p: Parser): RegexNode {
  const number = ++p.groups;
  p.depth++;
  const body = alternation(p);
  if (!atClose(p)) throw new RegexError('Unmatched ( or \\(');
  p.at += p.extended ? 1 : 2;
  p.depth--;
  p.closed = new Set([...p.closed, number]);
  return { kind: 'group', number, body };
}

function escape(p: Parser): RegexNode {
  if (p.at >= p.source.length) throw new RegexError('Trailing backslash');
  const coded = p.sed || p.awk ? charEscape(p.source, p.at) : undefined;
  if (coded !== undefined) {
    p.at = coded.end;
    return literal(coded.char);
  }
  const c = p.source.charAt(p.at++);
  if (!p.extended && c === '(') return group(p);
  if (!p.extended && c === '{') throw new RegexError(NOTHING_TO_REPEAT);
  // awk has no back-references.
  return (p.awk && /[1-9]/.test(c) ? undefined : gnuEscape(p, c)) ?? charBefore(p);
}

/** Parses back-references and GNU's additions; undefined if `\c` just means `c`. */
function gnuEscape(p: Parser, c: string): RegexNode | undefined {
  if (/[1-9]/.test(c)) {
    const n = Number(c);
    if (!p.closed.has(n)) throw new RegexError('Invalid back reference');
    p.references = true;
    return { kind: 'reference', group: n };
  }
  if (/[wWsS]/.test(c)) return { kind: 'set', set: letterSet(c, p.chars) };
  if (/[bB<>]/.test(c)) return { kind: 'word', edge: c as WordEdge };
  if (c === '`') return { kind: 'buffer-start' };
  return c === "'" ? { kind: 'buffer-end' } : undefined;
}
