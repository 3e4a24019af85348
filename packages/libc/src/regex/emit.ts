// emit.ts — Writes a parsed expression in the syntax of JavaScript's engine, or RE2's.
import { unreachable } from '@dmsim/sim';

import type { BracketSet, RegexNode, WordEdge } from './node.ts';

export interface EmitOptions {
  readonly dialect: 'javascript' | 're2';
  /** `^` and `$` match at newlines too (flag M of sed). */
  readonly multiline: boolean;
  /** Characters are code points, not bytes. */
  readonly chars: boolean;
}

/** Throws for back-references: RE2 has none, and JavaScript's have another meaning. */
export function emitRegex(node: RegexNode, options: EmitOptions): string {
  const emit = (n: RegexNode): string => emitRegex(n, options);
  switch (node.kind) {
    case 'char':
      return escapeChar(node.code, options);
    case 'any':
      return emitSet(ANY, options);
    case 'set':
      return emitSet(node.set, options);
    case 'word':
      return EDGES[node.edge];
    case 'bol':
      return options.multiline ? LINE_EDGES[options.dialect].start : '^';
    case 'eol':
      return options.multiline ? LINE_EDGES[options.dialect].end : '$';
    case 'buffer-start':
      return '^';
    case 'buffer-end':
      return '$';
    case 'group':
      return `${options.dialect === 're2' ? '(?:' : '('}${emit(node.body)})`;
    case 'reference':
      throw new Error('back-references have an engine of their own');
    case 'repeat':
      return emitRepeat(node, emit);
    case 'sequence':
      return node.items
        .map((n) => (n.kind === 'alternation' ? `(?:${emit(n)})` : emit(n)))
        .join('');
    case 'alternation':
      return node.branches.map(emit).join('|');
    default:
      return unreachable(node);
  }
}

/** RE2 has no lookahead: `\b`, with the character before it, tells whether a letter follows. */
const EDGES: Readonly<Record<WordEdge, string>> = {
  b: '\\b',
  B: '\\B',
  '<': '\\b(?<!\\w)',
  '>': '\\b(?<=\\w)',
};

const LINE_EDGES = {
  javascript: { start: '(?<![^\\n])', end: '(?![^\\n])' },
  re2: { start: '(?m:^)', end: '(?m:$)' },
} as const;

const MOST_COUNTED = 1000;

function emitRepeat(
  { body, min, max }: RegexNode & { kind: 'repeat' },
  emit: (n: RegexNode) => string,
): string {
  // A repeated anchor, and a repeat of a repeat, need a group in both dialects.
  const inner = emit(body);
  const single = ['char', 'group', 'any', 'set'].includes(body.kind);
  const one = single ? inner : `(?:${inner})`;
  if (min === 0 && max === Infinity) return `${one}*`;
  if (min === 1 && max === Infinity) return `${one}+`;
  if (min === 0 && max === 1) return `${one}?`;
  // RE2 accepts at most a thousand repetitions.
  if (min > MOST_COUNTED) {
    return (
      `${one}{${MOST_COUNTED}}` +
      emitRepeat({ kind: 'repeat', body, min: min - MOST_COUNTED, max: max - MOST_COUNTED }, emit)
    );
  }
  if (max === Infinity) return `${one}{${min},}`;
  if (max > MOST_COUNTED) {
    return (
      `${one}{${min},${MOST_COUNTED}}` +
      emitRepeat({ kind: 'repeat', body, min: 0, max: max - MOST_COUNTED }, emit)
    );
  }
  return min === max ? `${one}{${min}}` : `${one}{${min},${max}}`;
}

function escapeChar(code: number, options: EmitOptions): string {
  const char = String.fromCodePoint(code);
  if (/^[A-Za-z0-9_ ]$/.test(char)) return char;
  return /^[!-~]$/.test(char) ? `\\${char}` : hex(code, options);
}

function hex(code: number, { dialect }: EmitOptions): string {
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return dialect === 're2' ? `\\x{${digits}}` : `\\u{${digits}}`;
}

const ANY: BracketSet = { negated: true, ranges: [], categories: [] };

/** Text holds invalid UTF-8 bytes as these code units (utf8.ts). Neither `.` nor `[^…]` matches them. */
const STRAY = [0xdc80, 0xdcff] as const;

export function emitSet({ negated, ranges, categories }: BracketSet, options: EmitOptions): string {
  const all = negated && options.chars ? [...ranges, STRAY] : ranges;
  if (all.length === 0 && categories.length === 0) return '[\\x00-\\xff]';
  const inside = all.map(([from, to]) =>
    from === to ? hex(from, options) : `${hex(from, options)}-${hex(to, options)}`,
  );
  const named = categories.map((name) => `\\p{${name}}`);
  return `[${negated ? '^' : ''}${inside.join('')}${named.join('')}]`;
}
