// expressions.ts — Random regular expressions and patterns over few letters, so that they match often and in many ways.
import type { Random } from './random.ts';

export interface Grammar {
  readonly extended: boolean;
  /**
   * Back-references, to and from groups that are not repeated: in repeated ones glibc reads memory that it has freed, and
   * prints what it finds there.
   */
  readonly references: boolean;
  /** `\b`, `\w` and their like. Not where groups are compared: what glibc puts into them then is often wrong. */
  readonly gnu: boolean;
}

interface State extends Grammar {
  readonly r: Random;
  opened: number;
  /** Groups that a back-reference may name here. */
  closed: readonly number[];
}

export function regularExpression(r: Random, grammar: Grammar): string {
  const s: State = { ...grammar, r, opened: 0, closed: [] };
  const body = alternation(s, 2);
  return (r.chance(15) ? '^' : '') + body + (r.chance(15) ? '$' : '');
}

function alternation(s: State, depth: number): string {
  const { r } = s;
  const or = s.extended ? '|' : '\\|';
  const n = r.chance(35) ? (r.chance(30) ? 3 : 2) : 1;
  const before = s.closed;
  const branches: string[] = [];
  for (let i = 0; i < n; i++) {
    s.closed = before;
    branches.push(sequence(s, depth));
  }
  if (n > 1) s.closed = before;
  return branches.join(or);
}

const sequence = (s: State, depth: number): string =>
  s.r.times(s.r.chance(5) ? 0 : 1, 3, () => piece(s, depth));

function piece(s: State, depth: number): string {
  const { r } = s;
  const groups = depth > 0 && s.opened < 6 && r.chance(35);
  const atom = groups ? group(s, depth) : single(s);
  const repeatable = s.references ? !groups && !/^\\\d/.test(atom) : !/^\\[bB<>]$/.test(atom);
  return r.chance(40) && repeatable ? atom + repetition(s) : atom;
}

function group(s: State, depth: number): string {
  const number = ++s.opened;
  const body = alternation(s, depth - 1);
  s.closed = [...s.closed, number];
  return s.extended ? `(${body})` : `\\(${body}\\)`;
}

const SINGLES = ['a', 'a', 'a', 'b', 'b', 'c', '.', '[ab]', '[^a]', '[[:alpha:]]', '[b-]', 'ab'];
const GNU = ['\\b', '\\<', '\\>', '\\w', '\\W', '\\B'];

function single(s: State): string {
  const { r } = s;
  if (s.references && s.closed.length > 0 && r.chance(25)) return `\\${r.pick(s.closed)}`;
  if (s.gnu && r.chance(6)) return r.pick(GNU);
  return r.pick(SINGLES);
}

function repetition({ r, extended }: State): string {
  const back = extended ? '' : '\\';
  if (r.chance(45)) return '*';
  if (r.chance(60)) return back + r.pick(['+', '?', '?']);
  return `${back}{${r.pick(['2', '1,2', '0,1', '2,', ',2', '1,'])}${back}}`;
}

export const subject = (r: Random): string =>
  r.times(0, 9, () => r.pick(['a', 'a', 'a', 'b', 'b', 'c', '-', ' ', '_']));

/** A pattern of shells and of find -name. */
export const pattern = (r: Random): string =>
  r.times(1, 5, () =>
    r.pick([
      '*',
      '*',
      '?',
      'a',
      'b',
      'c',
      '[ab]',
      '[!a]',
      '[a-c]',
      '[[:digit:]]',
      '[^b]',
      '-',
      '\\*',
      '[]a]',
      '[',
    ]),
  );
