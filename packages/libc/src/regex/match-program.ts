// match-program.ts — What the groups of a match hold, and matches with back-references. Mirrors regexec.c: set_regs,
// update_regs.
//
// Ways through the program are tried in order. Without back-references no place is tried twice, so that time is linear.
// With them no algorithm is known that is not exponential: there is a budget, and a search that needs more ends the lab.
import { NotSupported, unreachable } from '@dmsim/sim';

import { casesOf } from './fold-case.ts';
import type { WordEdge } from './node.ts';
import type { Assertion, Instruction, Program } from './program.ts';

/** Offsets of the match, then of each group: start and end by turns, -1 where a group took no part. */
export type Spans = readonly number[];

export interface Goal {
  readonly start: number;
  /** Where the match ends when that is known; else the longest one is searched. */
  readonly end?: number;
  /** Whether a match may end there. */
  readonly accepts?: (text: string, end: number) => boolean;
  readonly ignoreCase: boolean;
}

/** A way that is still to be tried. `spans` and `before` are never changed, only replaced. */
interface Way {
  readonly pc: number;
  readonly at: number;
  readonly spans: Spans;
  /** As they were when a group last ended behind where it began. */
  readonly before: Spans;
  /** For each loop, where its last round began. */
  readonly rounds: Spans;
}

/** Steps so far and at most; one for all starts of a search. */
interface Budget {
  steps: number;
  readonly most: number;
}

interface Search {
  readonly program: Program;
  readonly text: string;
  readonly goal: Goal;
  readonly budget: Budget;
  readonly ways: Way[];
  /** By instruction and place: what was tried; undefined to try it again. */
  readonly seen: Uint8Array | undefined;
  best: Spans | undefined;
}

class BudgetSpent extends Error {}

/** About a quarter of a second. */
const MOST_STEPS = 3_000_000;
/** Before places are remembered. */
const FEW_STEPS = 5000;
/** Bytes. */
const MOST_MEMORY = 1 << 26;

/** The budget of one search with back-references. */
export const newBudget = (): Budget => ({ steps: 0, most: MOST_STEPS });

/** The longest match from `start`; undefined when there is none. Throws NotSupported when the budget is spent. */
export function longestMatch(
  program: Program,
  text: string,
  goal: Goal,
  budget: Budget,
): Spans | undefined {
  return (
    run(program, text, goal, { budget, seen: undefined }) ??
    refuse(`a search with back-references of more than ${MOST_STEPS} steps`)
  ).best;
}

/**
 * The groups of a match whose ends are known. glibc goes through a place again when it comes to it in another way, so that
 * is tried first, for as long as it stays cheap.
 */
export function matchGroups(program: Program, text: string, goal: Goal): Spans | undefined {
  const size = program.code.length * ((goal.end ?? text.length) - goal.start + 1);
  const found =
    run(program, text, goal, { budget: { steps: 0, most: FEW_STEPS }, seen: undefined }) ??
    (size > MOST_MEMORY ? undefined : remembering(program, text, goal, size)) ??
    refuse('groups in an expression and a text that are this long');
  return found.best;
}

const remembering = (
  program: Program,
  text: string,
  goal: Goal,
  size: number,
): { readonly best: Spans | undefined } | undefined =>
  run(program, text, goal, {
    budget: { steps: 0, most: Infinity },
    seen: new Uint8Array(size),
  });

function refuse(what: string): never {
  const error = new NotSupported('regexec', 0, what);
  error.message = `regexec: not supported: ${what}`;
  throw error;
}

/** Undefined when the budget is spent. */
function run(
  program: Program,
  text: string,
  goal: Goal,
  { budget, seen }: Pick<Search, 'budget' | 'seen'>,
): { readonly best: Spans | undefined } | undefined {
  const none = Array.from({ length: 2 * program.groups + 2 }, () => -1);
  const rounds = Array.from({ length: program.loops }, () => -1);
  const ways: Way[] = [{ pc: 0, at: goal.start, spans: none, before: none, rounds }];
  const s: Search = { program, text, goal, budget, ways, seen, best: undefined };
  try {
    for (;;) {
      const way = s.ways.pop();
      if (way === undefined || follow(s, way)) return s;
    }
  } catch (error) {
    if (error instanceof BudgetSpent) return undefined;
    throw error;
  }
}

/** Until it fails, or ends the search; other ways that come up are put aside. */
function follow(s: Search, from: Way): boolean {
  let way: Way | undefined = from;
  while (way !== undefined) {
    const instruction = s.program.code[way.pc] as Instruction;
    if (++s.budget.steps > s.budget.most) throw new BudgetSpent();
    if (instruction.kind === 'match') return arrive(s, way);
    way = step(s, way, instruction);
  }
  return false;
}

function arrive(s: Search, { at, spans }: Way): boolean {
  const { start, end, accepts } = s.goal;
  if (end !== undefined && at !== end) return false;
  if (accepts?.(s.text, at) === false) return false;
  if (s.best === undefined || at > (s.best[1] ?? 0)) {
    s.best = spans.with(0, start).with(1, at);
  }
  return end !== undefined || at === s.text.length;
}

