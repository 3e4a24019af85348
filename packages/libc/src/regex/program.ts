// program.ts — Compiles an expression to instructions for match-program.ts. Mirrors regcomp.c: parse_dup_op.
import { unreachable } from '@dmsim/sim';

import { emitSet } from './emit.ts';
import type { BracketSet, RegexNode, WordEdge } from './node.ts';
import { RegexError } from './node.ts';

/** After an instruction comes the next one, unless noted otherwise. */
export type Instruction =
  | { readonly kind: 'char'; readonly code: number }
  /** A sticky expression for one character of the set. */
  | { readonly kind: 'set'; readonly regex: RegExp }
  | Assertion
  | { readonly kind: 'match' }
  | { readonly kind: 'reference'; readonly group: number }
  | { readonly kind: 'open'; readonly group: number }
  /** The end of a group. `optional`: the group may be skipped. */
  | { readonly kind: 'close'; readonly group: number; readonly optional: boolean }
  /** Continues with the next instruction first; if that fails, with `other`. */
  | { readonly kind: 'split'; other: number }
  /** A `split` at the head of a loop. `slot` indexes the position of its last round, to detect an empty round. */
  | { readonly kind: 'loop'; readonly slot: number; other: number }
  | { readonly kind: 'jump'; other: number };

/** A test of the current position, which consumes no text. */
export type Assertion =
  | { readonly kind: 'bol' | 'eol' | 'buffer-start' | 'buffer-end' }
  | { readonly kind: 'word'; readonly edge: WordEdge };

export interface Program {
  readonly code: readonly Instruction[];
  readonly groups: number;
  readonly loops: number;
  readonly chars: boolean;
  readonly multiline: boolean;
}

export interface ProgramOptions {
  readonly chars: boolean;
  readonly multiline: boolean;
}

interface Assembler extends ProgramOptions {
  readonly code: Instruction[];
  loops: number;
}

const MOST_INSTRUCTIONS = 100_000;

/** Compiles an expression. Throws RegexError if nested repetitions make the program too big. */
export function assemble(node: RegexNode, groups: number, options: ProgramOptions): Program {
  const { chars, multiline } = options;
  const a: Assembler = { chars, multiline, code: [], loops: 0 };
  add(a, node, { optional: false, copied: false });
  put(a, { kind: 'match' });
  return { code: a.code, groups, loops: a.loops, chars, multiline };
}

function put<T extends Instruction>(a: Assembler, instruction: T): T {
  if (a.code.length >= MOST_INSTRUCTIONS) throw new RegexError('Regular expression too big');
  a.code.push(instruction);
  return instruction;
}

/** Says of a node that is added whether it may be skipped, and whether it is a copy made for a repetition. */
interface Place {
  readonly optional: boolean;
  readonly copied: boolean;
}

function add(a: Assembler, node: RegexNode, { optional, copied }: Place): void {
  const inside: Place = { optional: false, copied };
  switch (node.kind) {
    case 'char':
      put(a, node);
      break;
    case 'any':
      putSet(a, EVERYTHING);
      break;
    case 'set':
      putSet(a, node.set);
      break;
    case 'word':
    case 'reference':
    case 'bol':
    case 'eol':
    case 'buffer-start':
    case 'buffer-end':
      put(a, node);
      break;
    case 'group':
      put(a, { kind: 'open', group: node.number });
      add(a, node.body, inside);
      put(a, { kind: 'close', group: node.number, optional });
      break;
    case 'repeat':
      addRepeat(a, node, copied);
      break;
    case 'sequence':
      for (const item of node.items) add(a, item, inside);
      break;
    case 'alternation':
      addAlternation(a, node.branches, inside);
      break;
    default:
      unreachable(node);
  }
}

const EVERYTHING: BracketSet = { negated: true, ranges: [], categories: [] };

function putSet(a: Assembler, set: BracketSet): void {
  const { chars, multiline } = a;
  const source = emitSet(set, { dialect: 'javascript', chars, multiline });
  put(a, { kind: 'set', regex: new RegExp(source, chars ? 'uy' : 'y') });
}

function addAlternation(a: Assembler, branches: readonly RegexNode[], place: Place): void {
  const ends = branches.map((branch, i) => {
    if (i === branches.length - 1) {
      add(a, branch, place);
      return undefined;
    }
    const split = put(a, { kind: 'split', other: 0 });
    add(a, branch, place);
    const end = put(a, { kind: 'jump', other: 0 });
    split.other = a.code.length;
    return end;
  });
  for (const end of ends) if (end !== undefined) end.other = a.code.length;
}

type Repeat = RegexNode & { kind: 'repeat' };

/**
 * Expands `x{2,}` to `xxx*`, and `x{1,3}` to `x((x)?x)?`. The order in which optional copies are skipped decides what the
 * groups hold. glibc marks only the first copy as optional, and inside copies it forgets which groups were optional.
 */
function addRepeat(a: Assembler, { body, min, max }: Repeat, copied: boolean): void {
  for (let i = 0; i < min; i++) add(a, body, { optional: false, copied: copied || i > 0 });
  const first: Place = { optional: !copied, copied: copied || min > 0 };
  if (max === Infinity) addLoop(a, body, first);
  else addOptional(a, { body, copies: max - min }, first);
}

function addLoop(a: Assembler, body: RegexNode, place: Place): void {
  const head = a.code.length;
  const loop = put(a, { kind: 'loop', slot: a.loops++, other: 0 });
  add(a, body, place);
  put(a, { kind: 'jump', other: head });
  loop.other = a.code.length;
}

/** Adds optional copies. All splits come first, since the innermost copy is the first to match. */
function addOptional(
  a: Assembler,
  { body, copies }: { body: RegexNode; copies: number },
  first: Place,
): void {
  const splits = Array.from({ length: copies }, () => put(a, { kind: 'split' as const, other: 0 }));
  for (const [i, split] of splits.toReversed().entries()) {
    add(a, body, i === 0 ? first : { optional: false, copied: true });
    split.other = a.code.length;
  }
}
