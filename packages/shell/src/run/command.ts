// command.ts — Runs commands of all kinds, and `set -e`.
import type { Task } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import { tryEvaluate } from '../expand/evaluate.ts';
import { expandText } from '../expand/expand-word.ts';
import type { Place, Shell } from '../shell.ts';
import { Unwind } from '../shell.ts';
import type {
  AndOr,
  Command,
  List,
  SimpleCommand,
  Statement,
  TimedCommand,
  Word,
} from '../syntax/ir.ts';
import { startBackground } from './background.ts';
import { isTurnOver, takeTime } from './busy.ts';
import { commandText } from './command-text.ts';
import { runCompound } from './compound.ts';
import { runTest } from './conditional.ts';
import { runCoproc } from './coproc.ts';
import { defineFunction } from './define-function.ts';
import { reportBackground, reportForeground, waitForChild } from './jobs.ts';
import type { RunLast } from './pipeline.ts';
import { runLastInShell, runPipeline } from './pipeline.ts';
import { closeSubstituted } from './process-substitution.ts';
import { applyRedirects, undoRedirects } from './redirect.ts';
import { runSimple } from './simple.ts';
import { forkSubshell } from './subshell.ts';
import { runBroken } from './syntax-note.ts';
import { printTimes } from './time.ts';
import { handleSignals, mayBeReplaced, runDebugTrap, runErrTrap } from './trap.ts';
import { trace } from './xtrace.ts';

export function* runList(shell: Shell, list: List): Task<number> {
  let status = 0;
  const before = shell.substitutedFiles.length;
  for (const { command, background } of list) {
    if (background) {
      if (command.kind === 'simple' && shell.traps.has('DEBUG'))
        yield* runDebugTrap(shell, command);
      startBackground(shell, command, { runPart, runBackground });
      status = 0;
      shell.status = 0;
    } else status = yield* runCommand(shell, command);
    if (shell.substitutedFiles.length > before) closeSubstituted(shell, before);
    if (shell.process.pending.length > 0 || shell.trapped.length > 0) yield* handleSignals(shell);
    if (shell.jump !== null) return shell.status;
  }
  return status;
}

/** Runs all commands of `( … )`, in a process that was forked for them. */
function runParentheses(shell: Shell, body: List): Task<number> {
  shell.inParentheses = true;
  shell.functionsMayEnd = false;
  const [only] = body;
  if (body.length > 1 || only === undefined || only.background) return runAll(shell, body);
  if (only.command.kind === 'simple') return runOnly(shell, only.command);
  return runNested(shell, only.command) ?? runFinal(shell, only.command);
}

function* runOnly(shell: Shell, command: SimpleCommand): Task<number> {
  if (shell.traps.has('DEBUG')) yield* runDebugTrap(shell, command);
  return yield* checked(shell, yield* runSimple(shell, command, 'replace'));
}

/** Runs all that a shell has to run. */
export function* runAll(shell: Shell, list: List): Task<number> {
  const final = list.at(-1);
  if (final === undefined || !isEndOf(list, final)) return yield* runList(shell, list);
  if (list.length > 1) {
    yield* runList(shell, list.slice(0, -1));
    if (shell.jump !== null) return shell.status;
  }
  const status = yield* runFinal(shell, final.command);
  if (shell.process.pending.length > 0 || shell.trapped.length > 0) yield* handleSignals(shell);
  return status;
}

/** Bash looks at the last of several commands only if it is simple and nothing was put in the background before it. */
function isEndOf(list: List, final: Statement): boolean {
  if (final.background) return false;
  const before = list.at(-2);
  return before === undefined || (!before.background && final.command.kind === 'simple');
}

/** Runs the last command of a shell, which a program replaces if nothing is left to do (optimize_connection_fork). */
function* runFinal(shell: Shell, command: Command): Task<number> {
  if (command.kind === 'and-or') return yield* runAndOr(shell, command, runFinal);
  if (command.kind !== 'simple' || command.redirects.length > 0 || !mayBeReplaced(shell))
    return yield* runCommand(shell, command);
  return yield* runOnly(shell, command);
}

/** Runs the body of a function that a shell calls last (optimize_shell_function). */
export function runLastBody(shell: Shell, body: Command): Task<number> {
  return body.kind === 'group' ? runAll(shell, body.body) : runCommand(shell, body);
}

