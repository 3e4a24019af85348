// parse.ts — Basic and extended regular expressions, with GNU's additions.
//
//   BRE   \( \) \{ \} \1 * . [] ^ $, and \+ \? \| \w \W \s \S \b \B \< \> \` \'
//   ERE   ( ) { } + ? | …, and the same additions
import { charEscape, parseBracket } from './bracket.ts';
import type { RegexNode } from './node.ts';
import { RegexError } from './node.ts';

export interface Syntax {
  readonly extended: boolean;
  /** awk: no back-references, a backslash quotes in brackets. */
  readonly awk?: boolean;
  /** `\n \t \xHH …` stand for characters. */
  readonly sed?: boolean;
}

export interface Parsed {
  readonly node: RegexNode;
  readonly groups: number;
  readonly references: boolean;
  /** Repetitions of nothing (`*`, `+`, `?`, `{...}`): grep warns of them, sed refuses them. */
  readonly leading: readonly string[];
}

interface Parser {
  readonly source: string;
  readonly extended: boolean;
  readonly awk: boolean;
  readonly sed: boolean;
  at: number;
  depth: number;
  groups: number;
  readonly closed: Set<number>;
  references: boolean;
  readonly leading: string[];
}

export function parseRegex(source: string, { extended, awk = false, sed = false }: Syntax): Parsed {
  const p: Parser = {
    source,
    extended,
    awk,
    sed,
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

/** An unmatched `)` is an ordinary character in ERE outside of groups (grep, sed), an error in BRE. */
const atClose = (p: Parser): boolean =>
  p.extended
    ? p.source.charAt(p.at) === ')' && (p.depth > 0 || p.awk)
    : p.source.startsWith('\\)', p.at);

function alternation(p: Parser): RegexNode {
  const branches = [sequence(p)];
  while (atOr(p)) {
    p.at += p.extended ? 1 : 2;
    branches.push(sequence(p));
  }
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

/** After `^` a `*` of a BRE is an ordinary character. */
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

function repeatAt(p: Parser, body: RegexNode): readonly [number, number] | undefined {
  const c = p.source.charAt(p.at);
  const escaped = !p.extended && c === '\\';
  const op = escaped ? p.source.charAt(p.at + 1) : c;
  if (!p.extended && body.kind === 'bol' && !escaped) return undefined;
  const width = escaped ? 2 : 1;
  if (op === '*' && !escaped) {
    p.at += 1;
    return [0, Infinity];
  }
  if (p.extended || escaped) {
    if (op === '+' || op === '?') {
      p.at += width;
      return op === '+' ? [1, Infinity] : [0, 1];
    }
    if (op === '{') return interval(p, width);
  }
  return undefined;
}

/** `{2}` `{2,}` `{,3}` `{2,3}`; in ERE what is none of these is ordinary text. */
function interval(p: Parser, width: number): readonly [number, number] | undefined {
  const rest = p.source.slice(p.at + width);
  const match = (p.extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/).exec(rest);
  if (match === null || (match[1] === '' && match[2] === '')) {
    if (p.extended) return undefined;
    throw new RegexError(rest.includes('\\}') ? 'Invalid content of \\{\\}' : 'Unmatched \\{');
  }
  const [all, low, comma, high] = match;
  const min = low === '' ? 0 : Number(low);
  const max = comma === '' ? min : high === '' ? Infinity : Number(high);
  if (max < min) throw new RegexError('Invalid content of \\{\\}');
  if (min > 32767 || (max !== Infinity && max > 32767)) {
    throw new RegexError('Regular expression too big');
  }
  p.at += width + all.length;
  return [min, max];
}

function atom(p: Parser, first: boolean): RegexNode {
  const c = p.source.charAt(p.at++);
  switch (c) {
    case '\\':
      return escape(p);
    case '[': {
      const { set, end } = parseBracket(p.source, p.at, { backslash: p.awk, sed: p.sed });
      p.at = end;
      return { kind: 'set', set };
    }
    case '.':
      return { kind: 'any' };
    case '^':
      return p.extended || first ? { kind: 'bol' } : { kind: 'char', char: '^' };
    case '$':
      return p.extended || atSequenceEnd(p) ? { kind: 'eol' } : { kind: 'char', char: '$' };
    default:
      if (p.extended) return extendedAtom(p, c, first);
      return { kind: 'char', char: c };
  }
}

const atSequenceEnd = (p: Parser): boolean => p.at >= p.source.length || atOr(p) || atClose(p);

function extendedAtom(p: Parser, c: string, first: boolean): RegexNode {
  if (c === '(') return group(p);
  if (!first || p.awk || !'*+?{'.includes(c)) return { kind: 'char', char: c };
  if (c === '{') {
    p.at--;
    if (interval(p, 1) === undefined) {
      p.at++;
      return { kind: 'char', char: c };
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
  p.closed.add(number);
  return { kind: 'group', body };
}

const WORD_ESCAPES = 'wWsSbB<>';

function escape(p: Parser): RegexNode {
  if (p.at >= p.source.length) throw new RegexError('Trailing backslash');
  const coded = p.sed || p.awk ? charEscape(p.source, p.at) : undefined;
  if (coded !== undefined) {
    p.at = coded.end;
    return { kind: 'char', char: coded.char };
  }
  const c = p.source.charAt(p.at++);
  if (!p.extended && c === '(') return group(p);
  if (!p.extended && c === '{') throw new RegexError('Invalid preceding regular expression');
  if (!p.awk && /[1-9]/.test(c)) {
    const n = Number(c);
    if (!p.closed.has(n)) throw new RegexError('Invalid back reference');
    p.references = true;
    return { kind: 'reference', group: n };
  }
  if (!p.awk) {
    if (WORD_ESCAPES.includes(c)) return { kind: 'escape', name: c as 'w' };
    if (c === '`') return { kind: 'buffer-start' };
    if (c === "'") return { kind: 'buffer-end' };
  } else if (c === 'y' || c === 'B') return { kind: 'char', char: c };
  return { kind: 'char', char: c };
}
