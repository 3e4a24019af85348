// compound.ts — Runs groups, `if`, `case` and loops.
import { compilePattern, matchesPattern } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';

import { tryEvaluate } from '../expand/evaluate.ts';
import { expandText, expandWords } from '../expand/expand-word.ts';
import { complain } from '../messages.ts';
import { trySetVariable } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import type { CaseCommand, Command, ForCommand, IfCommand, List, Word } from '../syntax/ir.ts';
import { isName } from '../variables.ts';
import { isTurnOver, takeTime } from './busy.ts';
import { runList } from './command.ts';
import { runSelect } from './select.ts';
import { runDebugTrap } from './trap.ts';
import { trace } from './xtrace.ts';

type Compound = Exclude<
  Command,
  {
    kind:
      | 'simple'
      | 'pipeline'
      | 'and-or'
      | 'redirected'
      | 'subshell'
      | 'test'
      | 'arithmetic'
      | 'function'
      | 'timed'
      | 'coproc'
      | 'broken';
  }
>;

export function* runCompound(shell: Shell, command: Compound): Task<number> {
  const status = yield* runBody(shell, command);
  shell.status = status;
  return status;
}

function runBody(shell: Shell, command: Compound): Task<number> {
  switch (command.kind) {
    case 'group':
      return runList(shell, command.body);
    case 'if':
      return runIf(shell, command);
    case 'while':
      return runWhile(shell, command);
    case 'for':
      return runFor(shell, command);
    case 'for-arithmetic':
      return runForArithmetic(shell, command);
    case 'case':
      return runCase(shell, command);
    case 'select':
      return runSelect(shell, command, loopEnds);
  }
}

function* runIf(shell: Shell, { branches, otherwise }: IfCommand): Task<number> {
  for (const { clause, body } of branches) {
    const status = yield* runClause(shell, clause);
    if (shell.jump !== null) return shell.status;
    if (status === 0) return yield* runList(shell, body);
  }
  return otherwise === undefined ? 0 : yield* runList(shell, otherwise);
}

/** Runs a condition, whose failure does not trigger `set -e` and ERR. */
function* runClause(shell: Shell, clause: List): Task<number> {
  shell.unchecked++;
  try {
    return yield* runList(shell, clause);
  } finally {
    shell.unchecked--;
  }
}

/** Called after each round of a loop; returns true if the loop is over. */
function loopEnds(shell: Shell): boolean {
  const { jump } = shell;
  if (jump === null) return false;
  if (jump.kind === 'return') return true;
  if (jump.levels > 1) {
    jump.levels--;
    return true;
  }
  shell.jump = null;
  return jump.kind === 'break';
}

type While = Extract<Command, { kind: 'while' }>;

function* runWhile(shell: Shell, { clause, body, until }: While): Task<number> {
  let status = 0;
  shell.loops++;
  try {
    for (;;) {
      const test = yield* runClause(shell, clause);
      if (shell.jump !== null) {
        if (loopEnds(shell)) return status;
        continue;
      }
      if ((test === 0) === until) return status;
      status = yield* runList(shell, body);
      if (loopEnds(shell)) return status;
      if (body.length === 0 && isTurnOver(shell)) yield* takeTime(shell);
    }
  } finally {
    shell.loops--;
  }
}

function* runFor(shell: Shell, command: ForCommand): Task<number> {
  const { name, words, body, line } = command;
  if (!isName(name)) {
    shell.line = shell.lineBase + line;
    yield* complain(shell, `\`${name}': not a valid identifier`);
    return 1;
  }
  shell.line = shell.lineBase + line;
  const values = words === undefined ? shell.positional : yield* expandWords(shell, words);
  let status = 0;
  shell.loops++;
  try {
    for (const value of values) {
      shell.line = shell.lineBase + line;
      if (shell.traps.has('DEBUG')) yield* runDebugTrap(shell, command);
      if (shell.flags.xtrace) yield* traceFor(shell, name, words);
      if (!(yield* trySetVariable(shell, name, value))) return 1;
      status = yield* runList(shell, body);
      if (loopEnds(shell)) return status;
    }
    return status;
  } finally {
    shell.loops--;
  }
}

function* traceFor(shell: Shell, name: string, words: readonly Word[] | undefined): Task<void> {
  const shown = words?.map((word) => word.source).join(' ') ?? '"$@"';
  yield* trace(shell, `for ${name} in ${shown}`);
}

type ForArithmetic = Extract<Command, { kind: 'for-arithmetic' }>;

function* runForArithmetic(shell: Shell, command: ForArithmetic): Task<number> {
  const { initialize, test, update, body } = command;
  let status = 0;
  shell.loops++;
  try {
    yield* loopValue(shell, command, initialize);
    while ((yield* loopValue(shell, command, test)) !== 0n) {
      if (isTurnOver(shell)) yield* takeTime(shell);
      status = yield* runList(shell, body);
      if (loopEnds(shell)) return status;
      yield* loopValue(shell, command, update);
    }
    return status;
  } catch (error) {
    if (error instanceof LoopError) return 1;
    throw error;
  } finally {
    shell.loops--;
  }
}

/** Evaluates a part of `for ((`. A missing expression is true. */
function* loopValue(
  shell: Shell,
  command: ForArithmetic,
  expression: Word | undefined,
): Task<bigint> {
  shell.line = shell.lineBase + command.line;
  if (shell.traps.has('DEBUG')) yield* debugPart(shell, command.line, expression);
  if (expression === undefined) return 1n;
  const text = yield* expandText(shell, expression);
  if (shell.flags.xtrace) yield* trace(shell, `(( ${text} ))`);
  return (yield* tryEvaluate(shell, text, '((')) ?? loopFails();
}

/** The DEBUG trap sees each part as a command of its own. */
function debugPart(shell: Shell, line: number, part: Word | undefined): Task<void> {
  const source = (part?.source ?? '1').trim();
  const expression: Word = { segments: [], constant: source, literal: source, source };
  return runDebugTrap(shell, { kind: 'arithmetic', line, expression });
}

/** An expression of `for ((` failed, which ends the loop with status 1. */
class LoopError extends Error {}

function loopFails(): never {
  throw new LoopError();
}

function* runCase(shell: Shell, command: CaseCommand): Task<number> {
  const { word, items, line } = command;
  shell.line = shell.lineBase + line;
  if (shell.traps.has('DEBUG')) yield* runDebugTrap(shell, command);
  const value = yield* expandText(shell, word);
  if (shell.flags.xtrace) yield* trace(shell, `case ${word.source} in`);
  let status = 0;
  let fallThrough = false;
  for (const { patterns, body, end } of items) {
    if (!fallThrough && !(yield* matchesAny(shell, patterns, value))) continue;
    status = yield* runList(shell, body);
    if (shell.jump !== null || end === ';;') return status;
    fallThrough = end === ';&';
  }
  return status;
}

function* matchesAny(shell: Shell, patterns: readonly Word[], value: string): Task<boolean> {
  for (const word of patterns) {
    const pattern = yield* expandText(shell, word, 'pattern');
    const fold = shell.flags.nocasematch;
    const compiled = compilePattern(fold ? pattern.toLowerCase() : pattern, shell.flags.extglob);
    if (matchesPattern(compiled, fold ? value.toLowerCase() : value)) return true;
  }
  return false;
}