function step(
  s: Search,
  way: Way,
  instruction: Exclude<Instruction, { kind: 'match' }>,
): Way | undefined {
  const { pc, at } = way;
  switch (instruction.kind) {
    case 'char':
      return s.text.codePointAt(at) === instruction.code
        ? moved(s, way, at + (instruction.code > 0xffff ? 2 : 1))
        : undefined;
    case 'set':
      instruction.regex.lastIndex = at;
      return instruction.regex.test(s.text)
        ? moved(s, way, instruction.regex.lastIndex)
        : undefined;
    case 'word':
    case 'bol':
    case 'eol':
    case 'buffer-start':
    case 'buffer-end':
      return holds(s, at, instruction) ? { ...way, pc: pc + 1 } : undefined;
    case 'reference':
      return afterReference(s, way, instruction.group);
    case 'open':
      return { ...way, pc: pc + 1, spans: opened(way.spans, instruction.group, at) };
    case 'close':
      return closed(way, instruction.group, instruction.optional);
    case 'split':
      if (isSeen(s, way)) return undefined;
      s.ways.push({ ...way, pc: instruction.other });
      return { ...way, pc: pc + 1 };
    case 'loop':
      return enterLoop(s, way, instruction);
    case 'jump':
      return { ...way, pc: instruction.other };
    default:
      return unreachable(instruction);
  }
}

function moved(s: Search, way: Way, at: number): Way | undefined {
  return s.goal.end !== undefined && at > s.goal.end ? undefined : { ...way, pc: way.pc + 1, at };
}

/** Whether all that follows from here has been tried. */
function isSeen({ seen, program, goal }: Search, { pc, at }: Way): boolean {
  if (seen === undefined) return false;
  const place = (at - goal.start) * program.code.length + pc;
  if (seen[place] === 1) return true;
  seen[place] = 1;
  return false;
}

/** A round of nothing is the last one. */
function enterLoop(
  s: Search,
  way: Way,
  { slot, other }: Instruction & { kind: 'loop' },
): Way | undefined {
  if (way.rounds[slot] === way.at) return { ...way, pc: other };
  if (isSeen(s, way)) return undefined;
  s.ways.push({ ...way, pc: other });
  return { ...way, pc: way.pc + 1, rounds: way.rounds.with(slot, way.at) };
}

const opened = (spans: Spans, group: number, at: number): Spans =>
  spans.with(2 * group, at).with(2 * group + 1, -1);

/** An optional group that matched nothing has never been tried if it matched something before. */
function closed(way: Way, group: number, optional: boolean): Way {
  const { pc, at, spans, before } = way;
  const ended = spans.with(2 * group + 1, at);
  if ((spans[2 * group] ?? -1) < at) return { ...way, pc: pc + 1, spans: ended, before: ended };
  const undone = optional && (before[2 * group] ?? -1) >= 0;
  return { ...way, pc: pc + 1, spans: undone ? before : ended };
}

function afterReference(s: Search, way: Way, group: number): Way | undefined {
  const [from = -1, to = -1] = way.spans.slice(2 * group);
  if (from < 0 || to < 0) return undefined;
  const wanted = s.text.slice(from, to);
  const found = s.text.slice(way.at, way.at + wanted.length);
  const fold = (text: string): string =>
    Array.from(text, (c) => Math.min(...casesOf(c.codePointAt(0) ?? 0, s.program.chars))).join();
  const same = wanted === found || (s.goal.ignoreCase && fold(wanted) === fold(found));
  return same ? moved(s, way, way.at + wanted.length) : undefined;
}

function holds({ text, program }: Search, at: number, instruction: Assertion): boolean {
  const { multiline, chars } = program;
  switch (instruction.kind) {
    case 'word':
      return EDGES[instruction.edge](isWord(text, at - 1, chars), isWord(text, at, chars));
    case 'bol':
      return at === 0 || (multiline && text.charAt(at - 1) === '\n');
    case 'eol':
      return at === text.length || (multiline && text.charAt(at) === '\n');
    case 'buffer-start':
      return at === 0;
    case 'buffer-end':
      return at === text.length;
    default:
      return unreachable(instruction);
  }
}

/** Whether the character at `at` belongs to a word: letters and digits, beyond ASCII only where there are characters. */
export function isWord(text: string, at: number, chars: boolean): boolean {
  if (at < 0) return false;
  if (!chars) return /\w/.test(text.charAt(at));
  const half = at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
  const code = text.codePointAt(half ? at - 1 : at);
  return code !== undefined && /[\p{L}\p{Nd}_]/u.test(String.fromCodePoint(code));
}

const EDGES: Readonly<Record<WordEdge, (before: boolean, after: boolean) => boolean>> = {
  b: (before, after) => before !== after,
  B: (before, after) => before === after,
  '<': (before, after) => !before && after,
  '>': (before, after) => before && !after,
};