/** Runs a part of a pipeline, or a command in the background. The ERR trap is its parent's. */
const runIn =
  (place: Place): RunLast =>
  (shell, command) => {
    shell.inParentheses = false;
    shell.functionsMayEnd = false;
    shell.isOneCommand = command.kind === 'simple' || isLoneSimple(command);
    if (command.kind === 'simple') return runSimple(shell, command, place);
    if (isLoneSimple(command)) return runSimple(shell, command.commands[0], place);
    return runNested(shell, command) ?? runCommand(shell, command);
  };

/** Runs `( … )` in the process that was forked for it; undefined for other commands. */
function runNested(shell: Shell, command: Command): Task<number> | undefined {
  if (command.kind === 'subshell') return runParentheses(shell, command.body);
  if (command.kind !== 'redirected' || command.command.kind !== 'subshell') return undefined;
  const { body } = command.command;
  return runRedirected(shell, command, (own) => runParentheses(own, body));
}

/** `! command &`, of which bash forgets the `!`. */
const isLoneSimple = (
  command: Command,
): command is PipelineCommand & { readonly commands: readonly [SimpleCommand] } =>
  command.kind === 'pipeline' &&
  command.commands.length === 1 &&
  command.commands[0]?.kind === 'simple';

const runPart = runIn('forked');
const runBackground = runIn('replace');

export function runCommand(shell: Shell, command: Command): Task<number> {
  const isBusy = isTurnOver(shell);
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
      if (shell.traps.size > 0 && shell.traps.has('DEBUG')) return runDebugged(shell, command);
      return runChecked(shell, runSimple(shell, command));
    case 'pipeline':
      return runPipelineCommand(shell, command);
    case 'and-or':
      return runAndOr(shell, command, runCommand);
    case 'redirected':
      if (command.command.kind !== 'subshell') return runRedirected(shell, command);
      return runChecked(shell, runSubshell(shell, command.command, command));
    case 'subshell':
      if (shell.trapDepth === 0) shell.command = command;
      return runChecked(shell, runSubshell(shell, command));
    case 'test':
      shell.line = shell.lineBase + command.line;
      if (shell.trapDepth === 0) shell.command = command;
      if (shell.traps.size > 0 && shell.traps.has('DEBUG')) return runDebugged(shell, command);
      return runChecked(shell, runTest(shell, command.expression));
    case 'arithmetic':
      shell.line = shell.lineBase + command.line;
      if (shell.trapDepth === 0) shell.command = command;
      if (shell.traps.size > 0 && shell.traps.has('DEBUG')) return runDebugged(shell, command);
      return runChecked(shell, runArithmetic(shell, command.expression));
    case 'function':
      return defineFunction(shell, command);
    case 'timed':
      return runTimed(shell, command);
    case 'coproc':
      return runCoproc(shell, command, runBackground);
    case 'broken':
      return runBroken(shell, command);
    default:
      return runCompound(shell, command);
  }
}

type Debugged = Extract<Command, { kind: 'simple' | 'test' | 'arithmetic' }>;

/** Runs the DEBUG trap, then the command. */
function* runDebugged(shell: Shell, command: Debugged): Task<number> {
  yield* runDebugTrap(shell, command);
  shell.line = shell.lineBase + command.line;
  return yield* runChecked(shell, runBare(shell, command));
}

function runBare(shell: Shell, command: Debugged): Task<number> {
  switch (command.kind) {
    case 'simple':
      return runSimple(shell, command);
    case 'test':
      return runTest(shell, command.expression);
    case 'arithmetic':
      return runArithmetic(shell, command.expression);
  }
}

/** Runs the command of `! command`, whose own failure triggers nothing; those of the commands in it do. */
function* runNegated(shell: Shell, command: Command): Task<number> {
  const isBusy = isTurnOver(shell);
  if (isBusy) yield* takeTime(shell);
  yield* handleSignals(shell);
  const { kind } = command;
  if (kind !== 'simple' && kind !== 'test' && kind !== 'arithmetic' && kind !== 'subshell')
    return yield* runKind(shell, command);
  if (kind !== 'subshell' && shell.traps.has('DEBUG')) yield* runDebugTrap(shell, command);
  shell.line = shell.lineBase + command.line;
  if (shell.trapDepth === 0) shell.command = command;
  const status = yield* kind === 'subshell' ? runSubshell(shell, command) : runBare(shell, command);
  shell.status = status;
  shell.pipeStatus = [status];
  return status;
}

