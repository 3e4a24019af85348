// command.ts — Runs commands of all kinds, and `set -e`.
import { compilePattern, matchesPattern } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import { tryEvaluate } from '../expand/evaluate.ts';
import { expandText, expandWords } from '../expand/expand-word.ts';
import { complain } from '../messages.ts';
import { trySetVariable } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import { Unwind } from '../shell.ts';
import type {
  AndOr,
  CaseCommand,
  Command,
  ForCommand,
  IfCommand,
  List,
  Word,
} from '../syntax/ir.ts';
import { isName } from '../variables.ts';
import { startBackground } from './background.ts';
import { commandText } from './command-text.ts';
import { runTest } from './conditional.ts';
import { reportBackground, reportForeground, waitForChild } from './jobs.ts';
import { runPipeline } from './pipeline.ts';
import { applyRedirects, undoRedirects } from './redirect.ts';
import { runSimple } from './simple.ts';
import { forkSubshell } from './subshell.ts';
import { handleSignals, runErrTrap } from './trap.ts';
import { trace } from './xtrace.ts';

/** After so many commands, 10 ms pass. Otherwise, a loop that polls for a change would never end. */
const BUSY_SLICE = 1000;
const BUSY_COST = 10e6;

export function* runList(shell: Shell, list: List): Task<number> {
  let status = 0;
  for (const { command, background } of list) {
    if (background) {
      startBackground(shell, command, runLast);
      status = 0;
      shell.status = 0;
    } else status = yield* runCommand(shell, command);
    if (shell.process.pending.length > 0 || shell.trapped.length > 0) yield* handleSignals(shell);
    if (shell.jump !== null) return shell.status;
  }
  return status;
}

/** Runs the whole list of a subshell, whose last command may replace the process. */
export function runAll(shell: Shell, list: List): Task<number> {
  const [only] = list;
  if (list.length !== 1 || only === undefined || only.background) return runList(shell, list);
  return runLast(shell, only.command);
}

export function* runLast(shell: Shell, command: Command): Task<number> {
  if (shell.traps.size > 0) return yield* runCommand(shell, command);
  if (command.kind === 'simple')
    return yield* checked(shell, yield* runSimple(shell, command, true));
  if (command.kind === 'subshell') return yield* runAll(shell, command.body);
  if (command.kind === 'and-or') return yield* runAndOr(shell, command, runLast);
  return yield* runCommand(shell, command);
}

export function runCommand(shell: Shell, command: Command): Task<number> {
  const isBusy = ++shell.busy % BUSY_SLICE === 0;
  if (isBusy || shell.process.pending.length > 0 || shell.trapped.length > 0)
    return runAfterSignals(shell, command, isBusy);
  return runKind(shell, command);
}

function* runAfterSignals(shell: Shell, command: Command, isBusy: boolean): Task<number> {
  if (isBusy) yield* takeTime(shell);
  yield* handleSignals(shell);
  return yield* runKind(shell, command);
}

/** No generator itself: each generator around a wait is resumed with it. */
function runKind(shell: Shell, command: Command): Task<number> {
  switch (command.kind) {
    case 'simple':
      return runChecked(shell, runSimple(shell, command));
    case 'pipeline':
      return runPipelineCommand(shell, command);
    case 'and-or':
      return runAndOr(shell, command, runCommand);
    case 'redirected':
      return runRedirected(shell, command);
    case 'subshell':
      return runChecked(shell, runSubshell(shell, command));
    case 'test':
      shell.line = shell.lineBase + command.line;
      return runChecked(shell, runTest(shell, command.expression));
    case 'arithmetic':
      shell.line = shell.lineBase + command.line;
      return runChecked(shell, runArithmetic(shell, command.expression));
    case 'function':
      shell.functions.set(command.name, command);
      shell.status = 0;
      return ready(0);
    default:
      return runCompound(shell, command);
  }
}

function* runChecked(shell: Shell, task: Task<number>): Task<number> {
  const status = yield* task;
  return status === 0 ? succeed(shell) : yield* checked(shell, status);
}

const ALL_WELL: readonly number[] = [0];

function succeed(shell: Shell): number {
  shell.status = 0;
  shell.pipeStatus = ALL_WELL;
  return 0;
}

function* takeTime(shell: Shell): Task<void> {
  withinLimit(shell.sim.limits, 'busyCommands', shell.busy);
  yield { on: 'its turn', queue: null, timeout: BUSY_COST, interruptible: true };
  yield* handleSignals(shell);
}

/** Called after each command whose failure triggers `set -e` and the ERR trap. */
function checked(shell: Shell, status: number): Task<number> {
  shell.status = status;
  shell.pipeStatus = [status];
  return status === 0 ? ready(0) : failed(shell, status);
}

