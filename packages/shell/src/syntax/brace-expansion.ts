// brace-expansion.ts — Expands `a{b,c}d` and `{1..10..2}` to several words, before all other expansions.
import type { Limits } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';

import type { ParameterSegment, Segment } from './ir.ts';

/** An unquoted character, or a segment that brace expansion leaves as it is. */
type Item = string | Segment;

export function expandBraces(segments: readonly Segment[], limits: Limits): readonly Segment[][] {
  const items = segments.flatMap((s): Item[] =>
    s.kind === 'text' && !s.quoted ? s.text.split('') : [s],
  );
  return expand(items, limits).map(toSegments);
}

/** `$x` without braces: letters and digits that come to stand behind it are part of its name. */
const isBare = (segment: Segment | undefined): segment is ParameterSegment =>
  segment?.kind === 'parameter' && /^\$[A-Za-z_]\w*$/.test(segment.source);

function toSegments(items: readonly Item[]): Segment[] {
  const segments: Segment[] = [];
  for (const item of items) {
    const last = segments.at(-1);
    if (typeof item !== 'string') segments.push(item);
    else if (/\w/.test(item) && isBare(last) && !last.quoted) {
      const source = last.source + item;
      segments[segments.length - 1] = { ...last, source, name: source.slice(1) };
    } else if (last?.kind === 'text' && !last.quoted) {
      segments[segments.length - 1] = { ...last, text: last.text + item };
    } else segments.push({ kind: 'text', text: item, quoted: false });
  }
  return segments;
}

function expand(items: readonly Item[], limits: Limits): Item[][] {
  for (let open = items.indexOf('{'); open >= 0; open = items.indexOf('{', open + 1)) {
    const braces = findBraces(items, open, limits);
    if (braces === undefined) continue;
    const choices = braces.sequence ?? braces.parts.flatMap((part) => expand(part, limits));
    const tails = expand(items.slice(braces.close + 1), limits);
    const head = items.slice(0, open);
    withinLimit(limits, 'braceWords', choices.length * tails.length);
    return choices.flatMap((choice) => tails.map((tail) => head.concat(choice, tail)));
  }
  return [[...items]];
}

interface Braces {
  readonly close: number;
  readonly parts: Item[][];
  readonly sequence: Item[][] | undefined;
}

function findBraces(items: readonly Item[], open: number, limits: Limits): Braces | undefined {
  let depth = 0;
  let start = open + 1;
  const parts: Item[][] = [];
  for (let i = open; i < items.length; i++) {
    const item = items[i];
    if (item === '{') depth++;
    else if (item === ',' && depth === 1) {
      parts.push(items.slice(start, i));
      start = i + 1;
    } else if (item === '}' && --depth === 0) {
      parts.push(items.slice(start, i));
      const sequence = parts.length === 1 ? expandSequence(parts[0] as Item[], limits) : undefined;
      return parts.length > 1 || sequence !== undefined ? { close: i, parts, sequence } : undefined;
    }
  }
  return undefined;
}

const BACKSLASH = 0x5c;
/** The rest of a backslash that a sequence makes: it quotes what follows it. */
const QUOTES: Segment = { kind: 'quotes' };

/** Expands `1..5`, `05..1..2` or `a..e`. */
function expandSequence(items: readonly Item[], limits: Limits): Item[][] | undefined {
  const text = items.filter((item) => typeof item === 'string').join('');
  if (items.some((item) => typeof item !== 'string')) return undefined;
  const match = /^(?:(-?\d+)\.\.(-?\d+)|([A-Za-z])\.\.([A-Za-z]))(?:\.\.(-?\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, first, last, firstLetter, lastLetter, increment] = match;
  const step = Math.abs(Number(increment ?? 1)) || 1;
  if (firstLetter !== undefined && lastLetter !== undefined) {
    const codes = range(firstLetter.charCodeAt(0), lastLetter.charCodeAt(0), step);
    return codes.map((code) => [code === BACKSLASH ? QUOTES : String.fromCharCode(code)]);
  }
  const width = padWidth(first as string, last as string);
  // For bash, digits that don't fit into 64 bits are not a number, and so this is no sequence.
  if (![first, last].every((digits) => fitsInt64(digits as string))) return undefined;
  const [from, to] = [Number(first), Number(last)];
  withinLimit(limits, 'braceWords', Math.floor(Math.abs(to - from) / step) + 1);
  return range(from, to, step).map((n) => [pad(n, width)]);
}

const fitsInt64 = (digits: string): boolean => BigInt.asIntN(64, BigInt(digits)) === BigInt(digits);

function range(from: number, to: number, step: number): number[] {
  const count = Math.floor(Math.abs(to - from) / step) + 1;
  return Array.from({ length: count }, (_, i) => from + (to >= from ? i : -i) * step);
}

function padWidth(first: string, last: string): number {
  const padded = [first, last].some((text) => /^-?0\d/.test(text));
  return padded ? Math.max(first.length, last.length) : 0;
}

function pad(n: number, width: number): string {
  const digits = String(Math.abs(n));
  return n < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
}
