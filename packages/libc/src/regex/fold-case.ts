// fold-case.ts — Makes an expression ignore case: each letter becomes the set of its two cases.
import type { BracketSet, RegexNode } from './node.ts';

/** With `chars`, letters beyond ASCII have two cases too. */
export function foldCase(node: RegexNode, chars: boolean): RegexNode {
  const fold = (n: RegexNode): RegexNode => foldCase(n, chars);
  switch (node.kind) {
    case 'char': {
      const ranges = casesOf(node.code, chars).map((code) => [code, code] as const);
      return ranges.length === 1
        ? node
        : { kind: 'set', set: { negated: false, ranges, categories: [] } };
    }
    case 'set':
      return { kind: 'set', set: foldSet(node.set, chars) };
    case 'group':
    case 'repeat':
      return { ...node, body: fold(node.body) };
    case 'sequence':
      return { ...node, items: node.items.map(fold) };
    case 'alternation':
      return { ...node, branches: node.branches.map(fold) };
    default:
      return node;
  }
}

const isLetter = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** Returns the character itself, then its other case if there is one. */
export function casesOf(code: number, chars: boolean): readonly number[] {
  if (code < 0x80 || !chars) return isLetter(code) ? [code, code ^ 0x20] : [code];
  const text = String.fromCodePoint(code);
  const other = [text.toLowerCase(), text.toUpperCase()].find(
    (t) => t !== text && Array.from(t).length === 1,
  );
  return other === undefined ? [code] : [code, other.codePointAt(0) ?? code];
}

/** Only so many characters of a range get their other case; longer ranges span whole scripts and hold both cases. */
const MOST_FOLDED = 1024;

function foldSet({ negated, ranges, categories }: BracketSet, chars: boolean): BracketSet {
  const folded = [...ranges];
  for (const [from, to] of ranges) {
    for (let code = from; code <= Math.min(to, from + MOST_FOLDED); code++) {
      const [, other] = casesOf(code, chars);
      if (other !== undefined) folded.push([other, other]);
    }
  }
  const cased = categories.includes('Lu') || categories.includes('Ll');
  return { negated, ranges: folded, categories: cased ? ['Lu', 'Ll', ...categories] : categories };
}
