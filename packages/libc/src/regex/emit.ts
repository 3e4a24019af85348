// emit.ts — From a parsed expression to the source of a JavaScript one over binary strings.
import { unreachable } from '@dmsim/sim';

import type { BracketSet, RegexNode } from './node.ts';

export interface EmitOptions {
  /** `^` and `$` match at newlines too (flag M of sed). */
  readonly multiline: boolean;
  /** One character may be several bytes. */
  readonly utf8: boolean;
}

/** A character of several bytes. */
export const MULTIBYTE: string =
  '[\\xc2-\\xdf][\\x80-\\xbf]|[\\xe0-\\xef][\\x80-\\xbf]{2}|[\\xf0-\\xf4][\\x80-\\xbf]{3}';

export function emitRegex(node: RegexNode, options: EmitOptions): string {
  const emit = (n: RegexNode): string => emitRegex(n, options);
  switch (node.kind) {
    case 'char':
      return escapeChar(node.char);
    case 'any':
      return options.utf8 ? `(?:[\\0-\\x7f]|${MULTIBYTE})` : '[^]';
    case 'set':
      return emitSet(node.set, options);
    case 'escape':
      return ESCAPES[node.name];
    case 'bol':
      return options.multiline ? '(?<![^\\n])' : '^';
    case 'eol':
      return options.multiline ? '(?![^\\n])' : '$';
    case 'buffer-start':
      return '^';
    case 'buffer-end':
      return '$';
    case 'group':
      return `(${emit(node.body)})`;
    case 'reference':
      return `(?:\\${node.group})`;
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

const ESCAPES = {
  w: '\\w',
  W: '\\W',
  s: '[\\t-\\r ]',
  S: '[^\\t-\\r ]',
  b: '\\b',
  B: '\\B',
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
} as const;

function emitRepeat(
  { body, min, max }: RegexNode & { kind: 'repeat' },
  emit: (n: RegexNode) => string,
): string {
  // Anchors can't be repeated in JavaScript without a group; a repeat of a repeat is one of a group.
  const inner = emit(body);
  const simple = body.kind === 'char' || body.kind === 'group' || body.kind === 'any';
  const one = simple || body.kind === 'set' ? inner : `(?:${inner})`;
  if (min === 0 && max === Infinity) return `${one}*`;
  if (min === 1 && max === Infinity) return `${one}+`;
  if (min === 0 && max === 1) return `${one}?`;
  if (max === Infinity) return `${one}{${min},}`;
  return min === max ? `${one}{${min}}` : `${one}{${min},${max}}`;
}

function escapeChar(char: string): string {
  if (/[A-Za-z0-9_ ]/.test(char)) return char;
  const code = char.charCodeAt(0);
  return code < 0x21 || code > 0x7e ? hex(code) : `\\${char}`;
}

const hex = (code: number): string => `\\x${code.toString(16).padStart(2, '0')}`;

function emitSet({ negated, ranges }: BracketSet, { utf8 }: EmitOptions): string {
  const inside = ranges
    .map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`))
    .join('');
  if (!utf8) return `[${negated ? '^' : ''}${inside}]`;
  return negated ? `(?:(?![${inside}])[\\0-\\x7f]|${MULTIBYTE})` : `[${inside}]`;
}
