// match-program.ts — Finds the groups of a match, and matches with back-references. Mirrors regexec.c: set_regs,
// update_regs.
//
// It tries the paths through the program in order. Without back-references it tries no position twice, so that time is
// linear. With them every known algorithm is exponential, so a search has a budget, and exceeding it ends the lab.
import { NotSupported, unreachable } from '@dmsim/sim';

import { casesOf } from './fold-case.ts';
import type { WordEdge } from './node.ts';
import type { Assertion, Instruction, Program } from './program.ts';

/** Start and end of the match, then of each group, in one flat array; -1 for a group that took no part. */
export type Spans = readonly number[];

export interface Goal {
  readonly start: number;
  /** The end of the match, if it is known; otherwise the longest match is searched. */
  readonly end?: number;
  /** Whether a match may end there. */
  readonly accepts?: (text: string, end: number) => boolean;
  readonly ignoreCase: boolean;
}

/** A path that is still to be tried. `spans` and `before` are never changed, only replaced. */
interface Way {
  readonly pc: number;
  readonly at: number;
  readonly spans: Spans;
  /** The spans at the time when a group last matched some text. */
  readonly before: Spans;
  /** The position at which the last round of each loop began. */
  readonly rounds: Spans;
}

/** The steps taken so far, and their limit. All starts of a search share one budget. */
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
  /** 1 for each pair of position and instruction that was tried; undefined if they may be tried again. */
  readonly seen: Uint8Array | undefined;
  best: Spans | undefined;
}

class BudgetSpent extends Error {}

/** The budget of a search with back-references: about a quarter of a second. */
const MOST_STEPS = 3_000_000;
/** The budget of the first attempt, which does not remember what it tried. */
const FEW_STEPS = 5000;
/** The most bytes that `seen` may take. */
const MOST_MEMORY = 1 << 26;

/** The budget of one search with back-references. */
export const newBudget = (): Budget => ({ steps: 0, most: MOST_STEPS });

/** Returns the longest match from `start`, or undefined. Throws NotSupported if the budget is exceeded. */
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
 * Finds the groups of a match whose start and end are known. glibc tries a position again when another path reaches it,
 * so the first attempt does the same, with a small budget.
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

/** Returns undefined if the budget is exceeded. */
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

/** Follows one path until it fails or ends the search (true). Alternatives are pushed to `ways`. */
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

/** Whether this instruction was tried at this position before; marks it as tried. */
function isSeen({ seen, program, goal }: Search, { pc, at }: Way): boolean {
  if (seen === undefined) return false;
  const place = (at - goal.start) * program.code.length + pc;
  if (seen[place] === 1) return true;
  seen[place] = 1;
  return false;
}

/** Leaves the loop if its last round matched nothing. */
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

/** Ends a group. If an optional group matched nothing, its last round is undone, provided that it matched text before. */
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

/** Whether the character at `at` is a letter, a digit or `_`. Those beyond ASCII only count with `chars`. */
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
