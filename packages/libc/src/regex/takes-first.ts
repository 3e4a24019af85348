// takes-first.ts — Expressions for which JavaScript's first match is POSIX's longest, and is found in no more than linear
// time for each place where a match can begin.
//
// Where each piece is one character, repeated or not, two ways through an expression that end at different places cross
// somewhere before; so the way that takes as much as it can as early as it can ends last. Where nothing repeats and the
// branches of each alternation begin with different characters, there is only one way.
import type { RegexNode } from './node.ts';

/** The longest text that JavaScript may search with an expression; 0 when it may not at all. */
export function takesFirst(node: RegexNode): number {
  if (isOneWay(node)) return Infinity;
  if (!isRow(node)) return 0;
  const { open, ways } = choicesOf(node);
  return ways > MOST_WAYS ? 0 : (LONGEST[open] ?? 0);
}

/** By the number of repetitions without a limit. Each squares the time; a few million steps are a few milliseconds. */
const LONGEST: readonly number[] = [Infinity, 4096, 256];

/** Product of the numbers of ways that repetitions with a limit have. */
const MOST_WAYS = 64;

/** A row of single characters, each repeated or not, in groups or not. */
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

/** Nothing is repeated, and the next character decides between branches. */
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

/** Those that a branch can begin with; undefined when it can begin with more than a few, or be empty. */
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