/** `time`: runs a pipeline and prints how long that took. */
function* runTimed(shell: Shell, { command, posix }: TimedCommand): Task<number> {
  const start = shell.sim.now;
  let ended: unknown;
  let status = 0;
  try {
    status = yield* runCommand(shell, command);
  } catch (error) {
    // `exit`, or an error that ends the shell.
    if (!(error instanceof Unwind)) throw error;
    ended = error;
  }
  yield* printTimes(shell, shell.sim.now - start, posix);
  if (ended !== undefined) throw ended;
  return status;
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

function* runParts(shell: Shell, command: PipelineCommand): Task<number> {
  if (shell.traps.has('DEBUG')) {
    for (const part of command.commands)
      if (part.kind === 'simple') yield* runDebugTrap(shell, part);
  }
  shell.line = shell.lineBase + command.line;
  return yield* shell.flags.lastpipe
    ? runLastInShell(shell, command, runPart, runCommand)
    : runPipeline(shell, command, runPart);
}

function runOne(shell: Shell, command: Command | undefined, negated: boolean): Task<number> {
  if (command === undefined) return ready(0);
  return negated ? runNegated(shell, command) : runCommand(shell, command);
}

function* runSeveral(shell: Shell, command: PipelineCommand): Task<number> {
  const status = yield* runParts(shell, command);
  if (shell.jump !== null) return status;
  shell.status = status;
  if (!command.negated && status !== 0) yield* failed(shell, status);
  return status;
}

function* runPipelineCommand(shell: Shell, command: PipelineCommand): Task<number> {
  const { commands, negated } = command;
  // bash looks only here whether errors end the shell: a `set -e` in a negated function holds at once.
  const unchecked = negated && shell.flags.errexit;
  if (unchecked) shell.unchecked++;
  try {
    const status =
      commands.length > 1
        ? yield* runSeveral(shell, command)
        : yield* runOne(shell, commands[0], negated);
    if (!negated || shell.jump !== null) return status;
    shell.status = status === 0 ? 1 : 0;
    return shell.status;
  } finally {
    if (unchecked) shell.unchecked--;
  }
}

type Redirected = Extract<Command, { kind: 'redirected' }>;

/** `nested` runs a subshell in the process that was forked for it, whose parent looks after a failure. */
function* runRedirected(
  shell: Shell,
  { command, redirects, line }: Redirected,
  nested?: (shell: Shell) => Task<number>,
): Task<number> {
  const before = shell.line;
  shell.line = shell.lineBase + line;
  const undo = yield* applyRedirects(shell, redirects);
  shell.line = before;
  if (undo === undefined) return nested === undefined ? yield* checked(shell, 1) : 1;
  const { inputGiven } = shell;
  if (undo.some(([fd]) => fd === 0)) shell.inputGiven = true;
  try {
    return yield* nested === undefined ? runCommand(shell, command) : nested(shell);
  } finally {
    shell.inputGiven = inputGiven;
    yield* undoRedirects(shell, undo);
  }
}

type SubshellCommand = Extract<Command, { kind: 'subshell' }>;

/** Files that it is redirected to are opened in its own process. */
function* runSubshell(
  shell: Shell,
  command: SubshellCommand,
  redirected?: Redirected,
): Task<number> {
  const { body } = command;
  const child = forkSubshell(shell, (own) =>
    redirected === undefined
      ? runParentheses(own, body)
      : runRedirected(own, redirected, (it) => runParentheses(it, body)),
  );
  const status = yield* waitForChild(shell, child.process);
  shell.line = shell.lineBase + command.line;
  yield* reportForeground(shell, [child.process], () => [commandText(redirected ?? command)]);
  yield* reportBackground(shell);
  return status;
}

function* runArithmetic(shell: Shell, expression: Word): Task<number> {
  const text = yield* expandText(shell, expression);
  if (shell.flags.xtrace) yield* trace(shell, `(( ${text} ))`);
  const value = yield* tryEvaluate(shell, text, '((');
  return value === undefined || value === 0n ? 1 : 0;
}