function* failed(shell: Shell, status: number): Task<number> {
  if (shell.unchecked > 0 || shell.jump !== null) return status;
  yield* runErrTrap(shell);
  if (shell.flags.errexit) throw new Unwind('exit', status);
  return status;
}

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
      | 'function';
  }
>;

function* runCompound(shell: Shell, command: Compound): Task<number> {
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

function* runAndOr(
  shell: Shell,
  { commands, operators }: AndOr,
  runFinal: (shell: Shell, command: Command) => Task<number>,
): Task<number> {
  let status = 0;
  for (const [i, command] of commands.entries()) {
    const operator = operators[i - 1];
    if (operator !== undefined && (status === 0) !== (operator === '&&')) continue;
    if (i === commands.length - 1) return yield* runFinal(shell, command);
    shell.unchecked++;
    try {
      status = yield* runCommand(shell, command);
    } finally {
      shell.unchecked--;
    }
    if (shell.jump !== null) return shell.status;
  }
  return status;
}

type PipelineCommand = Extract<Command, { kind: 'pipeline' }>;

function* runPipelineCommand(shell: Shell, command: PipelineCommand): Task<number> {
  const { commands, negated } = command;
  if (negated) shell.unchecked++;
  try {
    const [only] = commands;
    let status: number;
    if (only === undefined) status = 0;
    else if (commands.length === 1) status = yield* runCommand(shell, only);
    else {
      shell.line = shell.lineBase + command.line;
      status = yield* runPipeline(shell, command, runLast);
      shell.status = status;
      if (!negated && status !== 0) yield* failed(shell, status);
    }
    if (!negated || shell.jump !== null) return status;
    shell.status = status === 0 ? 1 : 0;
    return shell.status;
  } finally {
    if (negated) shell.unchecked--;
  }
}

type Redirected = Extract<Command, { kind: 'redirected' }>;

function* runRedirected(shell: Shell, { command, redirects, line }: Redirected): Task<number> {
  shell.line = shell.lineBase + line;
  const undo = yield* applyRedirects(shell, redirects);
  if (undo === undefined) return yield* checked(shell, 1);
  const { inputGiven } = shell;
  if (undo.some(([fd]) => fd === 0)) shell.inputGiven = true;
  try {
    return yield* runCommand(shell, command);
  } finally {
    shell.inputGiven = inputGiven;
    yield* undoRedirects(shell, undo);
  }
}

type SubshellCommand = Extract<Command, { kind: 'subshell' }>;

function* runSubshell(shell: Shell, command: SubshellCommand): Task<number> {
  const child = forkSubshell(shell, (own) => runAll(own, command.body));
  const status = yield* waitForChild(shell, child.process);
  shell.line = shell.lineBase + command.line;
  yield* reportForeground(shell, [child.process], () => [commandText(command)]);
  yield* reportBackground(shell);
  return status;
}

function* runArithmetic(shell: Shell, expression: Word): Task<number> {
  const text = yield* expandText(shell, expression);
  if (shell.flags.xtrace) yield* trace(shell, `((${padded(text)}))`);
  const value = yield* tryEvaluate(shell, text, '((');
  return value === undefined || value === 0n ? 1 : 0;
}

const padded = (text: string): string => ` ${text} `;

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
      if (body.length === 0 && ++shell.busy % BUSY_SLICE === 0) yield* takeTime(shell);
    }
  } finally {
    shell.loops--;
  }
}

function* runFor(shell: Shell, { name, words, body, line }: ForCommand): Task<number> {
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
  const { initialize, test, update, body, line } = command;
  let status = 0;
  shell.loops++;
  try {
    yield* loopValue(shell, line, initialize);
    while ((yield* loopValue(shell, line, test)) !== 0n) {
      if (++shell.busy % BUSY_SLICE === 0) yield* takeTime(shell);
      status = yield* runList(shell, body);
      if (loopEnds(shell)) return status;
      yield* loopValue(shell, line, update);
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
function* loopValue(shell: Shell, line: number, expression: Word | undefined): Task<bigint> {
  shell.line = shell.lineBase + line;
  if (expression === undefined) return 1n;
  const text = yield* expandText(shell, expression);
  if (shell.flags.xtrace) yield* trace(shell, `((${padded(text)}))`);
  return (yield* tryEvaluate(shell, text, '((')) ?? loopFails();
}

/** An expression of `for ((` failed, which ends the loop with status 1. */
class LoopError extends Error {}

function loopFails(): never {
  throw new LoopError();
}

function* runCase(shell: Shell, { word, items, line }: CaseCommand): Task<number> {
  shell.line = shell.lineBase + line;
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
    const compiled = compilePattern(fold ? pattern.toLowerCase() : pattern);
    if (matchesPattern(compiled, fold ? value.toLowerCase() : value)) return true;
  }
  return false;
}
