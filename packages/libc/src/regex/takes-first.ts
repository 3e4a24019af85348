// takes-first.ts — Decides whether JavaScript's first match of an expression is also the longest one, as POSIX wants it,
// and whether it is found in linear time from each start.
//
// If each piece is one character, repeated or not, any two paths through the expression that end at different positions
// cross before that, so the greediest path ends last. If nothing repeats and the branches of each alternation begin with
// different characters, there is only one path.
import type { RegexNode } from './node.ts';

/** Returns the length of the longest text that JavaScript may search with an expression; 0 if it must not be used. */
export function takesFirst(node: RegexNode): number {
  if (isOneWay(node)) return Infinity;
  if (!isRow(node)) return 0;
  const { open, ways } = choicesOf(node);
  return ways > MOST_WAYS ? 0 : (LONGEST[open] ?? 0);
}

/** The longest text by the number of unlimited repetitions, each of which multiplies the time by the text's length. */
const LONGEST: readonly number[] = [Infinity, 4096, 256];

/** The most combinations of counts that limited repetitions may have. */
const MOST_WAYS = 64;

/** Whether so few paths lead through an expression that JavaScript's engine may try them all, to find out whether there is a match. */
export const hasFewPaths = (node: RegexNode): boolean => pathsThrough(node) <= MOST_WAYS;

function pathsThrough(node: RegexNode): number {
  switch (node.kind) {
    case 'repeat':
    case 'reference':
      return Infinity;
    case 'sequence':
      return node.items.map(pathsThrough).reduce((a, b) => a * b, 1);
    case 'group':
      return pathsThrough(node.body);
    case 'alternation':
      return node.branches.map(pathsThrough).reduce((a, b) => a + b, 0);
    default:
      return 1;
  }
}

/** Whether the expression is a sequence of single characters, which may be repeated or grouped. */
function isRow(node: RegexNode): boolean {
  switch (node.kind) {
    case 'alternation':
    case 'reference':
      return false;
    case 'sequence':
      return node.items.every(isRow);
    case 'group':
      return isRow(node.body);
    case 'repeat':
      return isSingle(node.body);
    default:
      return true;
  }
}

const isSingle = (node: RegexNode): boolean =>
  node.kind === 'char' || node.kind === 'any' || node.kind === 'set';

interface Choices {
  readonly open: number;
  readonly ways: number;
}

const NO_CHOICE: Choices = { open: 0, ways: 1 };

function choicesOf(node: RegexNode): Choices {
  if (node.kind === 'group') return choicesOf(node.body);
  if (node.kind === 'repeat') {
    return node.max === Infinity
      ? { open: 1, ways: 1 }
      : { open: 0, ways: node.max - node.min + 1 };
  }
  if (node.kind !== 'sequence') return NO_CHOICE;
  return node.items
    .map(choicesOf)
    .reduce((a, b) => ({ open: a.open + b.open, ways: a.ways * b.ways }), NO_CHOICE);
}

/** Whether nothing is repeated, and the next character decides between branches. */
function isOneWay(node: RegexNode): boolean {
  switch (node.kind) {
    case 'repeat':
    case 'reference':
      return false;
    case 'sequence':
      return node.items.every(isOneWay);
    case 'group':
      return isOneWay(node.body);
    case 'alternation':
      return areApart(node.branches.map(firstCodes)) && node.branches.every(isOneWay);
    default:
      return true;
  }
}

/** Whether no two of the lists share a character. */
function areApart(lists: readonly (readonly number[] | undefined)[]): boolean {
  const all = lists.flatMap((codes) => codes ?? []);
  return !lists.includes(undefined) && new Set(all).size === all.length;
}

/** The characters that a branch can begin with; undefined if they are many, or if the branch may be empty. */
function firstCodes(node: RegexNode): readonly number[] | undefined {
  switch (node.kind) {
    case 'char':
      return [node.code];
    case 'set': {
      const { negated, ranges, categories } = node.set;
      const few = !negated && categories.length === 0 && ranges.every(([a, b]) => b - a < 26);
      return few ? [...new Set(ranges.flatMap(codesOf))] : undefined;
    }
    case 'group':
      return firstCodes(node.body);
    case 'sequence': {
      const first = node.items.find((item) => item.kind !== 'bol');
      return first === undefined ? undefined : firstCodes(first);
    }
    default:
      return undefined;
  }
}

const codesOf = ([from, to]: readonly [number, number]): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
